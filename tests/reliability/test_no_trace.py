"""C3: nobody who finds the disk reads who is cared for. Only what somebody chose to write out can be read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.reliability.a_working_day import PLANTED, planted
from tests.reliability.figures import Figures

ROOT = Path(__file__).parent.parent.parent
CHOSEN = {"in", "out", "stick"}
"""What the office brought in, wrote out and carried away."""
ENDINGS = ("closed", "killed")


def spellings(text: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield text.encode(encoding)
    yield text.encode("unicode_escape")


@pytest.fixture(params=ENDINGS)
def day(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder after a day's work in a process of its own, whose every place to write lies in there."""
    homes = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR")}
    (tmp_path / "home").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.a_working_day", str(tmp_path), request.param],
        cwd=ROOT,
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == (0 if request.param == "closed" else -9), done.stderr
    assert "worked through" in done.stdout
    return tmp_path


def written(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in CHOSEN
    ]


def cells_of(folder: Path) -> set[str]:
    """Of the roster that somebody asked for."""
    (roster,) = folder.glob("*花名册*.xlsx")
    rows = CalamineWorkbook.from_path(roster).get_sheet_by_index(0).to_python()
    return {str(cell) for row in rows for cell in row}


def test_nothing_that_was_left_on_the_disk_names_anybody(day: Path, figures: Figures):
    files = written(day)
    names = {path.name for path in files}
    assert {"sangyu.sqlite", "sangyu.key.json", "程序记录.log"} <= names
    assert any("备份" in path.parts for path in files)
    hits = [
        (path.relative_to(day), text)
        for path in files
        for content in [path.read_bytes()]
        for text in planted()
        if any(spelling in content for spelling in spellings(text))
    ]
    figures.record(
        "C3",
        measured={"found": len(hits), "files searched": len(files)},
        expected="0 found",
        count=3 * PLANTED,
    )
    assert hits == []
    assert set(planted()) <= cells_of(day / "out"), (
        "the control: what was written out on purpose names everybody"
    )
