"""Rows that belong to one record, brought to what they should be: only what differs is written, and logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.base import Base, new_uid


def keep_rows(
    session: Session,
    model: type[Base],
    owner: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    key: str = "uid",
) -> None:
    """`owner` is the column of the record they belong to; rows are matched by `key`, and stand in this order."""
    before = {getattr(row, key): row for row in session.scalars(select(model).filter_by(**owner))}
    for position, row in enumerate(rows):
        kept = before.pop(row.get(key), None)
        if kept is None:
            kept = model(**{"uid": new_uid(), **owner})
            session.add(kept)
        for name, value in {**row, "position": position}.items():
            if value is not None or name != "uid":
                setattr(kept, name, value)
    for gone in before.values():
        session.delete(gone)
    session.flush()
