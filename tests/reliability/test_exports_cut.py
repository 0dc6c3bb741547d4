"""What was called written is whole after a power cut or a pulled stick, and what has a name is whole (row B5).

Recorded and replayed like the cuts of the database; of a FAT-like stick each half of a renaming may be there alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from app.exchange.safe_write import PART
from tests.reliability import exporting
from tests.reliability.exporting import OVERWRITTEN
from tests.reliability.figures import Figures
from tests.reliability.power_cut.recording import Recording, recorded
from tests.reliability.power_cut.recording import files_of as found_in
from tests.reliability.power_cut.replay import SAID, Cut, Kind, cuts, replayed

WRITTEN = 16
AGAIN = 12
Counts = Callable[[int, int], int]


@pytest.fixture(scope="module")
def exports(recorder: Path, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    place = tmp_path_factory.mktemp("exports") / "disk"
    place.mkdir()
    made = recorded(recorder, place, "tests.reliability.exporting", place, WRITTEN)
    assert replayed(made).now() == found_in(place)
    return made


@pytest.fixture(scope="module")
def overwriting(recorder: Path, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    place = tmp_path_factory.mktemp("exports") / "disk"
    place.mkdir()
    return recorded(recorder, place, "tests.reliability.exporting", place, AGAIN, "over")


def named(disk: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """What has a final name, each with its files; a single file is named ''."""
    found: dict[str, dict[str, bytes]] = {}
    for path, content in disk.items():
        name, _, inner = path.partition("/")
        if name != SAID and not name.endswith(PART):
            found.setdefault(name, {})[inner] = content
    return found


def is_whole(name: str, files: Mapping[str, bytes]) -> bool:
    return files == ({"": exporting.content(name)} if "" in files else exporting.files_of(name))


def verdict(cut: Cut) -> str:
    found = named(cut.disk)
    if not all(is_whole(name, files) for name, files in found.items()):
        return "bad under a final name"
    return "called written and missing" if set(cut.said) - found.keys() else "well"


@pytest.mark.parametrize(("kind", "said"), [("journal", "with a journal"), ("stick", "FAT-like")])
def test_what_was_called_written_is_whole(
    exports: Recording, kind: Kind, said: str, runs: Counts, figures: Figures
):
    count = runs(600, 6_000) // 2
    found = Counter(verdict(cut) for cut in cuts(exports, count, Random(kind), kind=kind))
    bad = {
        f"{name} ({said})": found[name] for name in ("bad under a final name", "called written and missing")
    }
    figures.record(
        "B5", measured=bad, expected="0 bad under a final name, 0 called written and missing", count=count
    )
    assert found == {"well": count}


def test_a_file_written_over_is_the_old_one_or_the_new_one(overwriting: Recording, runs: Counts):
    """On a disk with a journal. On a stick the old one may be lost, so nothing there is ever written over."""
    for cut in cuts(overwriting, runs(200, 2_000), Random("over")):
        last = int(cut.said[-1]) if cut.said else -1
        allowed = [exporting.content(f"{OVERWRITTEN} {number}") for number in (last, last + 1)]
        assert cut.disk.get(OVERWRITTEN) in ([*allowed, None] if last < 0 else allowed)


def test_a_file_written_in_place_would_be_bad(recorder: Path, tmp_path: Path):
    """The control: the same replay finds half of what is written without care."""
    place = tmp_path / "disk"
    place.mkdir()
    made = recorded(recorder, place, "tests.reliability.writing_in_place", place, WRITTEN)
    bad = [cut for cut in cuts(made, 200, Random("in place")) if verdict(cut) != "well"]
    assert len(bad) > 80
