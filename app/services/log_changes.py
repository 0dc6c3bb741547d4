"""What the rows of one step come to: several changes of one record are one, what comes back is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.services.log_words import WITHOUT_WORDS, label_of, value_of
from app.services.record_names import RecordNames

Operation = Literal["insert", "update", "delete"]
WHOLE = frozenset({"cadre", "visit", "payment_batch", "office", "user"})
"""Records that stand by themselves; parts and links come after them."""
OPERATIONS: Mapping[Operation, str] = {"insert": "新增", "update": "修改", "delete": "删除"}


@dataclass(frozen=True)
class LoggedRow:
    """One row as it stands in the log."""

    record_type: str
    record: str
    operation: Operation
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    person: str = ""
    """The uid of the cadre whose row it is, where that was asked for."""
    owner: str = ""
    """The uid of the visit, batch … that a link belongs to, where it was looked up."""

    @classmethod
    def read(
        cls,
        record_type: str,
        record: str,
        operation: Operation,
        old: str,
        new: str,
        person: str | None = None,
    ) -> LoggedRow:
        return cls(record_type, record, operation, json.loads(old), json.loads(new), person or "")

    def owned_by(self, owner: str) -> LoggedRow:
        return replace(self, owner=owner)


@dataclass(frozen=True)
class FieldChange:
    """'' where there is no value."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RecordChange:
    """One record in words, field by field."""

    record_type: str
    uid: str
    title: str
    operation: str
    fields: tuple[FieldChange, ...]


def net(rows: Iterable[LoggedRow]) -> list[LoggedRow]:
    """One row a record: what stands by itself first, then its parts, in the order of the log.

    Parts and links are written anew with each save: a row that went and came back unchanged is left out, also
    where it came back under another uid.
    """
    left = _without_twins(joined(rows))
    return sorted(left, key=lambda row: row.record_type not in WHOLE)


def joined(rows: Iterable[LoggedRow]) -> list[LoggedRow]:
    """One row a record, the first touched first; what is as it was before is left out."""
    records: dict[tuple[str, str], LoggedRow] = {}
    for row in rows:
        key = row.record_type, row.record
        before = records.get(key)
        records[key] = _joined(before, row) if before else row
    changed = [row for row in records.values() if row.operation != "update" or row.old != row.new]
    return [row for row in changed if row.old or row.new]


def _joined(first: LoggedRow, then: LoggedRow) -> LoggedRow:
    existed, exists = first.operation != "insert", then.operation != "delete"
    if existed and exists:
        old, new = {**then.old, **first.old}, {**first.new, **then.new}
        differing = [name for name in new.keys() | old.keys() if old.get(name) != new.get(name)]
        return _row(
            first,
            "update",
            {name: old.get(name) for name in differing},
            {name: new.get(name) for name in differing},
        )
    if exists:
        return _row(first, "insert", {}, {**first.new, **then.new})
    return _row(first, "delete", {**then.old, **first.old} if existed else {}, {})


def _row(row: LoggedRow, operation: Operation, old: Mapping[str, Any], new: Mapping[str, Any]) -> LoggedRow:
    return LoggedRow(row.record_type, row.record, operation, old, new, row.person)


def _without_twins(rows: list[LoggedRow]) -> list[LoggedRow]:
    """Pairs of a removed and a new row that hold the same but for their place in the list."""
    gone = {_content(row, row.old): place for place, row in enumerate(rows) if row.operation == "delete"}
    left_out: set[int] = set()
    for place, row in enumerate(rows):
        twin = gone.pop(_content(row, row.new), None) if row.operation == "insert" else None
        left_out |= {place, twin} if twin is not None else set()
    return [row for place, row in enumerate(rows) if place not in left_out]


def _content(row: LoggedRow, values: Mapping[str, Any]) -> tuple[Any, ...]:
    kept = {name: value for name, value in values.items() if name != "position" and value is not None}
    return row.record_type, *sorted(kept.items())


def in_words(row: LoggedRow, names: RecordNames) -> RecordChange:
    columns = dict.fromkeys([*row.old, *row.new])
    fields = (
        FieldChange(
            label_of(row.record_type, column),
            value_of(row.record_type, column, row.old.get(column), names),
            value_of(row.record_type, column, row.new.get(column), names),
        )
        for column in columns
        if column not in WITHOUT_WORDS
    )
    return RecordChange(
        row.record_type,
        row.record,
        names.of(row.record_type, row.record),
        OPERATIONS[row.operation],
        tuple(change for change in fields if change.old or change.new),
    )


def says_something(change: RecordChange) -> bool:
    """An update of nothing but a version or a place in a list tells people nothing."""
    return bool(change.fields) or change.operation != OPERATIONS["update"]
