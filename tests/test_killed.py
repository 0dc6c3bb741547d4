"""A program that is killed at any moment of its work leaves all or nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.exchange.bundle import verify_bundle
from app.exchange.safe_write import PART
from app.models.database import Database, table_counts
from app.models.migrate import migrate
from app.paths import DATA_FILE
from tests.desks import KEYS, desk_of
from tests.killed_at_work import ROSTER_ROWS, delivering, in_a_process

TIMES = 50
ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGALRM there")


def killed(name: str, folder: Path) -> list[Path]:
    """The folders of the trials, the first one whole; most of the others ended in the middle of the work."""
    (folder / "temporary").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed_at_work", name, str(folder), str(TIMES)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        env=os.environ | {"TMPDIR": str(folder / "temporary")},
    )
    ends = json.loads(done.stdout)
    assert set(ends) <= {0, -signal.SIGALRM}
    assert (len(ends), ends[0]) == (TIMES + 1, 0)
    assert ends.count(-signal.SIGALRM) >= TIMES // 2
    return [folder / f"trial-{number:02d}" for number in range(TIMES + 1)]


def counted(path: Path) -> dict[str, int]:
    """Rows per table of a file that opens and is sound."""
    database = Database(path, KEYS)
    migrate(database, path.with_name("before.sqlite"))
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    with database.reading() as session:
        counts = table_counts(session)
    database.close()
    return counts


def test_an_import_that_is_killed_has_taken_in_everybody_or_nobody(tmp_path: Path):
    whole, *trials = killed("import", tmp_path)
    nothing, everything = counted(tmp_path / "start" / DATA_FILE), counted(whole / DATA_FILE)
    assert (nothing["cadre"], everything["cadre"]) == (0, ROSTER_ROWS)
    for trial in trials:
        assert counted(trial / DATA_FILE) in (nothing, everything)


def test_a_delivery_that_is_killed_leaves_no_half_folder_under_its_name(tmp_path: Path):
    whole, *trials = killed("bundle", tmp_path)
    before, after = counted(tmp_path / "start" / DATA_FILE), counted(whole / DATA_FILE)
    assert (before["delivery"], after["delivery"]) == (0, 1)
    for trial in trials:
        counts = counted(trial / DATA_FILE)
        finished = [path for path in (trial / "stick").glob("*") if not path.name.endswith(PART)]
        assert without_log(counts) in (without_log(before), without_log(after))
        assert counts["delivery"] <= len(finished) <= 1
        given = [verify_bundle(path).manifest["seq"] for path in finished]
        assert next_number(trial) not in given


def without_log(counts: dict[str, int]) -> dict[str, int]:
    """The log, and the note of what is under way, grow before the delivery itself does."""
    return {name: count for name, count in counts.items() if not name.startswith(("audit", "note"))}


def next_number(trial: Path) -> int:
    """Of the next bundle, which goes to another stick."""
    (trial / "another").mkdir()
    desk = desk_of(trial)
    number = desk.deliveries.deliver(trial / "another", "2026").seq
    desk.close()
    return number


def test_after_a_kill_the_next_delivery_goes_through(tmp_path: Path):
    """What lies about of the one that was killed is in nobody's way."""
    work = delivering(tmp_path)
    (tmp_path / "start").rename(tmp_path / "trial")
    assert in_a_process(work, tmp_path / "trial", 0.2) == -signal.SIGALRM
    desk = desk_of(tmp_path / "trial")
    written = desk.deliveries.deliver(tmp_path / "trial" / "stick", "2026")
    desk.close()
    verify_bundle(written.path)
