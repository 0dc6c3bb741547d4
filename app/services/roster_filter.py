"""Choosing people from the roster by what their files say; every figure opens the names behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.fields.kinds import Code
from app.fields.spec import RecordType
from app.services.rows import Row

EMPTY = ""
"""The value that stands for 'not filled'."""
How = Literal["only", "and", "or", "not"]


@dataclass(frozen=True)
class Facet:
    """One heading of the filter tree: a field, or the marks of the data check."""

    name: str
    label: str
    words: Mapping[str, str] | None = None
    """Words for values where the field's own would not speak for themselves."""


TODO = "todo"
GAPS, DOUBTS = "gaps", "doubts"
TODO_WORDS = {GAPS: "有缺项", DOUBTS: "有疑点"}
FACETS = (
    Facet(TODO, "待办", TODO_WORDS),
    Facet("retirement_kind", "类别"),
    Facet("village", "村（社区）"),
    Facet("treatment", "现享受待遇"),
    Facet("party_branch", "党支部"),
    Facet("health_status", "健康"),
    Facet("living_arrangement", "居住"),
    Facet("alive", "在世", {"1": "在世", "0": "已故"}),
)
FACETS_BY_NAME = {facet.name: facet for facet in FACETS}
FACET_FIELDS = tuple(facet.name for facet in FACETS if facet.name != TODO)


@dataclass(frozen=True)
class Condition:
    """'村 is 东门村', or the opposite."""

    facet: str
    value: str
    negated: bool = False


@dataclass(frozen=True)
class RosterFilter:
    """All groups must hold; of a group, any one condition."""

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

    def has(self, condition: Condition) -> bool:
        return any(condition in group for group in self.groups)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(condition for group in self.groups for condition in group)

    def passes(self, keys: Mapping[str, Collection[str]]) -> bool:
        return all(any(_holds(one, keys) for one in group) for group in self.groups)


def _holds(condition: Condition, keys: Mapping[str, Collection[str]]) -> bool:
    return (condition.value in keys.get(condition.facet, ())) is not condition.negated


@dataclass(frozen=True)
class Choice:
    """One line of the filter tree."""

    value: str
    label: str
    people: int


class Roster:
    """What the filter knows of everybody; `marks` come later, because they cost more to find."""

    def __init__(self, record: RecordType, names: Sequence[str], rows: Iterable[Row]) -> None:
        self._record = record
        self._order: list[str] = []
        self._keys: dict[str, dict[str, tuple[str, ...]]] = {}
        places = {name: names.index(name) for name in FACET_FIELDS}
        for row in rows:
            self._order.append(row.uid)
            self._keys[row.uid] = {name: (_key(row.values[at]),) for name, at in places.items()}

    def __len__(self) -> int:
        return len(self._order)

    def mark(self, marks: Mapping[str, Collection[str]]) -> None:
        """What is to do for whom; people left out keep what was said before."""
        for uid, todo in marks.items():
            if uid in self._keys:
                self._keys[uid][TODO] = tuple(todo)

    def chosen(self, filter_: RosterFilter, among: Iterable[str] | None = None) -> list[str]:
        """Uids that pass, in the order given (that of the roster when nothing is given)."""
        people = self._order if among is None else among
        return [uid for uid in people if uid in self._keys and filter_.passes(self._keys[uid])]

    def choices(self, facet: Facet) -> list[Choice]:
        """Every value of the facet with its count; 'not filled' stands last."""
        counts = Counter(key for keys in self._keys.values() for key in keys.get(facet.name, ()))
        if facet.name == TODO:
            return [Choice(value, label, counts[value]) for value, label in TODO_WORDS.items()]
        values = sorted(counts, key=lambda value: (value == EMPTY, self._place(facet, value)))
        return [Choice(value, self.word(facet, value), counts[value]) for value in values]

    def word(self, facet: Facet, value: str) -> str:
        if value == EMPTY:
            return "未填"
        if facet.words:
            return facet.words.get(value, value)
        return self._record.field(facet.name).kind.format(value)

    def words(self, condition: Condition) -> str:
        """The condition as its chip says it: '村（社区）：东门村', '村（社区）不是：东门村'."""
        facet = FACETS_BY_NAME[condition.facet]
        between = "不是：" if condition.negated else "："
        return f"{facet.label}{between}{self.word(facet, condition.value)}"

    def word_of(self, condition: Condition) -> str:
        """As short as it can be understood: '东门村', '不是 离休', '村（社区）：未填'."""
        facet = FACETS_BY_NAME[condition.facet]
        word = self.word(facet, condition.value)
        if condition.value == EMPTY:
            word = f"{facet.label}：{word}"
        return f"不是 {word}" if condition.negated else word

    def _place(self, facet: Facet, value: str) -> tuple[int, str]:
        """Codes stand in the order of their table, other words by themselves."""
        kind = self._record.field(facet.name).kind
        codes = [item.code for item in kind.codes.items] if isinstance(kind, Code) else []
        order = list(facet.words) if facet.words else codes
        return (order.index(value) if value in order else len(order), value)


def _key(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return EMPTY if value is None else str(value)
