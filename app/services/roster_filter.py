"""Conditions on people: all groups must hold; of a group, any one condition."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Literal

from app.services.questions import IS, QUESTIONS

EMPTY = ""
"""The value that stands for 'not filled'."""
TODO = "todo"
GAPS, DOUBTS = "gaps", "doubts"
REVIEW = "review"
How = Literal["only", "and", "or", "not"]


@dataclass(frozen=True)
class Condition:
    """'村 is 东门村', or the opposite; `facet` is one of the filter tree or the path of any field."""

    facet: str
    value: str = EMPTY
    negated: bool = False
    question: str = IS

    @property
    def opposite(self) -> Condition:
        return replace(self, negated=not self.negated)


Holding = Callable[[Condition], Collection[str]]
"""The people for whom a condition holds, its negation left aside."""


@dataclass(frozen=True)
class RosterFilter:
    groups: tuple[tuple[Condition, ...], ...] = ()

    def with_(self, condition: Condition, how: How) -> RosterFilter:
        """A click alone, with Ctrl (and), with Shift (or), with Alt (not)."""
        if how == "only":
            return RosterFilter(((condition,),))
        if how == "not":
            condition = replace(condition, negated=True)
        if self.has(condition):
            return self.without(condition)
        if how == "or" and self.groups:
            return RosterFilter((*self.groups[:-1], (*self.groups[-1], condition)))
        return RosterFilter((*self.groups, (condition,)))

    def without(self, condition: Condition) -> RosterFilter:
        kept = (tuple(one for one in group if one != condition) for group in self.groups)
        return RosterFilter(tuple(group for group in kept if group))

    def turned(self, condition: Condition) -> RosterFilter:
        """With the opposite in its place."""
        return RosterFilter(
            tuple(
                tuple(dict.fromkeys(one.opposite if one == condition else one for one in group))
                for group in self.groups
            )
        )

    def has(self, condition: Condition) -> bool:
        return any(condition in group for group in self.groups)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(condition for group in self.groups for condition in group)

    def chosen(self, people: Iterable[str], holding: Holding) -> list[str]:
        """Those of the people who pass, in the order given."""
        left = list(people)
        for group in self.groups:
            asked = [(holding(one), one.negated) for one in group]
            left = [uid for uid in left if any((uid in held) is not negated for held, negated in asked)]
        return left

    def written(self) -> str:
        """As it is kept under a name."""
        groups = [[asdict(condition) for condition in group] for group in self.groups]
        return json.dumps(groups, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> RosterFilter:
        """What `written` gave; conditions that a newer program wrote and this one does not know are left out."""
        groups = (
            tuple(Condition(**one) for one in group if one.get("question", IS) in QUESTIONS)
            for group in json.loads(text)
        )
        return cls(tuple(group for group in groups if group))
