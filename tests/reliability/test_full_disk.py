"""A disk that is full is told, nothing saved is lost, and with room again work goes on by itself (row A8)."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest

from app.errors import UserError
from app.models.database import Database
from tests.reliability import ledger
from tests.reliability.figures import Figures

KB = 1 << 10
LEAST, MOST = 60 * KB, 1_500 * KB
BALLAST = "ballast"
ENOUGH = 400


def _may_mount() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False)
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)
    return done.returncode == 0


@contextmanager
def disk(place: Path, size: int) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def saved_until_refused(database: Database) -> tuple[int, str]:
    """The last step that was saved, and what the user was told then."""
    number = 0
    for _ in range(ENOUGH):
        try:
            number = ledger.step(database)
        except UserError as error:
            return number, str(error)
    raise AssertionError("the disk was never full")


def _told_when_folding_in(database: Database) -> str:
    """What waits in the log does not fit into the file: no harm, but no fault of the program's either."""
    try:
        database.checkpoint()
    except UserError as error:
        return str(error)
    return ""


@pytest.mark.skipif(not _may_mount(), reason="only root on Linux may mount a small disk")
def test_a_full_disk_is_told_and_with_room_again_work_goes_on(
    tmp_path: Path, runs: Callable[[int, int], int], figures: Figures
):
    chance, count = Random("full"), runs(6, 50)
    ledger.make(tmp_path / "start.db")
    lost = went_on = readable = 0
    for _ in range(count):
        room = chance.randrange(LEAST, MOST)
        with disk(tmp_path / "disk", (tmp_path / "start.db").stat().st_size + room + MOST) as place:
            path = Path(shutil.copy(tmp_path / "start.db", place / "ledger.db"))
            (place / BALLAST).write_bytes(bytes(MOST))
            with closing(ledger.opened(path)) as database:
                saved, told = saved_until_refused(database)
                assert "磁盘已满" in told
                assert _told_when_folding_in(database) in ("", told)
                readable += ledger.steps_in(database) == saved
                (place / BALLAST).unlink()
                went_on += ledger.step(database) == saved + 1
            lost += ledger.judged(path) != saved + 1
    measured = {"lost": lost, "readable while full": readable, "went on by themselves": went_on}
    figures.record(
        "A8", measured=measured, expected="0 lost, readable while full, goes on by itself", count=count
    )
    assert (lost, readable, went_on) == (0, count, count)


@pytest.mark.skipif(os.name != "posix", reason="such limits are POSIX")
def test_a_file_that_may_grow_no_more_is_told_and_goes_on_later(tmp_path: Path):
    """The same where nobody may mount a disk: the system lets no file grow beyond a size."""
    path = tmp_path / "ledger.db"
    ledger.make(path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with closing(ledger.opened(path)) as database:
        saved = ledger.step(database)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 300 * KB, before[1]))
        try:
            more, told = saved_until_refused(database)
            saved = max(saved, more)
            assert "没有写入" in told
            assert ledger.steps_in(database) == saved
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, ignored)
        assert ledger.step(database) == saved + 1
    assert ledger.judged(path) == saved + 1
