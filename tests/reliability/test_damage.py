"""Damage on the disk is never taken for data (rows A5 and A6)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from app.errors import UserError
from app.models.database import Database
from tests.reliability import ledger
from tests.reliability.figures import Figures

STEPS = 2
PARTS = 4
SALT = 16
EVERY = 97
HEAD, FRAME = 32, 24 + 4096
Counts = Callable[[int, int], int]


@dataclass(frozen=True)
class Saved:
    """A database whose last steps stand in its log file only; `ends` is where each ends in it."""

    database: bytes
    log: bytes
    ends: list[int]

    def lay_out(self, folder: Path) -> Path:
        path = folder / "ledger.db"
        path.write_bytes(self.database)
        path.with_name("ledger.db-shm").unlink(missing_ok=True)
        path.with_name("ledger.db-wal").write_bytes(self.log)
        return path

    def steps_before(self, place: int) -> int:
        """Saved wholly in what stands before this byte of the log."""
        return sum(end <= place for end in self.ends)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    path = tmp_path_factory.mktemp("damage") / "ledger.db"
    log = path.with_name(path.name + "-wal")
    ledger.make(path)
    ends = []
    with closing(ledger.opened(path, wal_autocheckpoint=0)) as database:
        for _ in range(STEPS):
            before = log.stat().st_size if ends else HEAD
            ledger.step(database)
            ends.append(_first_commit(log.read_bytes(), before))
        return Saved(path.read_bytes(), log.read_bytes(), ends)


def _first_commit(log: bytes, start: int) -> int:
    """Where the first page ends from here on that closes a step; what follows only fills up the sector."""
    for frame in range(start, len(log), FRAME):
        if int.from_bytes(log[frame + 4 : frame + 8]):
            return frame + FRAME
    raise AssertionError("nothing was saved")


@pytest.mark.parametrize("part", range(PARTS))
def test_a_log_cut_off_at_any_byte_ends_with_a_whole_step(
    saved: Saved, part: int, scratch: Path, runs: Counts, figures: Figures
):
    """Every 97th byte, or every byte; the first and the last of each step are always among them."""
    edges = {end + aside for end in saved.ends for aside in (-1, 0, 1) if end + aside <= len(saved.log)}
    places = sorted({*range(0, len(saved.log), EVERY), *edges})
    places = sorted({*places, *Random("places").sample(range(len(saved.log)), runs(0, len(saved.log)))})[
        part::PARTS
    ]
    wrong = [place for place in places if _steps_after(saved, scratch, place) != saved.steps_before(place)]
    figures.record(
        "A5",
        measured={"wrong": len(wrong)},
        expected="exactly the steps saved before the cut",
        count=len(places),
    )
    assert wrong == []


def _steps_after(saved: Saved, folder: Path, place: int) -> int:
    path = saved.lay_out(folder)
    path.with_name("ledger.db-wal").write_bytes(saved.log[:place])
    with closing(Database(path, ledger.KEYS)) as database:
        return ledger.steps_in(database)


def turned(content: bytes, place: int, chance: Random) -> bytes:
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def test_one_bit_turned_over_in_the_database_is_noticed(
    saved: Saved, scratch: Path, runs: Counts, figures: Figures
):
    """But for the salt in front, which is read from the key file instead: there it harms nothing."""
    whole = _folded(saved, scratch)
    chance, count = Random("database"), runs(200, 2_000)
    undetected = []
    for _ in range(count):
        place = chance.randrange(len(whole))
        path = scratch / "ledger.db"
        path.write_bytes(turned(whole, place, chance))
        path.with_name("ledger.db-wal").unlink(missing_ok=True)
        if _is_quiet(path) and place >= SALT:
            undetected.append(place)
    figures.record(
        "A6", measured={"undetected in the database": len(undetected)}, expected="all noticed", count=count
    )
    assert undetected == []


def _folded(saved: Saved, folder: Path) -> bytes:
    path = saved.lay_out(folder)
    Database(path, ledger.KEYS).close()
    return path.read_bytes()


def _is_quiet(path: Path) -> bool:
    """Nothing is noticed, and the data is all there."""
    try:
        return ledger.judged(path) == STEPS
    except (UserError, ledger.BrokenError):
        return False


def test_the_salt_in_front_of_the_file_is_not_needed(saved: Saved, scratch: Path):
    whole = _folded(saved, scratch)
    for place in range(SALT):
        (scratch / "ledger.db").write_bytes(turned(whole, place, Random(place)))
        assert _is_quiet(scratch / "ledger.db")


def test_one_bit_turned_over_in_the_log_leaves_the_steps_before_it(
    saved: Saved, scratch: Path, runs: Counts, figures: Figures
):
    chance, count = Random("log"), runs(200, 3_000)
    wrong = []
    for _ in range(count):
        place = chance.randrange(len(saved.log))
        path = saved.lay_out(scratch)
        path.with_name("ledger.db-wal").write_bytes(turned(saved.log, place, chance))
        if ledger.judged(path) != saved.steps_before(place):
            wrong.append(place)
    figures.record(
        "A6",
        measured={"not ending cleanly in the log": len(wrong)},
        expected="the steps before it are whole",
        count=count,
    )
    assert wrong == []


def test_a_whole_log_holds_all_steps(saved: Saved, scratch: Path):
    """Else the others would prove nothing."""
    assert ledger.judged(saved.lay_out(scratch)) == STEPS
