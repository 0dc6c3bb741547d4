"""What a benchmark finds out: our figure beside that of the least that could do the same."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

HEADINGS = ("What", "Ours", "Floor", "Ratio", "Aim", "The floor is")


@dataclass(frozen=True)
class Comparison:
    """One line of the table."""

    what: str
    ours: float
    floor: float
    unit: str
    floor_is: str
    most_ratio: float = 0
    """The aim as a multiple of the floor; 0 where there is none."""
    most: float = 0
    """The aim in the unit; 0 where there is none."""

    @property
    def cells(self) -> tuple[str, ...]:
        ratio = f"{self.ours / self.floor:.2f} ×"
        return self.what, self._said(self.ours), self._said(self.floor), ratio, self._aim, self.floor_is

    def _said(self, value: float) -> str:
        return f"{value:,.3g} {self.unit}" if value < 100 else f"{value:,.0f} {self.unit}"

    @property
    def _aim(self) -> str:
        if not (self.most_ratio or self.most):
            return "–"
        aim = f"≤ {self.most_ratio:g} ×" if self.most_ratio else f"≤ {self.most:g} {self.unit}"
        return aim if self._is_met else f"{aim} **missed**"

    @property
    def _is_met(self) -> bool:
        return self.ours <= self.most if self.most else self.ours <= self.most_ratio * self.floor


def as_table(comparisons: Iterable[Comparison]) -> str:
    """Markdown."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(comparison.cells for comparison in comparisons)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def in_turn(
    times: int, *works: Callable[[], object], before: Callable[[], object] = lambda: None
) -> list[float]:
    """Median milliseconds of each. Taken in turn, a busy moment of the machine meets all of them.

    What is done `before` each of them is not counted.
    """
    taken = [[_after(before, work) for work in works] for _ in range(times)]
    return [statistics.median(each) for each in zip(*taken, strict=True)]


def _after(before: Callable[[], object], work: Callable[[], object]) -> float:
    before()
    return milliseconds(work)
