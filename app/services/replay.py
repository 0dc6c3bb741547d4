"""Tables as they were at the end of a day: the log read backwards once, from what is kept now."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.base import Base
from app.services.log_filter import END_OF_DAY

Rows = dict[str, dict[str, Any]]
"""uid → values, the yes and no of the database as they are read out of it."""
_act, _row = AUDIT_ACT.c, AUDIT_ROW.c


def now(session: Session, columns: Mapping[str, Collection[str]], person: str = "") -> dict[str, Rows]:
    """By table; of one person, or of everybody."""
    found: dict[str, Rows] = {}
    for name, names in columns.items():
        table = Base.metadata.tables[name]
        keys = ["uid", *names]
        query = select(*(table.c[key] for key in keys))
        if person:
            query = query.where(_owner(table) == person)
        lines = session.execute(query)
        found[name] = {line[0]: dict(zip(names, line[1:], strict=True)) for line in lines}
    return found


def at(
    session: Session,
    date: str,
    columns: Mapping[str, Collection[str]],
    present: Mapping[str, Rows],
    person: str = "",
) -> dict[str, Rows]:
    """The same at the end of a day ('YYYY-MM-DD'). Only the old values are read: a row that was made needs none."""
    found = {name: dict(rows) for name, rows in present.items()}
    wanted = {name: frozenset(names) for name, names in columns.items()}
    yes_or_no = {name: _yes_or_no(name) for name in columns}
    query = (
        select(_row.record_type, _row.record, _row.operation, _row.old)
        .join(AUDIT_ACT, _act.seq == _row.act)
        .where(_act.at > date + END_OF_DAY, _row.record_type.in_(columns))
        .order_by(_row.seq.desc())
    )
    if person:
        query = query.where(_row.person == person)
    for name, uid, operation, old in session.execute(query):
        if operation == "insert":
            found[name].pop(uid, None)
        else:
            before = {key: value for key, value in json.loads(old).items() if key in wanted[name]}
            for key in yes_or_no[name] & before.keys():
                before[key] = None if before[key] is None else bool(before[key])
            found[name][uid] = {**dict.fromkeys(wanted[name]), **found[name].get(uid, {}), **before}
    return found


def _yes_or_no(name: str) -> frozenset[str]:
    """Columns of which the log keeps 0 and 1."""
    columns = Base.metadata.tables[name].columns
    return frozenset(column.name for column in columns if column.type.python_type is bool)


def _owner(table: Any) -> Any:
    return table.c.cadre_uid if "cadre_uid" in table.c else table.c.uid
