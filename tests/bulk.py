"""One value for several people, as the window gives it."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.database import Database
from app.services.bulk_edit import BulkEdit
from app.services.changes import Change


def give(database: Database, uids: Sequence[str], name: str, value: str | None) -> Change:
    edit = BulkEdit(database)
    return edit.apply(edit.plan(uids, name, value, only_empty=False))
