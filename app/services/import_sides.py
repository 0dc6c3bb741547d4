"""Both sides of a doubtful row: what the file says, and what stands there already, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields.spec import RecordType
from app.models.base import values_of
from app.models.cadre import CADRE, Cadre
from app.models.parts import PART_TYPES
from app.models.payments import PAYMENT, Payment
from app.models.visits import VISIT, Visit
from app.services.import_cadres import kept_rows, merged_part, says_more
from app.services.import_events import batch_named
from app.services.import_preview import RECORDS, Decision, Preview, PreviewRow, iso_text, part_texts

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """One field on both sides. `refused`: what was read cannot be right and is never written."""

    field: str
    label: str
    said: str
    kept: str
    writes: bool
    """Whether it would be written, unless somebody takes it out."""
    refused: bool = False


def sides(session: Session, preview: Preview, row: PreviewRow, decision: Decision | None) -> list[Side]:
    """In the order of the record's fields, the parts of a file after them."""
    record = RECORDS[row.kind]
    uid = _meant(row, decision)
    kept = _twin_values(preview, row, decision) or _kept(session, preview, row, uid)
    found = [*_fields(record, row, kept)]
    if row.kind == "cadres":
        found += _parts(session, row, uid)
    return found


def _meant(row: PreviewRow, decision: Decision | None) -> str | None:
    """Whom the row is compared with: whoever was decided on, else whoever it can only be."""
    if decision is not None and decision.take:
        return decision.uid
    if row.uid or len(row.candidates) != 1:
        return row.uid
    return row.candidates[0].uid


def _twin_values(preview: Preview, row: PreviewRow, decision: Decision | None) -> Values:
    """What the earlier row of the same person says, where nobody is kept yet."""
    at = decision.same_as if decision else row.twin
    if at is None or (decision is None and row.uid):
        return {}
    found = (other for sheet in preview.sheets if sheet.name == row.sheet for other in sheet.rows)
    return next((other.values for other in found if other.row == at and other is not row), {})


def _kept(session: Session, preview: Preview, row: PreviewRow, uid: str | None) -> Values:
    if row.kind == "cadres":
        cadre = session.get(Cadre, uid) if uid else None
        return values_of(cadre, CADRE) if cadre else {}
    if row.kind == "visits":
        visit = session.get(Visit, row.uid) if row.uid else None
        return values_of(visit, VISIT) if visit else {}
    payment = _payment(session, preview, row, uid)
    return values_of(payment, PAYMENT) if payment else {}


def _payment(session: Session, preview: Preview, row: PreviewRow, uid: str | None) -> Payment | None:
    """What the same person has in the batch already."""
    title = next((sheet.title for sheet in preview.sheets if row in sheet.rows), "")
    batch = batch_named(session, title)
    person = row.people[0] if row.people else uid
    query = select(Payment).where(
        Payment.batch_uid == (batch.uid if batch else ""), Payment.cadre_uid == person
    )
    return session.scalar(query)


def _fields(record: RecordType, row: PreviewRow, kept: Values) -> Iterator[Side]:
    wrong = {problem.field for problem in row.problems if problem.severity == "E"}
    for field in record.fields:
        value, before = row.values.get(field.name), kept.get(field.name)
        shown = field.kind.format(before)
        if value is not None:
            refused = field.name in wrong and field.name != "name"
            writes = not refused and says_more(field.name, value, before) and row.writes(field.name, before)
            yield Side(field.name, field.label, field.kind.format(value), shown, writes, refused)
        elif field.name in wrong and (text := row.raw.get(field.name, "")):
            yield Side(field.name, field.label, text, shown, writes=False, refused=True)
    if names := row.values.get("names"):
        yield Side("names", "走访对象", iso_text(record, "names", names), "", writes=False)


def _parts(session: Session, row: PreviewRow, uid: str | None) -> Iterator[Side]:
    for name, rows in row.parts.items():
        before = kept_rows(session, uid, name) if uid else []
        writes = merged_part(name, before, rows) is not None and row.writes(name, before)
        yield Side(name, PART_TYPES[name].title, part_texts(name, rows), part_texts(name, before), writes)
