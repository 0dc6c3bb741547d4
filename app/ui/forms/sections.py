"""Part of a record under headings of its own, for a form; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.fields.spec import RecordType

VISIT_SECTIONS = {
    "经过": ("date", "kind", "place", "leader", "staff"),
    "情况": ("situation", "requests", "answer"),
    "慰问": ("money", "goods", "goods_value", "remarks"),
}
ROUND_SECTIONS = {"": ("date", "kind", "place", "leader", "staff")}
BATCH_SECTIONS = {"": ("fund", "period", "title", "paid_on", "source", "document", "remarks")}


def in_sections(record: RecordType, sections: Mapping[str, Sequence[str]]) -> RecordType:
    """The same record with only these fields, in this order."""
    fields = [
        replace(record.field(name), section=title) for title, names in sections.items() for name in names
    ]
    return RecordType(record.name, record.title, fields, record.rules)
