"""The figures under the visit ledger, and the names behind each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.services.visits import VisitLine


@dataclass(frozen=True)
class VisitFigures:
    """How many visits, how often somebody was met, how many people those are, and the money in 分."""

    visits: int
    meetings: int
    people: int
    money: int


def figures(lines: Sequence[VisitLine]) -> VisitFigures:
    met = [uid for line in lines for uid, _ in line.people]
    money = sum(line.values.get("money") or 0 for line in lines)
    return VisitFigures(len(lines), len(met), len(set(met)), money)


def meetings_by_person(lines: Sequence[VisitLine]) -> list[tuple[str, str, int]]:
    """(uid, name, times), the most often met first."""
    names = {uid: name for line in lines for uid, name in line.people}
    times = Counter(uid for line in lines for uid, _ in line.people)
    return [(uid, names[uid], count) for uid, count in times.most_common()]


def with_money(lines: Sequence[VisitLine]) -> list[VisitLine]:
    """The visits that make up the sum of money."""
    return [line for line in lines if line.values.get("money")]
