"""What stands in the log, in words: names of records, labels of fields, values as people read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.fields.kinds import Kind, Photo, Stored, YesNo
from app.fields.masking import covered
from app.fields.spec import Field, RecordType
from app.models.alias import ALIAS
from app.models.cadre import CADRE
from app.models.checks import ACCEPTANCE
from app.models.events import EVENT_STEP, LIFE_EVENT
from app.models.office import OFFICE
from app.models.parts import PART_TYPES
from app.models.payments import BATCH, PAYMENT
from app.models.review import REVIEW
from app.models.user import USER
from app.models.visits import VISIT
from app.services.rule_switches import SEVERITIES

if TYPE_CHECKING:
    from app.services.record_names import RecordNames

RECORDS: Mapping[str, RecordType] = {
    record.name: record
    for record in (
        CADRE,
        *PART_TYPES.values(),
        VISIT,
        BATCH,
        PAYMENT,
        OFFICE,
        USER,
        REVIEW,
        ACCEPTANCE,
        LIFE_EVENT,
        EVENT_STEP,
        ALIAS,
    )
}
TITLES = {name: record.title for name, record in RECORDS.items()} | {
    "visited_cadre": "走访对象",
    "visit_photo": "走访照片",
    "picture": "照片",
    "draft": "草稿",
    "delivery": "上报",
    "intake": "导入文件",
    "note": "程序状态",
    "rule_switch": "体检规则",
    "saved_filter": "存下的筛选",
    "typed_in": "对照录入",
    "import_mapping": "导入时列的含义",
    "import_doubt": "导入时待定的行",
}
WITHOUT_WORDS = frozenset(
    {
        "version",
        "search_key",
        "position",
        "cadre_uid",
        "visit_uid",
        "batch_uid",
        "event_uid",
        "intake_uid",
        "merged_uid",
        "uid",
        "batch",
        "act",
        "approved_act",
        "sheets",
        "answers",
        "fingerprint",
        "columns",
        "ways",
        "by_uid",
        "about",
        "seen",
        "conditions",
        "key",
        "code",
    }
)
"""Columns that say nothing to people, or that the name of the record says already."""
LABELS = {
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
    "value": "内容",
    "active": "在用",
    "prepared_by": "填报",
    "reviewed_by": "审定",
    "reviewed_at": "审定时间",
    "reverses": "冲销的批次",
    "photo_original": "照片原图",
    "at": "时间",
    "checked_by": "核对人",
    "field_name": "字段",
    "accepted_at": "核实时间",
    "recorded_at": "登记时间",
    "done_at": "办理时间",
    "merged_at": "合并时间",
    "severity": "级别",
    "platform": "平台",
    "cell": "栏目",
    "typed_at": "录入时间",
    "typed_by": "录入人",
    "undone_at": "撤销时间",
    "used_at": "用过的时间",
    "sheet": "工作表",
    "row": "行",
    "label": "姓名或内容",
    "state": "状态",
    "decided_at": "决定时间",
}
"""Of columns that are no fields of a form."""
DOUBT_STATES = {"open": "待定", "taken": "已导入", "left": "不导入"}
_POINTS_TO = {
    "prepared_by": "user",
    "reviewed_by": "user",
    "checked_by": "user",
    "reverses": "payment_batch",
}
_TYPES: Mapping[Stored, type | tuple[type, ...]] = {"text": str, "integer": int, "boolean": (bool, int)}
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)\S*")
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
    if field is not None:
        return _formatted(field.kind, value)
    say = _SAID.get(f"{table}.{column}") or _SAID.get(column)
    return say(value) if say else covered(moment_in_words(str(value)))


def moment_in_words(text: str) -> str:
    """'2026.11.22 10:26' for a time as it is kept; any other text as it is."""
    found = _MOMENT.fullmatch(text)
    return ".".join(found.group(1, 2, 3)) + f" {found.group(4)}" if found else text


def _only_a_moment(value: Any) -> str:
    """What the program remembers for itself is written for itself, but for times."""
    told = moment_in_words(str(value))
    return told if told != str(value) else ""


def _formatted(kind: Kind, value: Any) -> str:
    """Two numbers stand side by side here: of their covered part a little is enough."""
    told = covered(kind.masked(value) if isinstance(value, _TYPES[kind.stored_as]) else str(value))
    return _STARS.sub("****", told)


def _field_label(name: str) -> str:
    if CADRE.has(name):
        return CADRE.field(name).label
    return PART_TYPES[name].title if name in PART_TYPES else ""


_SAID: Mapping[str, Callable[[Any], str]] = {
    "active": YesNo().format,
    "photo_original": Photo().format,
    "field_name": _field_label,
    "severity": lambda value: SEVERITIES.get(value, value),
    "note.value": _only_a_moment,
    "state": lambda value: DOUBT_STATES.get(value, value),
}
"""Of columns that are no fields of a form, and whose values are no words; 'table.column' where one alone says so."""
