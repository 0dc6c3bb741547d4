"""What of a file is not as it was when a reviewer approved it last, read out of the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields.kinds import Photo
from app.fields.spec import RecordType
from app.models.audit import AUDIT_ROW
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES, PARTS
from app.models.review_guards import SIGNATURES
from app.services.log_changes import LoggedRow, Operation, net
from app.services.log_filter import KINDS
from app.services.log_words import value_of
from app.services.record_names import RecordNames

_row = AUDIT_ROW.c
_PARTS: Mapping[str, str] = {model.__tablename__: part for part, model in PARTS.items()}


@dataclass(frozen=True)
class RowDifference:
    """A row of a part: `old` and `new` are texts by field, of a changed row only those that differ."""

    uid: str
    operation: Operation
    old: Mapping[str, str]
    new: Mapping[str, str]


@dataclass(frozen=True)
class Differences:
    """Texts as they are shown, numbers covered. `ever`: whether the file was approved at all."""

    ever: bool
    fields: Mapping[str, str] = field(default_factory=dict)
    """Name of the changed field → what it said before."""
    parts: Mapping[str, Sequence[RowDifference]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.fields) + sum(len(rows) for rows in self.parts.values())


def differences(session: Session, uid: str, since: int | None) -> Differences:
    """`since` is the act of the approval; None for a file that never was approved: all of it is new."""
    if since is None:
        return Differences(ever=False)
    query = select(_row.record_type, _row.record, _row.operation, _row.old, _row.new).where(
        _row.person == uid, _row.act > since, _row.record_type.in_(KINDS["档案"])
    )
    rows = net(LoggedRow.read(*line) for line in session.execute(query.order_by(_row.seq)))
    names = RecordNames(session)
    fields: dict[str, str] = {}
    parts: dict[str, list[RowDifference]] = {}
    for row in rows:
        if row.record_type == CADRE.name:
            fields |= dict(_fields(row, names))
        elif change := _part(row, names):
            parts.setdefault(_PARTS[row.record_type], []).append(change)
    return Differences(True, fields, parts)


def _fields(row: LoggedRow, names: RecordNames) -> Iterator[tuple[str, str]]:
    for name in row.new:
        if CADRE.has(name) and name not in SIGNATURES:
            is_picture = isinstance(CADRE.field(name).kind, Photo)
            old = row.old.get(name)
            yield name, ("另一张照片" if old else "") if is_picture else value_of("cadre", name, old, names)


def _part(row: LoggedRow, names: RecordNames) -> RowDifference | None:
    """None where only its place in the list is another."""
    record: RecordType = PART_TYPES[_PARTS[row.record_type]]
    old, new = (
        {
            name: value_of(row.record_type, name, value, names)
            for name, value in side.items()
            if record.has(name)
        }
        for side in (row.old, row.new)
    )
    return RowDifference(row.record, row.operation, old, new) if old or new else None
