"""A file as a reviewer reads it: what is checked hardest first, what changed marked, each problem at its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.fields.spec import Field
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.models.review_guards import SIGNATURES
from app.services.cadres import CadreFile
from app.services.completeness import completeness
from app.services.findings import Finding
from app.services.review_changes import Differences, RowDifference

STRESSED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "任职经历": (
        ("work_started_on", "former_unit", "former_post", "rank", "highest_post", "retired_on"),
        ("resume",),
    ),
    "入党时间": (("political_status", "party_joined_on", "party_full_on"), ()),
    "所属支部": (("party_branch", "party_post", "relation_place"), ()),
    "身体状况": (
        ("health_status", "self_care", "activity", "illnesses", "disability"),
        ("check_ups", "hospital_stays"),
    ),
}
"""重点核验, as the reports ask (domain.md §1.1): title → (fields, parts)."""
_PARTS: Mapping[str, tuple[str, ...]] = {
    "离退休与待遇": ("movements",),
    "住址与联系": ("contacts", "apps"),
    "需求与困难": ("special_conditions", "suggestions"),
    "简历与奖惩": ("family",),
    "去世": ("survivors",),
}
SPANS = (("started_on", "ended_on"), ("admitted_on", "discharged_on"), ("paid_from", "paid_until"))
UNFILLED = "（未填）"
Mark = Literal["", "new", "changed", "gone"]
_MARKS: Mapping[str, Mark] = {"insert": "new", "update": "changed", "delete": "gone"}


@dataclass(frozen=True)
class Remarked:
    """A problem as it is read: `severity` is E, W or I."""

    severity: str
    message: str


@dataclass(frozen=True)
class ReadField:
    """`old` is what it said when it was approved last; None where it has not changed."""

    name: str
    label: str
    text: str
    old: str | None = None
    problems: Sequence[Remarked] = ()


@dataclass(frozen=True)
class ReadRow:
    text: str
    mark: Mark = ""
    old: str = ""


@dataclass(frozen=True)
class ReadPart:
    name: str
    title: str
    rows: Sequence[ReadRow]
    problems: Sequence[Remarked] = ()


@dataclass(frozen=True)
class ReadGroup:
    title: str
    stressed: bool
    fields: Sequence[ReadField]
    parts: Sequence[ReadPart] = ()

    @property
    def is_empty(self) -> bool:
        return not self.fields and not any(part.rows or part.problems for part in self.parts)


@dataclass(frozen=True)
class Reading:
    """`changed` counts the differences; None for a file that was never approved."""

    groups: Sequence[ReadGroup]
    changed: int | None
    problems: Mapping[str, int] = field(default_factory=dict)
    """Severity → how many."""


def read_file(file: CadreFile, changes: Differences, findings: Sequence[Finding]) -> Reading:
    """Empty fields stand there only where the form wants them, where they were emptied, or have a problem."""
    made = _Reader(file, changes, findings)
    groups = [*made.stressed(), *made.rest()]
    count = changes.count if changes.ever else None
    levels = [each.problem.severity for each in findings]
    return Reading(
        [group for group in groups if group.stressed or not group.is_empty],
        count,
        {level: levels.count(level) for level in dict.fromkeys(levels)},
    )


class _Reader:
    def __init__(self, file: CadreFile, changes: Differences, findings: Sequence[Finding]) -> None:
        self._file, self._changes, self._findings = file, changes, findings
        self._wanted = {gap.field for gap in completeness(file).gaps} - SIGNATURES

    def stressed(self) -> Iterator[ReadGroup]:
        for title, (names, parts) in STRESSED.items():
            shown = [CADRE.field(name) for name in names]
            yield ReadGroup(title, True, self._fields(shown), [self._part(part) for part in parts])

    def rest(self) -> Iterator[ReadGroup]:
        taken = {name for names, _ in STRESSED.values() for name in names}
        for section in CADRE.sections:
            left = [each for each in CADRE.in_section(section) if each.name not in taken]
            parts = [self._part(part) for part in _PARTS.get(section, ())]
            yield ReadGroup(section, False, self._fields(left), parts)

    def _fields(self, fields: Iterable[Field]) -> list[ReadField]:
        return [read for each in fields if (read := self._field(each))]

    def _field(self, each: Field) -> ReadField | None:
        value = self._file.values.get(each.name)
        old, problems = self._changes.fields.get(each.name), self._problems(each.name)
        if each.name == "photo":
            text = "有" if value else ""
        else:
            text = "" if value in (None, "") else each.kind.masked(value)
        if not text and old is None and not problems and each.name not in self._wanted:
            return None
        return ReadField(each.name, each.label, text or UNFILLED, old, problems)

    def _part(self, name: str) -> ReadPart:
        record = PART_TYPES[name]
        changed = {each.uid: each for each in self._changes.parts.get(name, ())}
        rows = [_row(name, row, changed.get(row["uid"])) for row in self._file.parts.get(name, [])]
        gone = [ReadRow(_joined(each.old), "gone") for each in changed.values() if each.operation == "delete"]
        wanted = [ReadRow(UNFILLED)] if name in self._wanted and not rows else []
        return ReadPart(name, record.title, [*rows, *gone, *wanted], self._problems(name))

    def _problems(self, name: str) -> list[Remarked]:
        found = [each.problem for each in self._findings if each.problem.field == name]
        return [Remarked(each.severity, each.message) for each in found]


def _row(part: str, row: Mapping[str, object], change: RowDifference | None) -> ReadRow:
    record = PART_TYPES[part]
    texts = {
        each.name: each.kind.masked(value)
        for each in record.fields
        if (value := row.get(each.name)) not in (None, "")
    }
    text = _joined(texts)
    if change is None:
        return ReadRow(text)
    old = "；".join(f"{record.field(name).label}：{told or '（空）'}" for name, told in change.old.items())
    return ReadRow(text, _MARKS[change.operation], old if change.operation == "update" else "")


def _joined(texts: Mapping[str, str]) -> str:
    """In the order of the form; where something begins and ends, as one span."""
    told = dict(texts)
    for first, last in SPANS:
        if first in told and last in told:
            told[first] = f"{told[first]}—{told.pop(last)}"
    return "　".join(told.values())
