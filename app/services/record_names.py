"""Names of records by table and uid, as the log tells them, also of those that are gone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.fields.masking import covered
from app.models.audit import AUDIT_ROW
from app.models.base import Base
from app.models.parts import PART_TYPES
from app.services.event_lines import step_title
from app.services.log_words import TITLES
from app.services.notes import note_words
from app.services.statement_parts import in_parts


@dataclass(frozen=True)
class _Naming:
    """Which columns a name is made of, and how; `owner` is the name of the cadre the row belongs to."""

    columns: Sequence[str]
    say: Callable[[Mapping[str, Any], str], str]


def _titled(table: str, column: str) -> _Naming:
    return _Naming(
        [column], lambda values, _: f"{TITLES[table]} {covered(str(values.get(column) or ''))}".strip()
    )


def _owned(table: str) -> _Naming:
    return _Naming(["cadre_uid"], lambda _, owner: f"{owner}的{TITLES[table]}")


_NAMINGS: Mapping[str, _Naming] = {
    **{record.name: _owned(record.name) for record in PART_TYPES.values()},
    "cadre": _Naming(["name"], lambda values, _: f"档案 {values.get('name') or ''}".strip()),
    "visit": _titled("visit", "date"),
    "visited_cadre": _Naming(["cadre_uid"], lambda _, owner: f"走访对象 {owner}"),
    "payment_batch": _Naming(["title"], lambda values, _: f"发放 {values.get('title') or ''}".strip()),
    "payment": _owned("payment"),
    "review": _owned("review"),
    "acceptance": _owned("acceptance"),
    "life_event": _Naming(["cadre_uid", "kind"], lambda _, owner: f"{owner}的{TITLES['life_event']}"),
    "event_step": _Naming(
        ["cadre_uid", "event_uid", "code"],
        lambda values, owner: f"{owner}的{TITLES['event_step']} {values['step']}".strip(),
    ),
    "alias": _owned("alias"),
    "typed_in": _owned("typed_in"),
    "rule_switch": _titled("rule_switch", "code"),
    "saved_filter": _titled("saved_filter", "name"),
    "import_doubt": _titled("import_doubt", "label"),
    "user": _titled("user", "name"),
    "delivery": _titled("delivery", "name"),
    "intake": _titled("intake", "file"),
    "note": _Naming(
        ["key"], lambda values, _: f"{TITLES['note']} {note_words(values.get('key') or '')}".strip()
    ),
}


class RecordNames:
    """Those of a page are read together."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, str], Mapping[str, Any]] = {}

    def learn(self, records: Iterable[tuple[str, str]]) -> None:
        self._read(records)
        owners = {values["cadre_uid"] for values in self._known.values() if values.get("cadre_uid")}
        self._read(("cadre", uid) for uid in owners)
        events = {values["event_uid"] for values in self._known.values() if values.get("event_uid")}
        self._read(("life_event", uid) for uid in events)

    def of(self, table: str, uid: str) -> str:
        """'档案 王秀英', '走访 2026-03-05', '王秀英的联系人'."""
        if (table, uid) not in self._known:
            self.learn([(table, uid)])
        naming = _NAMINGS.get(table)
        if naming is None:
            return TITLES.get(table, table)
        values = self._known[table, uid]
        if table == "event_step":
            values = {**values, "step": self._step(values)}
        owner = values.get("cadre_uid")
        return naming.say(values, self._person(str(owner)) if owner else "已删除的人")

    def _person(self, uid: str) -> str:
        return self._known.get(("cadre", uid), {}).get("name") or "已删除的人"

    def _step(self, values: Mapping[str, Any]) -> str:
        """What a step is called depends on the sheet it stands on."""
        event = self._known.get(("life_event", values.get("event_uid") or ""), {})
        return step_title(event["kind"], values["code"]) if event.get("kind") else ""

    def _read(self, records: Iterable[tuple[str, str]]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for table, uid in records:
            if table in _NAMINGS and (table, uid) not in self._known:
                wanted[table].add(uid)
        for table, uids in wanted.items():
            columns = _NAMINGS[table].columns
            for some in in_parts(sorted(uids)):
                kept = dict(self._kept(Base.metadata.tables[table], columns, some))
                gone = dict(self._gone(table, [uid for uid in some if uid not in kept]))
                self._known |= {(table, uid): kept.get(uid) or gone.get(uid, {}) for uid in some}

    def _kept(
        self, table: Table, columns: Sequence[str], uids: Sequence[str]
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        query = select(table.c.uid, *(table.c[name] for name in columns)).where(table.c.uid.in_(uids))
        for uid, *values in self._session.execute(query):
            yield uid, dict(zip(columns, values, strict=True))

    def _gone(self, table: str, uids: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """As they were when they were removed; the newest comes last."""
        row = AUDIT_ROW.c
        query = select(row.record, row.old).where(
            row.record.in_(uids), row.record_type == table, row.operation == "delete"
        )
        for uid, old in self._session.execute(query.order_by(row.seq)):
            yield uid, json.loads(old)
