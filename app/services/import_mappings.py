"""下次照此办理: how tables with the same headings were understood the last time."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.exchange.headings import Column
from app.exchange.tables import Table
from app.models.intake import ImportMapping
from app.reports.failed_rows import ADDED
from app.services.import_preview import PreviewSheet, Ways

Columns = Mapping[int, str | None]
"""Place of a column → field, 'field/part', or None for not taken in."""


@dataclass(frozen=True)
class Handling:
    """What was set by hand for one table."""

    columns: Columns = field(default_factory=dict)
    ways: Ways = field(default_factory=dict)


Handlings = Mapping[str, Handling]
"""By the name of the sheet."""


def fingerprint(table: Table) -> str:
    """The same for tables with the same headings in the same places, and for the rows of one that come back mended;
    '' for a form, which has none."""
    if not table.header_rows:
        return ""
    shape = [
        [column.index, _plain(column.group), _plain(column.heading)]
        for column in table.columns
        if column.heading not in (column.letter, *ADDED)
    ]
    return hashlib.sha256(json.dumps([table.kind, shape], ensure_ascii=False).encode()).hexdigest()


def _plain(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).split())


def remembered(session: Session, tables: Iterable[Table]) -> dict[str, Handling]:
    """By the name of the sheet: only where the last time differs from what is proposed now."""
    prints = {table.sheet: fingerprint(table) for table in tables}
    query = select(ImportMapping).where(ImportMapping.fingerprint.in_(filter(None, prints.values())))
    known = {mapping.fingerprint: mapping for mapping in session.scalars(query)}
    found = {
        table.sheet: _handling(known[prints[table.sheet]], table)
        for table in tables
        if prints[table.sheet] in known
    }
    return {sheet: handling for sheet, handling in found.items() if handling.columns or handling.ways}


def _handling(mapping: ImportMapping, table: Table) -> Handling:
    then = {int(place): meaning for place, meaning in json.loads(mapping.columns).items()}
    now = {column.index: _meaning(column) for column in table.columns}
    differing = {place: then[place] for place in then if place in now and then[place] != now[place]}
    return Handling(differing, json.loads(mapping.ways))


def _meaning(column: Column) -> str | None:
    return f"{column.field}/{column.part}" if column.field and column.part else column.field


def remember(session: Session, sheets: Sequence[PreviewSheet]) -> None:
    """Within the transaction that takes them in."""
    for sheet in sheets:
        if sheet.source is not None and (printed := fingerprint(sheet.source)):
            _keep(session, printed, sheet)


def _keep(session: Session, printed: str, sheet: PreviewSheet) -> None:
    columns = {str(column.index): column.meaning for column in sheet.columns}
    ways = {name: way for name, way in sheet.ways.items() if way != "overwrite"}
    mapping = session.scalar(select(ImportMapping).where(ImportMapping.fingerprint == printed))
    if mapping is None:
        mapping = ImportMapping(fingerprint=printed)
        session.add(mapping)
    mapping.columns = json.dumps(columns, ensure_ascii=False)
    mapping.ways = json.dumps(ways, ensure_ascii=False, sort_keys=True)
    mapping.used_at = clock.now().isoformat()
    session.flush()
