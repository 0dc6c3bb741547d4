"""Writing old values over new ones: what was made goes, what was removed comes back, what was changed is as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from app.models.base import OMITTED, Base
from app.models.cadre import Cadre
from app.models.parts import PARTS
from app.services.clashes import COUNTED
from app.services.log_changes import LoggedRow
from app.services.statement_parts import in_parts

LAST = "review"
"""Written after all others: while they are written, the guards let the state of the file fall back."""
_UID = "uid of the row"


def write_back(session: Session, rows: Sequence[LoggedRow]) -> None:
    """Leaves go first, so that what takes their place meets no one; parents stand before their children."""
    session.flush()
    last = [row for row in rows if row.record_type == LAST]
    rest = [row for row in rows if row.record_type != LAST]
    parents = {key.column.table.name for table in Base.metadata.tables.values() for key in table.foreign_keys}
    _remove(session, [row for row in rest if row.record_type not in parents])
    _add(session, rest)
    _change(session, rest)
    _remove(session, last)
    _remove(session, [row for row in rest if row.record_type in parents])
    _add(session, last)
    _change(session, last)
    _outdate(session, rows)
    session.expire_all()


def _outdate(session: Session, rows: Sequence[LoggedRow]) -> None:
    """A file of which only parts went back must not be saved over by whoever has it open, either."""
    parts = {model.__tablename__ for model in PARTS.values()}
    whole = {row.record for row in rows if row.record_type == Cadre.__tablename__}
    touched = {row.person for row in rows if row.record_type in parts and row.person} - whole
    for some in in_parts(sorted(touched)):
        session.execute(update(Cadre).where(Cadre.uid.in_(some)).values(version=Cadre.version + 1))


def _remove(session: Session, rows: Sequence[LoggedRow]) -> None:
    for name, own in reversed(_by_table(rows, "insert")):
        table = Base.metadata.tables[name]
        for some in in_parts([row.record for row in own]):
            session.execute(delete(table).where(table.c.uid.in_(some)))


def _add(session: Session, rows: Sequence[LoggedRow]) -> None:
    for name, own in _by_table(rows, "delete"):
        table = Base.metadata.tables[name]
        empty = {column.name: None for column in table.columns if not column.info.get(OMITTED)}
        made = [{**empty, **_filled(table, row.old), "uid": row.record} for row in own]
        session.connection().execute(insert(table), made)


def _change(session: Session, rows: Sequence[LoggedRow]) -> None:
    """One statement for all rows of a table in which the same columns changed."""
    for name, own in _by_table(rows, "update"):
        table = Base.metadata.tables[name]
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for row in own:
            values = {column: value for column, value in _filled(table, row.old).items() if column != COUNTED}
            alike[tuple(values)].append({**values, _UID: row.record})
        for columns, values_of_all in alike.items():
            _update(session, table, columns, values_of_all)


def _update(
    session: Session, table: Table, columns: Sequence[str], values: Sequence[Mapping[str, Any]]
) -> None:
    """The counter goes on: whoever has the record open must not save over it."""
    new: dict[str, Any] = {column: bindparam(column) for column in columns}
    if COUNTED in table.c:
        new[COUNTED] = table.c[COUNTED] + 1
    if new:
        session.connection().execute(
            update(table).where(table.c.uid == bindparam(_UID)).values(**new), list(values)
        )


def _by_table(rows: Sequence[LoggedRow], operation: str) -> list[tuple[str, list[LoggedRow]]]:
    """Parents first."""
    found: dict[str, list[LoggedRow]] = defaultdict(list)
    for row in rows:
        if row.operation == operation:
            found[row.record_type].append(row)
    return [(table.name, found[table.name]) for table in Base.metadata.sorted_tables if found[table.name]]


def _filled(table: Table, old: Mapping[str, Any]) -> dict[str, Any]:
    """The log keeps 0 and 1 for yes and no; a column that is gone by now is left out."""
    return {
        name: bool(value) if table.c[name].type.python_type is bool and value is not None else value
        for name, value in old.items()
        if name in table.c and not table.c[name].info.get(OMITTED)
    }
