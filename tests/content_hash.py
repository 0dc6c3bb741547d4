"""What a database holds, as one number: two of them are equal when every record people work on is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from app.models.base import Base
from app.models.database import Database

NOT_CONTENT = frozenset({"draft", "note", "picture", "intake", "import_mapping", "import_doubt"})
"""How one works, and bytes under a hash: they may stay when a step is taken back."""
COUNTERS = frozenset({"version"})

Row = Mapping[str, Any]


def content(database: Database, but: Collection[str] = ()) -> dict[tuple[str, str], Row]:
    """(table, uid) → its values without counters; what belongs to the cadres in `but` is left out."""
    found: dict[tuple[str, str], Row] = {}
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name.startswith("audit_") or table.name in NOT_CONTENT:
                continue
            for line in session.execute(select(table)).mappings():
                owner = line["uid"] if table.name == "cadre" else line.get("cadre_uid")
                if owner not in but:
                    found[table.name, line["uid"]] = {
                        name: value for name, value in line.items() if name not in COUNTERS
                    }
    return found


def content_hash(database: Database, but: Collection[str] = ()) -> str:
    rows = sorted((key, sorted(row.items())) for key, row in content(database, but).items())
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, default=repr).encode()).hexdigest()


def differing(
    first: Mapping[Any, Row], second: Mapping[Any, Row]
) -> dict[Any, tuple[Row | None, Row | None]]:
    """What stands on one side only, or otherwise, to read when two hashes differ."""
    return {
        key: (first.get(key), second.get(key))
        for key in first.keys() | second.keys()
        if first.get(key) != second.get(key)
    }
