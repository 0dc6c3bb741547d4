"""A merge taken back row by row: what was changed since stays where it is now, and is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.alias import Alias
from app.models.audit import AUDIT_ROW
from app.models.base import Base, new_uid
from app.models.cadre import Cadre
from app.models.parts import PARTS
from app.models.payments import PaymentBatch
from app.services.changes import Change
from app.services.clashes import Present, present
from app.services.log_changes import LoggedRow, joined
from app.services.log_words import WITHOUT_WORDS, label_of
from app.services.record_names import RecordNames
from app.services.taking_back import rows_of
from app.services.writing_back import write_back

KEY = "cadre_uid"
WHOLE = frozenset({"review", "typed_in"})
"""Rows whose columns mean something only together."""
_PART_TABLES = frozenset(model.__tablename__ for model in PARTS.values())
_SETTLED = "发放 {title} 里的一笔（已经审定）"
_INNER = "“{name}”合并之后，这份档案又并进了另一份。请先拆回后来的那一次，再拆这一次。"


@dataclass(frozen=True)
class Split:
    change: Change
    stayed: tuple[str, ...] = ()
    """What was changed since the merge and stays with the kept file, in words."""


def split(session: Session, alias: Alias) -> Split:
    """Within the caller's transaction. Raises UserError where another merge has to be taken back first."""
    rows = rows_of(session, {alias.act})
    if _kept_then(rows, alias.uid) != alias.cadre_uid:
        raise UserError(_INNER.format(name=alias.name or ""))
    kept, merged = alias.cadre_uid, alias.merged_uid
    since = _since(session, kept, alias.act)
    way = _Back(session, alias, since, present(session, rows))
    back = [each for row in rows for each in way.back(row)]
    went = {row.record for row in back if KEY in row.old}
    stayed = (*_in_words(session, since, went), *way.settled)
    write_back(session, back)
    session.execute(update(Cadre).where(Cadre.uid == kept).values(version=Cadre.version + 1))
    return Split(Change("cadre", frozenset({kept, merged})), stayed)


def _kept_then(rows: Sequence[LoggedRow], alias_uid: str) -> str:
    own = next(row for row in rows if row.record_type == "alias" and row.record == alias_uid)
    return str(own.new[KEY])


def _since(session: Session, person: str, act: int) -> dict[str, LoggedRow]:
    """Record → what became of it after the step, all in all; rows of the kept file only."""
    row = AUDIT_ROW.c
    columns = (row.record_type, row.record, row.operation, row.old, row.new, row.person)
    query = select(*columns).where(row.person == person, row.act > act).order_by(row.seq)
    return {each.record: each for each in joined(LoggedRow.read(*line) for line in session.execute(query))}


class _Back:
    """Which rows of the merge go back, and how much of each."""

    def __init__(self, session: Session, alias: Alias, since: Mapping[str, LoggedRow], now: Present) -> None:
        self._session, self._since, self._now = session, since, now
        self._alias, self._kept, self._merged = alias.uid, alias.cadre_uid, alias.merged_uid
        self.settled: list[str] = []
        """Payments that stay because they were reviewed since, in words."""

    def back(self, row: LoggedRow) -> Iterator[LoggedRow]:
        now = self._now.get((row.record_type, row.record))
        if row.operation == "insert":
            if row.record == self._alias:
                yield row
        elif row.operation == "delete":
            if now is None and self._has_parents(row):
                yield row
        elif now is not None:
            yield from self._moved(row, now) if KEY in row.new else self._changed(row, now)

    def _changed(self, row: LoggedRow, now: Mapping[str, Any]) -> Iterator[LoggedRow]:
        """Column by column as it was, where it is still as the merge left it."""
        same = [name for name, value in row.new.items() if now.get(name) == value]
        if row.record_type == "review" and self._since.keys() - {row.record}:
            return  # a file that was changed since is not signed again by this
        if row.record_type in WHOLE and len(same) < len(row.new):
            return
        if same:
            yield _only(row, same)

    def _moved(self, row: LoggedRow, now: Mapping[str, Any]) -> Iterator[LoggedRow]:
        if now[KEY] != self._kept or self._is_settled(row, now):
            return
        if row.record_type in _PART_TABLES and _says_more(self._since.get(row.record)):
            yield self._as_it_was(row, now)
        else:
            yield _only(row, [KEY, *(name for name in row.new if now.get(name) == row.new[name])])

    def _as_it_was(self, row: LoggedRow, now: Mapping[str, Any]) -> LoggedRow:
        """The changed row stays with the kept file; the other gets the row it had."""
        old = {**now, **self._since[row.record].old, **row.old, KEY: self._merged}
        del old["uid"]
        return LoggedRow(row.record_type, new_uid(), "delete", old, {})

    def _is_settled(self, row: LoggedRow, now: Mapping[str, Any]) -> bool:
        """The guards let nobody else be paid by a batch that was reviewed."""
        if row.record_type != "payment":
            return False
        query = select(PaymentBatch.title).where(
            PaymentBatch.uid == now["batch_uid"], PaymentBatch.reviewed_by.is_not(None)
        )
        titles = list(self._session.scalars(query))
        self.settled += [_SETTLED.format(title=title or "") for title in titles]
        return bool(titles)

    def _has_parents(self, row: LoggedRow) -> bool:
        """A visit that was removed since has no guests any more."""
        for key in Base.metadata.tables[row.record_type].foreign_keys:
            owner = row.old.get(key.parent.name)
            known = not owner or owner == self._merged or key.column.name != "uid"
            if not known and self._session.scalar(select(key.column).where(key.column == owner)) is None:
                return False
        return True


def _only(row: LoggedRow, names: Sequence[str]) -> LoggedRow:
    return replace(
        row,
        old={name: row.old.get(name) for name in names},
        new={name: row.new.get(name) for name in names},
    )


def _says_more(since: LoggedRow | None) -> bool:
    return since is not None and any(name not in WITHOUT_WORDS for name in (*since.old, *since.new))


def _in_words(session: Session, since: Mapping[str, LoggedRow], went: set[str]) -> Iterator[str]:
    """Fields by their labels, other records by their names; what went back with its changes is left out."""
    names = RecordNames(session)
    for record, row in since.items():
        if row.record_type == "cadre":
            columns = [name for name in row.new if name not in WITHOUT_WORDS]
            yield from (label_of("cadre", name) for name in columns)
        elif record not in went and row.record_type != "review":
            yield names.of(row.record_type, record)
