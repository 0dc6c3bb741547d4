"""The table of figures names every test of reliability, and no other."""

from __future__ import annotations

from pathlib import Path

from tests.reliability.power_cut.recording import ROOT
from tests.reliability.rows import HERE, ROWS


def places() -> set[str]:
    return {place for row in ROWS for place in row.where}


def test_every_row_has_its_tests():
    for place in places():
        file, _, name = place.partition("::")
        assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8"), place


def test_every_test_of_reliability_has_a_row():
    files = {HERE + path.name for path in (ROOT / HERE).glob("test_*.py")} - {HERE + Path(__file__).name}
    assert files <= {place.partition("::")[0] for place in places()}
