"""Keys, passwords and backups change at once or not at all, however it ends (row A9).

Once with real kills at moments that fall where they fall, and once with what was recorded: stopped between any two
things that are asked of the disk, and cut off from its power there.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.reliability.figures import Figures
from tests.reliability.killed import KILLED, verdicts
from tests.reliability.killed_works import WORKS
from tests.reliability.power_cut.recording import Recording, recorded
from tests.reliability.power_cut.replay import cuts, stops

EXPECTED = "opens with exactly one key, everything there, no bad backup"
NAMES = {
    "rekey": "changing the key of the database",
    "password": "changing a password",
    "conversion": "encrypting a file of the first version",
    "backup": "backing up",
}
Counts = Callable[[int, int], int]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 and fork are POSIX")


@pytest.mark.parametrize("name", NAMES)
def test_a_program_killed_at_it_leaves_one_key_that_opens_everything(
    name: str, scratch: Path, runs: Counts, figures: Figures
):
    count = runs(6, 125)
    found = verdicts(name, scratch, count)
    blows = found.pop(KILLED)
    _note(figures, name, found, count)
    assert +found == {"well": count}
    assert blows >= count // 3  # else they missed and this test proves nothing


@pytest.mark.parametrize("name", NAMES)
def test_stopped_or_cut_off_anywhere_it_leaves_one_key_that_opens_everything(
    name: str, recorder: Path, scratch: Path, runs: Counts, figures: Figures
):
    work, folder, count = WORKS[name], scratch / "disk", runs(60, 1_000)
    work.prepare(folder)
    made = recorded(recorder, folder, "tests.reliability.killed_works", name, folder)
    found: Counter[str] = Counter()
    for disk in _left(made, count, Random(name)):
        shutil.rmtree(folder)
        _lay_out(disk, folder)
        found[work.judge(folder)] += 1
    _note(figures, name, found, found.total())
    assert set(found) == {"well"}


def _left(made: Recording, count: int, chance: Random) -> Iterator[Mapping[str, bytes]]:
    yield from stops(made, count // 2, chance)
    yield from (cut.disk for cut in cuts(made, count // 2, chance))


def _lay_out(disk: Mapping[str, bytes], folder: Path) -> None:
    for name, content in disk.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _note(figures: Figures, name: str, found: Counter[str], count: int) -> None:
    bad = sum(number for verdict, number in found.items() if verdict != "well")
    figures.record("A9", measured={f"bad while {NAMES[name]}": bad}, expected=EXPECTED, count=count)
