"""Which steps of the log are wanted, as conditions on its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, union

from app.fields.acts import ACTS, Group
from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.cadre import Cadre
from app.models.parts import PARTS

GROUPS: Mapping[Group, str] = {
    "change": "改动",
    "login": "登录",
    "reveal": "查看号码",
    "export": "打印导出",
    "backup": "备份恢复",
    "other": "其他",
}
DRAFTS = ("keep_draft", "drop_draft", "set_note")
"""What the program does by itself every few seconds; nobody looks for it."""
KINDS: Mapping[str, tuple[str, ...]] = {
    "档案": ("cadre", *(model.__tablename__ for model in PARTS.values())),
    "走访": ("visit", "visited_cadre", "visit_photo"),
    "发放": ("payment_batch", "payment"),
    "照片": ("picture",),
    "单位设置": ("office",),
    "人员": ("user",),
    "核对": ("review", "acceptance", "rule_switch"),
    "事项": ("life_event", "event_step"),
    "合并": ("alias",),
    "导入": ("intake", "import_mapping", "import_doubt"),
    "其他": ("saved_filter", "typed_in"),
}
"""What the changed records are, as people say it → the tables."""
_LINKS = {"visited_cadre": "$.visit_uid", "payment": "$.batch_uid"}
_ABOUT_PEOPLE = ("reveal", "copy_number", "print", "export")
END_OF_DAY = "T~"
"""Sorts behind every time of a day."""
_act, _row = AUDIT_ACT.c, AUDIT_ROW.c


@dataclass(frozen=True)
class LogFilter:
    """Days are 'YYYY-MM-DD', both included; '' and None leave a condition out. An actor '' is the program."""

    since: str = ""
    until: str = ""
    actor: str | None = None
    group: str = ""
    kind: str = ""
    person: str = ""
    """The uid of a cadre: the file with its parts, the visits and payments that name it, looks at its numbers."""
    text: str = ""
    with_drafts: bool = False


def conditions(wanted: LogFilter) -> Iterator[ColumnElement[bool]]:
    for name, condition in _CONDITIONS.items():
        if value := getattr(wanted, name):
            yield condition(value)
    if wanted.actor is not None:
        yield _act.actor_uid == wanted.actor
    if not wanted.with_drafts:
        yield _act.act.not_in(DRAFTS)


def rows_concerning(person: str) -> ColumnElement[bool]:
    """Rows of the file itself, of its parts, and of the visits and batches it is named in."""
    links = [
        select(func.coalesce(func.json_extract(_row.new, place), func.json_extract(_row.old, place))).where(
            _row.person == person, _row.record_type == table
        )
        for table, place in _LINKS.items()
    ]
    return or_(_row.person == person, _row.record.in_(union(*links)))


def _concerning(person: str) -> Any:
    name = select(Cadre.name).where(Cadre.uid == person).scalar_subquery()
    named: Select[Any] = select(_act.seq).where(
        _act.act.in_(_ABOUT_PEOPLE),
        or_(func.instr(_act.details, person) > 0, func.instr(_act.about, name) == 1),
    )
    return union(select(_row.act).where(rows_concerning(person)), named)


def _says(text: str) -> ColumnElement[bool]:
    """In what stands in the line, in the values before and after, or in the name of whose record it was."""
    labelled = [act.code for act in ACTS.values() if text in act.label]
    people = select(Cadre.uid).where(func.instr(Cadre.name, text) > 0)
    values = or_(func.instr(_row.old, text) > 0, func.instr(_row.new, text) > 0, _row.person.in_(people))
    return or_(
        func.instr(_act.about, text) > 0,
        func.instr(_act.actor, text) > 0,
        func.instr(_act.details, text) > 0,
        _act.act.in_(labelled),
        _act.seq.in_(select(_row.act).where(values)),
    )


def _of_group(group: str) -> ColumnElement[bool]:
    return _act.act.in_([act.code for act in ACTS.values() if act.group == group])


def _of_kind(kind: str) -> ColumnElement[bool]:
    return _act.seq.in_(select(_row.act).where(_row.record_type.in_(KINDS[kind])))


_CONDITIONS: Mapping[str, Callable[[str], ColumnElement[bool]]] = {
    "since": lambda day: _act.at >= day,
    "until": lambda day: _act.at <= day + END_OF_DAY,
    "group": _of_group,
    "kind": _of_kind,
    "person": lambda uid: _act.seq.in_(_concerning(uid)),
    "text": lambda text: _says(text.strip()),
}
"""By the names of LogFilter."""
