"""Why steps of the log cannot be taken back any more: what they did was changed, or what they need is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint, select
from sqlalchemy.orm import Session

from app.models.base import OMITTED, Base
from app.models.payments import PaymentBatch
from app.services.log_changes import LoggedRow
from app.services.owners import Key, root
from app.services.payment_reviews import AFTERWARDS
from app.services.record_names import RecordNames
from app.services.statement_parts import in_parts

COUNTED = "version"
_APART = frozenset({"uid", COUNTED})
Present = Mapping[Key, Mapping[str, Any]]


def clashes_of(session: Session, rows: Sequence[LoggedRow]) -> dict[str, str]:
    """Root uid → why its rows cannot go back; the sentence names the record and has no full stop."""
    session.flush()
    names = RecordNames(session)
    now = present(session, rows)
    found: dict[str, str] = {}
    for row in rows:
        if not _still_stands(row, now.get((row.record_type, row.record))):
            found.setdefault(root(row), f"“{names.of(row.record_type, row.record)}”后来又改过")
    for uid, table in _with_strangers(session, rows):
        found.setdefault(uid, f"“{names.of(table, uid)}”后来又添了内容")
    for check in (_orphans, _doubles, _signed_off):
        for row, why in check(session, rows, now, names):
            found.setdefault(root(row), why)
    return found


def _still_stands(row: LoggedRow, now: Mapping[str, Any] | None) -> bool:
    if row.operation == "delete":
        return now is None
    if now is None:
        return False
    expected = {**dict.fromkeys(now), **row.new} if row.operation == "insert" else row.new
    return all(now[name] == value for name, value in expected.items() if name in now and name not in _APART)


def present(session: Session, rows: Iterable[LoggedRow]) -> Present:
    """The rows as they are now, without what the log omits."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.record_type].add(row.record)
    found: dict[Key, Mapping[str, Any]] = {}
    for name, uids in wanted.items():
        table = Base.metadata.tables[name]
        columns = [column for column in table.columns if not column.info.get(OMITTED)]
        keys = [column.name for column in columns]
        for some in in_parts(sorted(uids)):
            for line in session.execute(select(*columns).where(table.c.uid.in_(some))):
                found[name, line[0]] = dict(zip(keys, line, strict=True))
    return found


def _with_strangers(session: Session, rows: Sequence[LoggedRow]) -> Iterable[Key]:
    """(uid, table) of records made by these steps that others point to by now: they would go with them."""
    made: dict[str, set[str]] = defaultdict(set)
    own: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        own[row.record_type].add(row.record)
        if row.operation == "insert":
            made[row.record_type].add(row.record)
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            parent = key.column.table.name
            if key.column.name == "uid" and made[parent]:
                yield from _strangers(session, table, key.parent.name, made[parent], own[table.name], parent)


def _strangers(
    session: Session, table: Table, column: str, made: set[str], own: set[str], parent: str
) -> Iterable[Key]:
    for some in in_parts(sorted(made)):
        query = select(table.c.uid, table.c[column]).where(table.c[column].in_(some))
        for uid, owner in session.execute(query):
            if uid not in own:
                yield owner, parent


def _orphans(
    session: Session, rows: Sequence[LoggedRow], _now: Present, names: RecordNames
) -> Iterator[tuple[LoggedRow, str]]:
    """Rows that would point to a record that is gone and does not come back with them."""
    coming = {(row.record_type, row.record) for row in rows if row.operation == "delete"}
    pointing: dict[ForeignKey, dict[str, list[LoggedRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for key in Base.metadata.tables[row.record_type].foreign_keys if row.operation != "insert" else ():
            value = row.old.get(key.parent.name)
            if value and (key.column.table.name, value) not in coming:
                pointing[key][value].append(row)
    for key, wanted in pointing.items():
        parent = key.column.table
        for value in wanted.keys() - _existing(session, key.column, wanted):
            for row in wanted[value]:
                yield (
                    row,
                    f"“{names.of(row.record_type, row.record)}”要接回的“{names.of(parent.name, value)}”已经不在",
                )


def _existing(session: Session, column: Column[Any], values: Iterable[str]) -> set[str]:
    found = set[str]()
    for some in in_parts(sorted(values)):
        found |= set(session.scalars(select(column).where(column.in_(some))))
    return found


def _doubles(
    session: Session, rows: Sequence[LoggedRow], now: Present, names: RecordNames
) -> Iterator[tuple[LoggedRow, str]]:
    """Rows whose place was taken by another row, where there may be only one."""
    own = {(row.record_type, row.record) for row in rows}
    for row in rows:
        before = {**now.get((row.record_type, row.record), {}), **row.old}
        for columns in _unique_again(row):
            values = [before.get(column.name) for column in columns]
            others = _with_values(session, columns, values) if None not in values else []
            if any((row.record_type, other) not in own for other in others):
                yield row, f"“{names.of(row.record_type, row.record)}”的位置现在有另一条记录"


def _unique_again(row: LoggedRow) -> list[list[Column[Any]]]:
    """Columns that only one row may have these values in, where the row would get other values there."""
    if row.operation == "insert":
        return []
    sets = _unique(Base.metadata.tables[row.record_type])
    return [columns for columns in sets if any(column.name in row.old for column in columns)]


def _with_values(session: Session, columns: Sequence[Column[Any]], values: Sequence[Any]) -> list[str]:
    same = [column == value for column, value in zip(columns, values, strict=True)]
    return list(session.scalars(select(columns[0].table.c.uid).where(*same)))


def _unique(table: Table) -> list[list[Column[Any]]]:
    sets = [list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint)]
    return sets + [list(index.columns) for index in table.indexes if index.unique]


def _signed_off(
    session: Session, rows: Sequence[LoggedRow], _now: Present, _names: RecordNames
) -> Iterator[tuple[LoggedRow, str]]:
    """Payments of a batch that was reviewed meanwhile: what was signed stands."""
    batches: dict[str, LoggedRow] = {}
    for row in rows:
        if row.record_type == "payment" and (row.operation != "update" or row.old.keys() - AFTERWARDS):
            batches.setdefault(root(row), row)
    for some in in_parts(sorted(batches)):
        query = select(PaymentBatch.uid, PaymentBatch.title).where(
            PaymentBatch.uid.in_(some), PaymentBatch.reviewed_by.is_not(None)
        )
        for uid, title in session.execute(query):
            yield batches[uid], f"“发放 {title}”已经审定"
