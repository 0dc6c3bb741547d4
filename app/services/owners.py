"""Which record a row of the log goes back with."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.log_changes import LoggedRow

OWNERS: Mapping[str, str] = {
    "visited_cadre": "visit_uid",
    "visit_photo": "visit_uid",
    "payment": "batch_uid",
    "event_step": "event_uid",
}
"""Rows that go back only together with the record they belong to; those of a file go with the cadre."""

Key = tuple[str, str]
"""Table and uid of a row."""


def root(row: LoggedRow) -> str:
    """The uid of the record that the row goes back with."""
    if row.record_type in OWNERS:
        values = {**row.new, **row.old}
        return row.owner or str(values.get(OWNERS[row.record_type]) or row.record)
    return row.person or row.record
