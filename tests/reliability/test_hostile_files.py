"""A file that means harm costs a sentence: not two seconds, not 300 MB, and not the program.

Row C1. Time and memory are what the process that reads takes (docs/decisions/0012), its start included; that a
busy computer lets it wait is not its doing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import pytest

from app.exchange.child import Child, ReaderError
from app.exchange.requests import Answer, Request
from tests.reliability.figures import Figures
from tests.reliability.hostile import SECRET, Hostile, corpus, mutated

SECONDS = 2.0
MEMORY = 300 * 2**20
PATIENCE = 20
EXPECTED = "refused with a sentence, or what is harmless in it read; < 2 s, < 300 MB"
Counts = Callable[[int, int], int]


@dataclass(frozen=True)
class Tried:
    answer: Answer
    content: bytes
    seconds: float


def tried(child: Child, hostile: Hostile) -> Tried:
    content, start = hostile.content(), perf_counter()
    answer, found = child.ask(Request(hostile.work, hostile.name, PATIENCE), content, PATIENCE)
    return Tried(answer, found, perf_counter() - start)


def tried_alone(hostile: Hostile) -> Tried:
    before = computed_by_others()
    child = Child()
    try:
        found = tried(child, hostile)
    finally:
        child.close()
    return replace(found, seconds=computed_by_others() - before)


def computed_by_others() -> float:
    """Seconds of all processes that were started here and have ended; 0 on Windows."""
    times = os.times()
    return times.children_user + times.children_system


NAMES = [hostile.name for hostile in corpus(Path(__file__).with_name("no such file"))]


@pytest.mark.parametrize("name", NAMES)
def test_what_means_harm_is_refused_at_once(name: str, tmp_path: Path, figures: Figures) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    hostile = next(each for each in corpus(secret) if each.name == name)
    found = tried_alone(hostile)
    assert found.answer.outcome == "refused" or (hostile.readable and found.answer.outcome == "read")
    assert found.answer.outcome == "read" or name in found.answer.text
    assert SECRET.encode() not in found.content
    assert found.seconds < SECONDS
    assert found.answer.peak < MEMORY
    figures.record("C1", measured={found.answer.outcome: 1}, expected=EXPECTED, count=1)


def test_what_was_damaged_on_the_way_is_read_or_refused(runs: Counts, figures: Figures) -> None:
    """No fault of ours in between; a parser that takes its process with it has cost a sentence."""
    child, outcomes, slowest, largest = Child(), Counter[str](), 0.0, 0
    count = runs(150, 2_000)
    for seed in range(count):
        try:
            found = tried(child, mutated(seed))
        except ReaderError:
            child.close()
            child = Child()
            outcomes["ended its process"] += 1
            continue
        assert found.answer.outcome in ("read", "refused"), f"seed {seed}: {found.answer}"
        outcomes[found.answer.outcome] += 1
        slowest, largest = max(slowest, found.seconds), max(largest, found.answer.peak)
    child.close()
    assert slowest < SECONDS
    assert largest < MEMORY
    measured: dict[str, int | str] = {f"damaged {name}": times for name, times in outcomes.items()}
    worst = {"slowest": f"{slowest:.2f} s", "largest": f"{largest >> 20} MB"}
    figures.record("C1", measured=measured | worst, expected=EXPECTED, count=count)
