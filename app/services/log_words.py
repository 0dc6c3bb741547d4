"""What stands in the log, in words: names of records, labels of fields, values as people read them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.fields.kinds import Kind, Stored
from app.fields.masking import covered
from app.fields.spec import Field, RecordType
from app.models.audit import AUDIT_ROW
from app.models.base import Base
from app.models.cadre import CADRE
from app.models.office import OFFICE
from app.models.parts import PART_TYPES
from app.models.payments import BATCH, PAYMENT
from app.models.user import USER
from app.models.visits import VISIT

RECORDS: Mapping[str, RecordType] = {
    record.name: record for record in (CADRE, *PART_TYPES.values(), VISIT, BATCH, PAYMENT, OFFICE, USER)
}
TITLES = {name: record.title for name, record in RECORDS.items()} | {
    "visited_cadre": "走访对象",
    "visit_photo": "走访照片",
    "picture": "照片",
    "draft": "草稿",
    "delivery": "上报",
    "intake": "导入文件",
    "note": "程序状态",
}
WITHOUT_WORDS = frozenset({"version", "search_key", "position", "cadre_uid", "visit_uid", "batch_uid", "uid"})
"""Columns that say nothing to people, or that the name of the record says already."""
LABELS = {
    "about": "关于",
    "content": "大小（字节）",
    "kept_at": "留下的时间",
    "picture": "照片",
    "sha256": "指纹",
    "seq": "编号",
    "period": "期间",
    "name": "名称",
    "manifest_sha256": "清单指纹",
    "check_code": "校验码",
    "written_at": "写出时间",
    "people": "人数",
    "file": "文件",
    "taken_at": "导入时间",
    "new": "新增",
    "changed": "变化",
    "same": "相同",
    "doubtful": "待定",
    "key": "名称",
    "value": "内容",
    "active": "在用",
    "prepared_by": "填报",
    "reviewed_by": "审定",
    "reviewed_at": "审定时间",
    "reverses": "冲销的批次",
}
"""Of columns that are no fields of a form."""
_POINTS_TO = {"prepared_by": "user", "reviewed_by": "user", "reverses": "payment_batch"}
_TYPES: Mapping[Stored, type | tuple[type, ...]] = {"text": str, "integer": int, "boolean": (bool, int)}
_FEW = 400
_STARS = re.compile(r"\*{5,}")


def field_of(table: str, column: str) -> Field | None:
    record = RECORDS.get(table)
    return record.field(column) if record and record.has(column) else None


def label_of(table: str, column: str) -> str:
    """Raises KeyError for a column that neither forms nor this file know."""
    field = field_of(table, column)
    return field.label if field else LABELS[column]


def value_of(table: str, column: str, value: Any, names: RecordNames) -> str:
    """Masked as on every screen; what does not fit its kind is shown as it is."""
    if value is None:
        return ""
    if column in _POINTS_TO:
        return names.of(_POINTS_TO[column], str(value)).partition(" ")[2]
    field = field_of(table, column)
    if field is None:
        return ("是" if value else "否") if column == "active" else covered(str(value))
    return _formatted(field.kind, value)


def _formatted(kind: Kind, value: Any) -> str:
    """Two numbers stand side by side here: of their covered part a little is enough."""
    told = covered(kind.masked(value) if isinstance(value, _TYPES[kind.stored_as]) else str(value))
    return _STARS.sub("****", told)


@dataclass(frozen=True)
class _Naming:
    """Which columns a name is made of, and how; `owner` is the name of the cadre the row belongs to."""

    columns: Sequence[str]
    say: Callable[[Mapping[str, Any], str], str]


def _titled(table: str, column: str) -> _Naming:
    return _Naming([column], lambda values, _: f"{TITLES[table]} {values.get(column) or ''}".strip())


def _owned(table: str) -> _Naming:
    return _Naming(["cadre_uid"], lambda _, owner: f"{owner}的{TITLES[table]}")


_NAMINGS: Mapping[str, _Naming] = {
    **{record.name: _owned(record.name) for record in PART_TYPES.values()},
    "cadre": _Naming(["name"], lambda values, _: f"档案 {values.get('name') or ''}".strip()),
    "visit": _titled("visit", "date"),
    "visited_cadre": _Naming(["cadre_uid"], lambda _, owner: f"走访对象 {owner}"),
    "payment_batch": _Naming(["title"], lambda values, _: f"发放 {values.get('title') or ''}".strip()),
    "payment": _owned("payment"),
    "user": _titled("user", "name"),
    "delivery": _titled("delivery", "name"),
    "intake": _titled("intake", "file"),
    "note": _titled("note", "key"),
}


class RecordNames:
    """Names of records by table and uid, also of those that are gone. Those of a page are read together."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, str], Mapping[str, Any]] = {}

    def learn(self, records: Iterable[tuple[str, str]]) -> None:
        self._read(records)
        owners = {values["cadre_uid"] for values in self._known.values() if values.get("cadre_uid")}
        self._read(("cadre", uid) for uid in owners)

    def of(self, table: str, uid: str) -> str:
        """'档案 王秀英', '走访 2026-03-05', '王秀英的联系人'."""
        if (table, uid) not in self._known:
            self.learn([(table, uid)])
        naming = _NAMINGS.get(table)
        if naming is None:
            return TITLES.get(table, table)
        values = self._known[table, uid]
        owner = values.get("cadre_uid")
        return naming.say(values, self._person(str(owner)) if owner else "已删除的人")

    def _person(self, uid: str) -> str:
        return self._known.get(("cadre", uid), {}).get("name") or "已删除的人"

    def _read(self, records: Iterable[tuple[str, str]]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for table, uid in records:
            if table in _NAMINGS and (table, uid) not in self._known:
                wanted[table].add(uid)
        for table, uids in wanted.items():
            columns = _NAMINGS[table].columns
            for some in _in_parts(sorted(uids)):
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


def _in_parts(uids: Sequence[str]) -> Iterator[Sequence[str]]:
    """A statement takes only so many values."""
    for start in range(0, len(uids), _FEW):
        yield uids[start : start + _FEW]
