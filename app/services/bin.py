"""回收站: what was removed in the last thirty days and is not there again, out of the log."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.fields import dates
from app.fields.codes import code_table
from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.base import Base
from app.models.cadre import Cadre
from app.models.database import Database
from app.services.changes import Change
from app.services.clashes import clashes_of
from app.services.log_changes import LoggedRow
from app.services.owners import root
from app.services.statement_parts import in_parts
from app.services.taking_back import rows_of, take_back_rows

DAYS = 30
FEW_NAMES = 5
KINDS: Mapping[str, str] = {"cadre": "档案", "visit": "走访", "payment_batch": "发放批次"}
"""The tables whose records rest in the bin, as people call them."""
_REMOVES = ("remove_cadre", "remove_visit", "remove_batch")
_act, _row = AUDIT_ACT.c, AUDIT_ROW.c


@dataclass(frozen=True)
class Removed:
    """One record in the bin; `parts` counts the rows that went with it."""

    uid: str
    table: str
    name: str
    note: str
    at: str
    by: str
    parts: int
    seq: int

    @property
    def kind(self) -> str:
        return KINDS[self.table]

    @property
    def time(self) -> str:
        """'2026-03-05 09:31'."""
        return self.at[:16].replace("T", " ")

    @property
    def days_left(self) -> int:
        return DAYS - (clock.today() - dt.date.fromisoformat(self.at[:10])).days


@dataclass(frozen=True)
class PutBack:
    """What came back, in words, what could not be joined to it again, and what changed for the pages."""

    told: str
    left: Sequence[str]
    changes: Sequence[Change]


class Bin:
    """Everything removed stays in the log; here it is offered again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def content(self) -> list[Removed]:
        """The newest first."""
        with self._database.reading() as session:
            return _content(session)

    def put_back(self, uids: Collection[str]) -> PutBack:
        """With all that went with them. Raises UserError naming what is in the way; then nothing came back.

        A visit or a batch that was itself removed or signed off meanwhile is not joined again, and is named.
        """
        with self._database.reading() as session:
            wanted = [each for each in _content(session) if each.uid in uids]
        if len(wanted) < len(set(uids)):
            raise UserError("有的记录已经不在回收站里了，没有改动。请看一下刷新后的列表。")
        with self._database.transaction("put_back", _names(wanted)) as session:
            _refuse_twins(session, wanted)
            rows, left = _that_fit(session, wanted)
            back = take_back_rows(session, rows)
        return PutBack(f"已取回{_names(wanted)}", left, back.changes)


def _content(session: Session) -> list[Removed]:
    since = (clock.today() - dt.timedelta(days=DAYS)).isoformat()
    query = (
        select(_row.record, _row.record_type, _row.old, _act.at, _act.actor, _act.seq)
        .join(AUDIT_ACT, _act.seq == _row.act)
        .where(_act.act.in_(_REMOVES), _act.at >= since, _row.operation == "delete")
        .where(_row.record_type.in_(KINDS))
        .order_by(_act.seq.desc(), _row.seq)
    )
    newest: dict[str, Any] = {}
    for line in session.execute(query):
        newest.setdefault(line.record, line)
    there = _there(session, newest.values())
    gone = [line for uid, line in newest.items() if uid not in there]
    counts = _parts(session, {line.seq for line in gone})
    return [_removed(line, json.loads(line.old), counts.get((line.seq, line.record), 0)) for line in gone]


def _there(session: Session, lines: Iterable[Any]) -> set[str]:
    uids: dict[str, list[str]] = {}
    for line in lines:
        uids.setdefault(line.record_type, []).append(line.record)
    found = set[str]()
    for name, own in uids.items():
        table = Base.metadata.tables[name]
        for some in in_parts(own):
            found |= set(session.scalars(select(table.c.uid).where(table.c.uid.in_(some))))
    return found


def _parts(session: Session, acts: Collection[int]) -> dict[tuple[int, str], int]:
    """(act, uid) → rows that went with it: by the person, and by the visit or the batch."""
    found: dict[tuple[int, str], int] = {}
    for owner in (_row.person, *(func.json_extract(_row.old, f"$.{link}") for link in _LINKS)):
        for some in in_parts(sorted(acts)):
            query = (
                select(_row.act, owner, func.count())
                .where(_row.act.in_(some), _row.operation == "delete", _row.record_type != "cadre")
                .where(owner.is_not(None))
                .group_by(_row.act, owner)
            )
            found |= {(act, uid): count for act, uid, count in session.execute(query)}
    return found


_LINKS = ("visit_uid", "batch_uid")


def _removed(line: Any, old: Mapping[str, Any], parts: int) -> Removed:
    name, note = _SAID[line.record_type](old)
    return Removed(line.record, line.record_type, name, note, line.at, line.actor, parts, line.seq)


def _cadre(old: Mapping[str, Any]) -> tuple[str, str]:
    number = old.get("id_number")
    told = (old.get("village"), old.get("former_unit"), f"尾号 {number[-4:]}" if number else "")
    return old.get("name") or "没有姓名", " · ".join(str(each) for each in told if each)


def _visit(old: Mapping[str, Any]) -> tuple[str, str]:
    kind = code_table("visit_kind").label(old["kind"]) if old.get("kind") else "走访"
    return f"{dates.show(old.get('date') or '')} {kind}".strip(), old.get("place") or ""


def _batch(old: Mapping[str, Any]) -> tuple[str, str]:
    return old.get("title") or "发放批次", old.get("period") or ""


_SAID = {"cadre": _cadre, "visit": _visit, "payment_batch": _batch}


def _names(wanted: Sequence[Removed]) -> str:
    told = "、".join(each.name for each in wanted[:FEW_NAMES])
    return f"“{told}”" + (f"等 {len(wanted)} 项" if len(wanted) > FEW_NAMES else "")


def _refuse_twins(session: Session, wanted: Sequence[Removed]) -> None:
    """Somebody may have entered the person anew."""
    rows = rows_of(session, {each.seq for each in wanted})
    numbers = {
        row.old.get("id_number"): row.old.get("name")
        for row in rows
        if row.record_type == "cadre" and row.record in {each.uid for each in wanted}
    }
    query = select(Cadre.name, Cadre.id_number).where(Cadre.id_number.in_([n for n in numbers if n]))
    for name, number in session.execute(query):
        raise UserError(
            f"“{numbers[number]}”没有取回：花名册里已有身份证号相同的“{name}”。"
            "请先看那一份是不是同一个人，是的话不用再取回。"
        )


def _that_fit(session: Session, wanted: Sequence[Removed]) -> tuple[list[LoggedRow], list[str]]:
    uids = {each.uid for each in wanted}
    rows = [row for row in rows_of(session, {each.seq for each in wanted}) if {row.person, root(row)} & uids]
    left: list[str] = []
    while clashes := clashes_of(session, rows):
        own = next((why for uid, why in clashes.items() if uid in uids), None)
        if own:
            raise UserError(f"{own}，没有取回。")
        rows = [row for row in rows if root(row) not in clashes]
        left += clashes.values()
    return rows, left
