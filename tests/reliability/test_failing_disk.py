"""A disk that fails now and then is told in a sentence, and what was called saved is saved (row A7)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability import ledger
from tests.reliability.at_work import LEDGER
from tests.reliability.failing import HEARD
from tests.reliability.figures import Figures
from tests.reliability.power_cut.recording import ROOT
from tests.reliability.power_cut.replay import SAID

PARTS = 4


@pytest.mark.skipif(
    not shutil.which("fiu-run"), reason="making a disk fail needs fiu-run (Debian: fiu-utils)"
)
@pytest.mark.parametrize("part", range(PARTS))
def test_what_a_failing_disk_was_said_to_hold_it_holds(
    part: int, scratch: Path, runs: Callable[[int, int], int], figures: Figures
):
    count = runs(32, 600) // PARTS
    ledger.make(scratch / LEDGER)
    _work(scratch, part * count, count)
    trials = [scratch / str(part * count + number) for number in range(count)]
    heard = [json.loads((trial / HEARD).read_text()) for trial in trials]
    failed = sum(bool(each["told"] or each["unexplained"]) for each in heard)
    unexplained = [error for each in heard for error in each["unexplained"]]
    bad = [f"try {trial.name}: {found}" for trial in trials if (found := _lost(trial))]
    measured = {"bad": len(bad), "errors without a sentence": len(unexplained), "tries with errors": failed}
    figures.record("A7", measured=measured, expected="0 bad, every error told in a sentence", count=count)
    assert bad == []
    assert unexplained == []
    assert failed >= count // 4  # else the disk was sound and this test proves nothing


def _work(folder: Path, first: int, count: int) -> None:
    command = ["fiu-run", "-x", "-f", "", sys.executable, "-m", "tests.reliability.failing"]
    subprocess.run([*command, str(folder), str(first), str(count)], cwd=ROOT, check=True)


def _lost(folder: Path) -> str:
    said = [int(number) for number in (folder / SAID).read_text().split()]
    try:
        steps = ledger.judged(folder / LEDGER)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was found
        return repr(error)
    return "" if steps == said[-1] else f"{said[-1]} said, {steps} found"
