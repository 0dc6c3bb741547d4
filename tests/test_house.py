"""Rules of this house that no linter knows; each says why it is one."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from app import VERSION

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")

Matches = Callable[[ast.AST], bool]


def calls(*names: str) -> Matches:
    """Calls by their last words: `date.today` is found in `dt.date.today()`."""

    def matches(node: ast.AST) -> bool:
        if not isinstance(node, ast.Call):
            return False
        called = "." + ast.unparse(node.func)
        return any(called.endswith("." + name) for name in names)

    return matches


def calls_builtin(name: str) -> Matches:
    """`print(…)` itself, not a method of that name."""
    return lambda node: (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    )


def mentions(name: str) -> Matches:
    return lambda node: (
        (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.Attribute) and node.attr == name)
    )


def imports(module: str) -> Matches:
    def matches(node: ast.AST) -> bool:
        if isinstance(node, ast.Import):
            return any(alias.name == module for alias in node.names)
        return isinstance(node, ast.ImportFrom) and node.module == module

    return matches


def sets(attribute: str) -> Matches:
    """`cell.value = …`, whatever the cell is called."""

    def matches(node: ast.AST) -> bool:
        targets = node.targets if isinstance(node, ast.Assign) else []
        return any(isinstance(target, ast.Attribute) and target.attr == attribute for target in targets)

    return matches


@dataclass(frozen=True)
class House:
    """Nothing that `matches` stands under `where`, but for the files and folders in `but`."""

    name: str
    matches: Matches
    reason: str
    example: str
    where: str = "app"
    but: tuple[str, ...] = ()

    def broken_at(self) -> Iterator[str]:
        for file in sorted((ROOT / self.where).rglob("*.py")):
            path = file.relative_to(ROOT)
            if not any(path.is_relative_to(allowed) for allowed in self.but):
                tree = ast.parse(file.read_text(encoding="utf-8"))
                lines = (getattr(node, "lineno", 0) for node in ast.walk(tree) if self.matches(node))
                yield from (f"{path}:{line}" for line in lines)


RULES = (
    House(
        "message boxes come from one place",
        mentions("QMessageBox"),
        "a box made on a page escapes the one look, the one log and the tests: app/ui/dialogs or a UserError",
        "QtWidgets.QMessageBox.warning(self, '', '')",
        but=("app/ui/errors.py", "app/ui/dialogs"),
    ),
    House(
        "pages never wait inside a dialog",
        calls("exec"),
        "exec() starts a second event loop under the page: open() or popup() and a signal instead",
        "dialog.exec()",
        where="app/ui/pages",
    ),
    House(
        "only the command line prints",
        calls_builtin("print"),
        "a window has no terminal: on Windows print() meets no stdout at all",
        "print('x')",
        but=("app/commands.py", "app/bootstrap.py"),
    ),
    House(
        "only the clock knows the time",
        calls("datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time"),
        "what depends on today must be testable on any day: use app.clock",
        "dt.datetime.now(tz)",
        but=("app/clock.py",),
    ),
    House(
        "the system's SQLite is not used",
        imports("sqlite3"),
        "Debian's 3.40 has the WAL-reset bug that corrupts databases: take app/models/database.py's driver",
        "from sqlite3 import connect",
    ),
    House(
        "cells are written in one place",
        sets("value"),
        "a text that begins with = must never become a formula: app/reports/cells.py",
        "cell.value = text",
        where="app/reports",
        but=("app/reports/cells.py",),
    ),
    House(
        "foreign workbooks are opened in one place",
        imports("python_calamine"),
        "one byte turned over ends the process that parses it: app/exchange/documents.py has another one do it",
        "from python_calamine import CalamineWorkbook",
        but=("app/exchange/workbook.py",),
    ),
    House(
        "tests do not sleep",
        calls("sleep", "qWait", "qtbot.wait"),
        "a pause is slow on a good day and too short on a bad one: wait for the signal or the state",
        "time.sleep(1)",
        where="tests",
        but=(
            "tests/exchange/test_safe_write.py",
        ),  # kills a writer at any moment: the moment is what it tests
    ),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_house_rules_are_kept(rule: House) -> None:
    broken = list(rule.broken_at())
    assert not broken, f"{rule.name}, because {rule.reason}; broken at " + ", ".join(broken)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_house_rules_would_notice(rule: House) -> None:
    assert any(rule.matches(node) for node in ast.walk(ast.parse(rule.example)))


def test_signals_do_not_lose_true_and_none() -> None:
    """PySide6 6.12 on Python 3.11 gives away references of these with each emit, until it aborts."""

    class Sender(QObject):
        said = Signal(bool, object)

    sender = Sender()
    heard: list[bool] = []
    sender.said.connect(lambda value, _: heard.append(value))
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(5_000):
        sender.said.emit(True, None)
    heard.clear()
    lost = [
        was - now for was, now in zip(before, (sys.getrefcount(True), sys.getrefcount(None)), strict=True)
    ]
    assert max(lost) < 500, (
        f"references to True and None lost by 5,000 emits: {lost}; see docs/decisions/0004"
    )


def test_every_icon_is_drawn_in_the_one_manner() -> None:
    """The theme gives icons their colour and size, so each is an SVG that brings neither."""
    icons = sorted((ROOT / "resources" / "icons").glob("*"))
    assert icons, "the window finds its icons in resources/icons"
    assert [icon.name for icon in icons if icon.suffix != ".svg" and icon.stem != "sangyu"] == []


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_files_name_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text, (
        "an address works at one workplace only: pip's own configuration says where to look"
    )
    assert "index-url" not in text


def test_lock_files_agree_with_each_other_and_with_the_project() -> None:
    run, dev = (pins(lock) for lock in LOCKS)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[<>=]", one)[0].lower() for one in wanted}

    assert names(project["project"]["dependencies"]) <= run.keys(), "run `make lock`"
    assert names(project["dependency-groups"]["dev"]) <= dev.keys(), "run `make lock`"
    assert {name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]} == {}


def test_the_program_says_the_version_of_its_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION
