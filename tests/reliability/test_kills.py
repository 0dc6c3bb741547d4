"""A program that is killed while it saves has saved what it said, and nothing by halves (row A4)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.figures import Figures
from tests.reliability.killed import KILLED, verdicts

PARTS = 2

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 and fork are POSIX")


@pytest.mark.parametrize("part", range(PARTS))
def test_a_program_killed_while_saving_has_saved_what_it_said(
    part: int, scratch: Path, runs: Callable[[int, int], int], figures: Figures
):
    count = runs(50, 1_000) // PARTS
    found = verdicts("saving", scratch, count)
    blows = found.pop(KILLED)
    bad = {name: found[name] for name in ("corrupt", "half done", "saved and lost")}
    figures.record("A4", measured=bad, expected="0 corrupt, 0 half done, 0 saved and lost", count=count)
    assert +found == {"well": count}
    assert blows >= count // 2  # else they missed and this test proves nothing
