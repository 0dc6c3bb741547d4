"""What one record was on a day, and every change of it: read backwards out of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Column, and_, select
from sqlalchemy.orm import Session

from app.fields.acts import ACTS
from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.base import OMITTED, Base
from app.services.log_changes import LoggedRow, RecordChange, in_words, net, says_something
from app.services.log_filter import END_OF_DAY, KINDS
from app.services.record_names import RecordNames

_act, _row = AUDIT_ACT.c, AUDIT_ROW.c


@dataclass(frozen=True)
class HistoryLine:
    """One step that changed a record, with what it changed."""

    seq: int
    at: str
    actor: str
    act_label: str
    changes: tuple[RecordChange, ...]


def as_of(session: Session, record_type: str, uid: str, date: str) -> dict[str, Any] | None:
    """The values at the end of a day ('YYYY-MM-DD'); None when the record was not there.

    From what is kept now, the later changes are taken back, the newest first: so it also holds for what was
    written before there was a log. Columns the log omits are left out.
    """
    values = _now(session, record_type, uid)
    empty = dict.fromkeys(column.name for column in _columns(record_type))
    later = (
        select(_row.operation, _row.old, _row.new)
        .join(AUDIT_ACT, _act.seq == _row.act)
        .where(_row.record == uid, _row.record_type == record_type, _act.at > date + END_OF_DAY)
        .order_by(_row.seq.desc())
    )
    for operation, old, _new in session.execute(later):
        values = None if operation == "insert" else {**(values or empty), **json.loads(old)}
    return _with_truth_values(record_type, values) if values is not None else None


def _now(session: Session, record_type: str, uid: str) -> dict[str, Any] | None:
    table = Base.metadata.tables[record_type]
    found = session.execute(select(*_columns(record_type)).where(table.c.uid == uid)).first()
    return dict(found._mapping) if found else None


def _columns(record_type: str) -> list[Column[Any]]:
    columns = Base.metadata.tables[record_type].columns
    return [column for column in columns if column.name != "uid" and not column.info.get(OMITTED)]


def _with_truth_values(record_type: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The log keeps 0 and 1; of columns it omits it keeps nothing but a length."""
    kinds = {column.name: column.type.python_type for column in _columns(record_type)}
    return {
        name: bool(value) if kinds[name] is bool and value is not None else value
        for name, value in values.items()
        if name in kinds
    }


def history(session: Session, record_type: str, uid: str) -> Iterator[HistoryLine]:
    """Every step that changed the record, the newest first; of a cadre also the parts of the file."""
    file = and_(_row.person == uid, _row.record_type.in_(KINDS["档案"]))
    concerned = file if record_type == "cadre" else and_(_row.record == uid, _row.record_type == record_type)
    query = (
        select(
            _act.seq, _act.at, _act.actor, _act.act,
            _row.record_type, _row.record, _row.operation, _row.old, _row.new,
        )
        .join(AUDIT_ACT, _act.seq == _row.act)
        .where(concerned)
        .order_by(_act.seq.desc(), _row.seq)
    )  # fmt: skip
    names = RecordNames(session)
    for (seq, at, actor, act), rows in groupby(session.execute(query), key=lambda line: tuple(line[:4])):
        changes = [in_words(row, names) for row in net(LoggedRow.read(*line[4:]) for line in rows)]
        if told := tuple(filter(says_something, changes)):
            yield HistoryLine(seq, at, actor, ACTS[act].label, told)
