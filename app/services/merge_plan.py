"""What two files of one person come to together: proposed field by field and row by row, decided by somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.fields.kinds import MANY, Code, Identity, LongText, PartialDate, split_codes
from app.fields.spec import Field, RecordType
from app.models.cadre import CADRE
from app.models.parts import MOST_ROWS, PART_TYPES
from app.services.cadres import CadreFile

Side = Literal["keep", "other", "both"]

SAME_BY: Mapping[str, tuple[str, ...]] = {
    "family": ("name",),
    "resume": ("text",),
    "contacts": ("name", "mobile"),
    "apps": ("app",),
    "special_conditions": ("condition",),
    "check_ups": ("year", "checked_on"),
    "suggestions": ("text",),
    "survivors": ("name",),
    "hospital_stays": ("admitted_on",),
    "movements": ("happened_on",),
}
"""Two rows of a part are one where one of these is equal and nothing contradicts; of other parts, where all is."""
IN_TIME: Mapping[str, str] = {
    "resume": "started_on",
    "special_conditions": "started_on",
    "check_ups": "checked_on",
    "hospital_stays": "admitted_on",
    "movements": "happened_on",
}
"""Parts that stay in the order of time where they were in it; the rows of others are added below."""


@dataclass(frozen=True)
class FieldLine:
    """One field that is filled in at least one of the files."""

    field: Field
    keep: Any
    other: Any
    side: Side
    """What is proposed."""
    why: str = ""

    @property
    def differs(self) -> bool:
        return bool(self.keep != self.other)

    @property
    def both(self) -> Any:
        """Both together, where a field can hold both; else None."""
        return _together(self.field, self.keep, self.other) if self.differs else None

    def value(self, side: Side) -> Any:
        return {"keep": self.keep, "other": self.other, "both": self.both}[side]


@dataclass(frozen=True)
class PartRow:
    """One row of a part of one of the files."""

    part: str
    uid: str
    side: Side
    values: Mapping[str, Any]
    twin: str = ""
    """Of a row of the file that goes: the row of the kept one that says the same, and takes on what it lacks."""

    @property
    def title(self) -> str:
        return PART_TYPES[self.part].title

    @property
    def text(self) -> str:
        """As people read it; secrets are covered."""
        fields = ((each, self.values.get(each.name)) for each in PART_TYPES[self.part].fields)
        return " · ".join(each.kind.masked(value) for each, value in fields if value is not None)


@dataclass
class Choices:
    """What somebody decided: a side for each field, and the rows that are not wanted."""

    sides: dict[str, Side] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class MergePlan:
    """Both files side by side. Nothing has been written yet."""

    keep: CadreFile
    other: CadreFile
    lines: tuple[FieldLine, ...]
    rows: tuple[PartRow, ...]
    linked: Mapping[str, int] = field(default_factory=dict)
    """What else goes over to the kept file: '走访对象' → how many."""
    notes: tuple[str, ...] = ()
    must_keep: str = ""
    """Why it is this file that is kept; '' where it may also be the other."""
    refusal: str = ""
    """Why these two cannot be merged, and what to do instead."""

    @property
    def choices(self) -> Choices:
        """All as proposed."""
        return Choices({line.field.name: line.side for line in self.lines})

    def values(self, choices: Choices) -> dict[str, Any]:
        """What stands in the fields afterwards."""
        return {line.field.name: line.value(choices.sides[line.field.name]) for line in self.lines}

    def kept_rows(self, part: str, choices: Choices) -> list[tuple[PartRow, dict[str, Any]]]:
        """The rows of a part afterwards, with their values, in their order. A row goes or stays with its twin."""
        mine = [row for row in self.rows if row.part == part and row.uid not in choices.left_out]
        twins = {row.twin: row for row in mine if row.twin}
        rows = [
            (row, completed(part, row.values, twins[row.uid].values if row.uid in twins else {}))
            for row in mine
            if not row.twin
        ]
        return _in_time(part, rows)

    def too_many(self, choices: Choices) -> str:
        """What has to be left out first; '' where all is well."""
        told = (
            f"{PART_TYPES[part].title}最多 {most} 个，现在有 {count} 个，请去掉 {count - most} 个的勾。"
            for part, most in MOST_ROWS.items()
            if (count := len(self.kept_rows(part, choices))) > most
        )
        return "".join(told)


def plan_of(keep: CadreFile, other: CadreFile) -> MergePlan:
    return MergePlan(keep, other, tuple(_lines(keep, other)), tuple(_rows(keep, other)))


def _lines(keep: CadreFile, other: CadreFile) -> Iterator[FieldLine]:
    for each in CADRE.fields:
        mine, theirs = keep.values.get(each.name), other.values.get(each.name)
        if mine is not None or theirs is not None:
            side, why = _proposed(each, mine, theirs)
            yield FieldLine(each, mine, theirs, side, why)


def _proposed(each: Field, mine: Any, theirs: Any) -> tuple[Side, str]:
    if mine == theirs:
        return "keep", ""
    if _empty(mine) != _empty(theirs):
        return ("other" if _empty(mine) else "keep"), "另一份没有填"
    if each.name == "alive":
        return ("other" if theirs is False else "keep"), "有一份已记去世"
    for judge, why in ((_sounder, "号码校验无误"), (_more_precise, "写得更细")):
        better = judge(each, mine, theirs)
        if better:
            return better, why
    if isinstance(each.kind, LongText) and _together(each, mine, theirs):
        return "both", "两份都留下"
    return "keep", ""


def _empty(value: Any) -> bool:
    return value is None or value == ""


def _sounder(each: Field, mine: Any, theirs: Any) -> Side | None:
    if not isinstance(each.kind, Identity):
        return None
    sound, other_sound = not each.kind.flaws(mine), not each.kind.flaws(theirs)
    return None if sound == other_sound else "keep" if sound else "other"


def _more_precise(each: Field, mine: Any, theirs: Any) -> Side | None:
    if not isinstance(each.kind, PartialDate) or not _compatible(each, mine, theirs):
        return None
    return "keep" if len(mine) > len(theirs) else "other"


def _together(each: Field, mine: Any, theirs: Any) -> Any:
    if _empty(mine) or _empty(theirs):
        return None
    if isinstance(each.kind, Code) and each.kind.many:
        return MANY.join(dict.fromkeys(split_codes(mine) + split_codes(theirs)))
    if not isinstance(each.kind, LongText):
        return None
    if theirs in mine or mine in theirs:
        return max(mine, theirs, key=len)
    joined = f"{mine}\n{theirs}"
    return joined if len(joined) <= each.kind.max_length else None


def _rows(keep: CadreFile, other: CadreFile) -> Iterator[PartRow]:
    for part in PART_TYPES:
        mine = list(keep.parts.get(part, []))
        yield from (PartRow(part, row["uid"], "keep", _described(part, row)) for row in mine)
        for row in other.parts.get(part, []):
            twin = next((each for each in mine if says_the_same(part, each, row)), None)
            if twin is not None:
                mine.remove(twin)
            yield PartRow(part, row["uid"], "other", _described(part, row), twin["uid"] if twin else "")


def _described(part: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: row.get(each.name) for each in PART_TYPES[part].fields}


def says_the_same(part: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the two together say no more than one row can hold."""
    record = PART_TYPES[part]
    if not all(_compatible(each, one.get(each.name), other.get(each.name)) for each in record.fields):
        return False
    names = SAME_BY.get(part)
    if names is None:
        return _described(part, one) == _described(part, other)
    return any(not _empty(one.get(name)) and one.get(name) == other.get(name) for name in names)


def completed(part: str, row: Mapping[str, Any], twin: Mapping[str, Any]) -> dict[str, Any]:
    """The row with what only its twin says, or says more precisely."""
    record: RecordType = PART_TYPES[part]
    return {each.name: _fuller(each, row.get(each.name), twin.get(each.name)) for each in record.fields}


def _fuller(each: Field, mine: Any, theirs: Any) -> Any:
    if _empty(mine):
        return mine if theirs is None else theirs
    longer = isinstance(each.kind, PartialDate) and not _empty(theirs) and len(theirs) > len(mine)
    return theirs if longer else mine


def _compatible(each: Field, one: Any, other: Any) -> bool:
    """One of them is empty, or they are equal, or one date only says more precisely what the other says."""
    if _empty(one) or _empty(other) or one == other:
        return True
    return isinstance(each.kind, PartialDate) and (one.startswith(other) or other.startswith(one))


def _in_time(
    part: str, rows: Sequence[tuple[PartRow, dict[str, Any]]]
) -> list[tuple[PartRow, dict[str, Any]]]:
    """In the order of time, unless the kept file's own rows were in an order of their own."""
    name = IN_TIME.get(part)
    own = [values[name] for row, values in rows if row.side == "keep" and values[name]] if name else []
    if name is None or own != sorted(own):
        return list(rows)
    return sorted(rows, key=lambda each: each[1][name] or "9999")
