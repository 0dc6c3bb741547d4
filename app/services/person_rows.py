"""Rows of a part out of a file beside those that are kept: which are the same, and what becomes of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from app.fields.kinds import PartialDate
from app.fields.spec import RecordType
from app.models.parts import MOST_ROWS, PART_TYPES
from app.services.matching import same_date

Way = Literal["file", "kept", "both"]
_PART_KEYS: Mapping[str, tuple[str, ...]] = {
    "resume": ("started_on", "text"),
    "apps": ("app",),
    "special_conditions": ("condition",),
}
_RUNNING = frozenset({"special_conditions"})
"""Rows that have ended stand on no form."""


def chosen_rows(
    name: str, kept: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]], way: Way
) -> list[dict[str, Any]] | None:
    """The rows of a part after the decision; None where nothing changes. A row that stays keeps its uid."""
    if way == "kept":
        return None
    merged = merged_rows(name, kept, read)
    if way == "both":
        return merged
    return [row for row in merged if _has_ended(name, row) or any(_is_same(name, row, new) for new in read)]


def merged_rows(
    name: str, kept: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    rows = [dict(row) for row in kept]
    for new in read:
        same = next((row for row in rows if _is_same(name, row, new)), None)
        if same is None:
            rows.append(dict(new))
        else:
            same.update({key: value for key, value in new.items() if _adds(name, key, value, same.get(key))})
    return rows


def _has_ended(name: str, row: Mapping[str, Any]) -> bool:
    """No form speaks of it, so none can take it away."""
    return name in _RUNNING and bool(row.get("ended_on"))


def _is_same(name: str, row: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if _has_ended(name, row):
        return False
    keys = [key for key in _PART_KEYS.get(name, ("name",)) if new.get(key)] or [
        key for key in new if new[key]
    ]
    return all(_alike(name, key, row.get(key), new.get(key)) for key in keys)


def _alike(name: str, key: str, old: Any, new: Any) -> bool:
    if key == "text" and isinstance(old, str) and isinstance(new, str):
        return "".join(old.split()) == "".join(new.split())
    return bool(old == new or (old and new and says_less(PART_TYPES[name], key, new, old)))


def _adds(name: str, key: str, value: Any, kept: Any) -> bool:
    return value not in (None, "") and not _alike(name, key, kept, value)


def too_many(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The sentence for more rows than a file has room for; ''."""
    most = MOST_ROWS.get(name)
    if most is None or len(rows) <= most:
        return ""
    return f"{PART_TYPES[name].title}合起来有 {len(rows)} 个，最多 {most} 个，请改选“用文件的”或“留原来的”。"


def says_less(record: RecordType, name: str, value: Any, kept: Any) -> bool:
    """'1966.07' adds nothing to '1966.07.10'."""
    is_date = record.has(name) and isinstance(record.field(name).kind, PartialDate)
    return bool(is_date and kept and value and same_date(value, kept) and len(value) <= len(kept))
