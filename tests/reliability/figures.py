"""What the rows of the acceptance table measured, gathered over all processes and written down."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlcipher3 import dbapi2 as sqlcipher

from app import VERSION, clock
from tests.reliability.rows import ROWS, Row

PROPERTY = "figure"
Measured = Mapping[str, int | str] | str
EXPLAINED = Path(__file__).with_name("explained.md")


@dataclass(frozen=True)
class Figures:
    """What a test says of its row. It travels with the test's report, so any number of processes may measure."""

    keep: Callable[[dict[str, Any]], None]

    def record(self, row: str, *, measured: Measured, expected: str, count: int = 0) -> None:
        """Numbers of the same name are added up over all tests of the row; texts stand side by side."""
        named = {measured: ""} if isinstance(measured, str) else dict(measured)
        self.keep({"row": row, "measured": named, "expected": expected, "count": count})


@dataclass
class Line:
    """One row of the table while the tests run."""

    count: int = 0
    tests: int = 0
    seconds: float = 0.0
    expected: dict[str, None] = field(default_factory=dict)
    measured: dict[str, int | str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def add(self, figure: Mapping[str, Any]) -> None:
        self.count += figure["count"]
        self.expected[figure["expected"]] = None
        for name, value in figure["measured"].items():
            before = self.measured.get(name)
            both = isinstance(value, int) and isinstance(before, int)
            self.measured[name] = before + value if both else value

    @property
    def seen(self) -> str:
        said = [
            f"{value:,} {name}" if isinstance(value, int) else f"{name} {value}"
            for name, value in self.measured.items()
        ]
        said = said or (["all pass"] if self.tests else [])
        said += [f"**{len(self.failed)} FAILED**"] if self.failed else []
        said += [f"not run: {reason}" for reason in dict.fromkeys(self.skipped)]
        return ", ".join(map(str.strip, said))


class Table:
    """Listens to the reports of all processes; at the end of the session it writes the file."""

    def __init__(self, path: Path, part: float) -> None:
        self._path, self._part = path, part
        self._lines = {row.name: Line() for row in ROWS}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        figures = [value for name, value in report.user_properties if name == PROPERTY]
        names = {figure["row"] for figure in figures} or {row.name for row in ROWS if row.owns(report.nodeid)}
        for name in names:
            _note(self._lines[name], report)
        if report.when == "call":
            for figure in figures:
                self._lines[figure["row"]].add(figure)

    def pytest_sessionfinish(self) -> None:
        self._path.write_text("\n".join(self._text()) + "\n", encoding="utf-8")

    def _text(self) -> Iterator[str]:
        yield "# Reliability, measured\n"
        yield "<!-- Written by `make soak`; the words around the table are in tests/reliability/explained.md. -->\n"
        yield f"{clock.today():%Y-%m-%d}, version {VERSION}. {_times(self._part)} {_engines()}. {_machine()}.\n"
        yield "| Row | What is tried | Test | Count | Expected | Seen | Seconds |"
        yield "|---|---|---|---:|---|---|---:|"
        yield from (_line(row, self._lines[row.name]) for row in ROWS)
        yield ""
        yield EXPLAINED.read_text(encoding="utf-8").rstrip()


def _note(line: Line, report: pytest.TestReport) -> None:
    line.seconds += report.duration
    if report.failed:
        line.failed.append(report.nodeid)
    elif report.skipped:
        line.skipped.append(_reason(report))
    elif report.when == "call":
        line.tests += 1


def _reason(report: pytest.TestReport) -> str:
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ")


def _line(row: Row, line: Line) -> str:
    expected = "; ".join(line.expected) or "all pass"
    count = line.count or line.tests
    return f"| {row.name} | {row.what} | {row.shown} | {count:,} | {expected} | {line.seen} | {line.seconds:.0f} |"


def _times(part: float) -> str:
    if part == 1:
        return "Every row as often as a release asks."
    return (
        f"Every row {part:.0%} as often as a release asks, but at least as often as each submission."
        if part
        else ("Every row as often as each submission asks.")
    )


def _engines() -> str:
    with sqlcipher.connect(":memory:") as connection:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()[0].split()[0]
    python = f"Python {platform.python_version()}, SQLAlchemy {sqlalchemy.__version__}"
    return f"SQLCipher {cipher} with SQLite {sqlcipher.sqlite_version}, {python}"


def _machine() -> str:
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    if not hasattr(os, "sysconf"):
        return system
    return f"{system}, {round(os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30)} GB"
