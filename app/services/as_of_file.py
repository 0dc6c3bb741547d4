"""One file as it was at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.fields.spec import Field, RecordType
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES, PARTS
from app.services import replay

MADE_LATER = "这份档案是后来才建的，下面是现在的内容。"
_NOT_READ = frozenset({"photo"})


@dataclass(frozen=True)
class FileThen:
    """One file on that day: sections of (label, text), parts as lines of text."""

    name: str
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    parts: Sequence[tuple[str, Sequence[str]]]
    note: str = ""


def file_then(session: Session, uid: str, date: str) -> FileThen:
    """One that was made later is shown as it is now, which the note says."""
    tables = {"cadre": _names(CADRE)} | {
        model.__tablename__: ["position", *_names(PART_TYPES[name])] for name, model in PARTS.items()
    }
    present = replay.now(session, tables, uid)
    then = replay.at(session, date, tables, present, uid)
    known = uid in then["cadre"]
    rows = then if known else present
    values = rows["cadre"].get(uid, {})
    return FileThen(
        values.get("name") or "", list(_sections(values)), list(_parts(rows)), "" if known else MADE_LATER
    )


def _names(record: RecordType) -> list[str]:
    return [field.name for field in record.fields]


def _sections(values: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for section in dict.fromkeys(field.section for field in CADRE.fields):
        own = [field for field in CADRE.fields if field.section == section and field.name not in _NOT_READ]
        filled = [(field.label, text) for field in own if (text := _text(field, values))]
        if filled:
            yield section, filled


def _parts(rows: Mapping[str, replay.Rows]) -> Iterator[tuple[str, list[str]]]:
    for name, model in PARTS.items():
        record = PART_TYPES[name]
        own: Iterable[Mapping[str, Any]] = rows[model.__tablename__].values()
        ordered = sorted(own, key=lambda row: row.get("position") or 0)
        if ordered:
            yield (
                record.title,
                ["　".join(filter(None, (_text(field, row) for field in record.fields))) for row in ordered],
            )


def _text(field: Field, values: Mapping[str, Any]) -> str:
    """Covered as on every screen."""
    value = values.get(field.name)
    return "" if value is None else field.kind.masked(value)
