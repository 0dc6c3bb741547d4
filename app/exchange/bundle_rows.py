"""Records on their way to the county: one JSON object a line, with a hash that says whether two are the same.

The line keeps every value as it is kept at home. The hash is taken from a canonical form, so that the same
content has the same hash everywhere: sorted keys, NFC, trimmed, multi-values sorted, no counters, no times.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

HASH = "hash"
# What a computer counts for itself says nothing about the content.
NOT_CONTENT = {HASH, "rev", "origin_site"}


def canonical_json(value: Any) -> bytes:
    return _json(_canonical(value)).encode()


def row_hash(table: str, row: Mapping[str, Any], schema: int) -> str:
    """`row` has the fields of its table in this schema, empty ones too, and no display texts or times."""
    content = {name: value for name, value in row.items() if name not in NOT_CONTENT}
    return hashlib.sha256(canonical_json({"schema": schema, "table": table, "row": content})).hexdigest()


def row_line(table: str, row: Mapping[str, Any], schema: int) -> bytes:
    if not isinstance(row.get("uid"), str):
        raise ValueError(f"a row of {table} has no uid")
    return f"{_json({**row, HASH: row_hash(table, row, schema)})}\n".encode()


def row_lines(table: str, rows: Iterable[Mapping[str, Any]], schema: int) -> list[bytes]:
    return [row_line(table, row, schema) for row in rows]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _canonical(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip() or None
    if isinstance(value, Mapping):
        return {name: _canonical(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        # Children keep their order: it is the order on the form. Plain values are a set.
        held = [_canonical(each) for each in value]
        return held if any(isinstance(each, Mapping) for each in value) else sorted(held, key=_json)
    return value
