"""A power cut at any moment loses nothing that was saved, and leaves nothing half done.

Rows A1, A2 and A3: what the program writes is recorded, and of every moment some of the many disks are made that
a power cut might leave (`power_cut/replay.py`). It is a model: no real disk lost its power.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.errors import UserError
from tests.reliability import ledger
from tests.reliability.at_work import LEDGER
from tests.reliability.figures import Figures
from tests.reliability.power_cut.recording import Recording, files_of, recorded
from tests.reliability.power_cut.replay import SAID, Cut, Style, cuts, replayed

STEPS = 45
PARTS = 4
NOTHING_LOST = "0 corrupt, 0 half done, 0 saved and lost"
Counts = Callable[[int, int], int]


def recording(recorder: Path, folder: Path, **settings: object) -> Recording:
    folder.mkdir()
    ledger.make(folder / LEDGER)
    words = [f"{name}={value}" for name, value in settings.items()]
    return recorded(recorder, folder, "tests.reliability.at_work", folder, STEPS, *words)


@pytest.fixture(scope="module")
def saving(recorder: Path, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The program's own settings, but for a log that is folded in earlier: the work here is short."""
    return recording(recorder, tmp_path_factory.mktemp("cut") / "disk", wal_autocheckpoint=40)


@pytest.fixture(scope="module")
def folding(recorder: Path, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The log is folded in all the time, so that most cuts fall into the writing of the file itself."""
    return recording(recorder, tmp_path_factory.mktemp("cut") / "disk", wal_autocheckpoint=5)


@pytest.fixture(scope="module")
def careless(recorder: Path, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    settings = {"wal_autocheckpoint": 5, "synchronous": "OFF"}
    return recording(recorder, tmp_path_factory.mktemp("cut") / "disk", **settings)


def verdict(cut: Cut, folder: Path) -> str:
    """What somebody finds who switches the computer on again."""
    for path in folder.iterdir():
        path.unlink()
    for name, content in cut.disk.items():
        (folder / name).write_bytes(content)
    try:
        steps = ledger.judged(folder / LEDGER)
    except ledger.BrokenError:
        return "half done"
    except UserError:
        return "corrupt"
    return "saved and lost" if steps < len(cut.said) else "well" if steps <= len(cut.said) + 1 else "invented"


def verdicts(recording: Recording, count: int, folder: Path, chance: Random, **how: object) -> Counter[str]:
    return Counter(verdict(cut, folder) for cut in cuts(recording, count, chance, **how))


def test_the_recording_misses_nothing(recorder: Path, tmp_path: Path):
    """Else the replay would be of something else."""
    made = recording(recorder, tmp_path / "disk", wal_autocheckpoint=5)
    assert replayed(made).now() == files_of(tmp_path / "disk")
    assert replayed(made).read(SAID).decode().split() == [str(number + 1) for number in range(STEPS)]
    assert ledger.judged(tmp_path / "disk" / LEDGER) == STEPS


@pytest.mark.parametrize("part", range(PARTS))
def test_after_a_power_cut_everything_saved_is_there(
    saving: Recording, part: int, scratch: Path, runs: Counts, figures: Figures
):
    count = runs(1_000, 20_000) // PARTS
    found = verdicts(saving, count, scratch, Random(f"cut {part}"))
    bad = {name: found[name] for name in ("corrupt", "half done", "saved and lost")}
    figures.record("A1", measured=bad, expected=NOTHING_LOST, count=count)
    assert found == {"well": count}


@pytest.mark.parametrize("part", range(PARTS))
def test_garbage_in_every_unfinished_sector_does_no_harm(
    folding: Recording, part: int, scratch: Path, runs: Counts, figures: Figures
):
    count = runs(500, 10_000) // PARTS
    found = verdicts(folding, count, scratch, Random(f"garbage {part}"), style=Style.all_garbage)
    bad = {name: found[name] for name in ("corrupt", "half done", "saved and lost")}
    figures.record("A2", measured=bad, expected=NOTHING_LOST, count=count)
    assert found == {"well": count}


def test_without_waiting_for_the_disk_the_same_cuts_destroy_data(
    careless: Recording, scratch: Path, runs: Counts, figures: Figures
):
    """The control: a harness that finds nothing here would find nothing anywhere."""
    count = runs(200, 2_000)
    found = verdicts(careless, count, scratch, Random("careless"))
    broken = found["corrupt"] + found["half done"]
    figures.record("A3", measured={"corrupt": broken}, expected="more than 40 % corrupt", count=count)
    assert broken > 0.4 * count
