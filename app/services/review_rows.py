"""The rows that keep how far each file has come, as plain values and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields.review_states import word_of
from app.models.review import Review
from app.services.statement_parts import in_parts


@dataclass(frozen=True)
class QueueLine:
    """One file in the order of the roster."""

    uid: str
    name: str
    village: str
    branch: str
    state: str
    at: str = ""
    by_name: str = ""
    remark: str = ""

    @property
    def label(self) -> str:
        return word_of(self.state)


@dataclass(frozen=True)
class ReviewedFile:
    """How far one file has come."""

    uid: str
    state: str
    at: str = ""
    by_name: str = ""
    remark: str = ""
    approved_act: int | None = None

    @property
    def told(self) -> str:
        """Who, when, and what was said; '' where the step came by itself."""
        return "　".join(part for part in (self.by_name, self.at[:16].replace("T", " "), self.remark) if part)

    @property
    def label(self) -> str:
        return word_of(self.state)


def reviewed(uid: str, kept: Review | None) -> ReviewedFile:
    if kept is None:
        return ReviewedFile(uid, "new")
    return ReviewedFile(
        uid, kept.state, kept.at or "", kept.by_name or "", kept.remark or "", kept.approved_act
    )


def queue_line(uid: str, values: Sequence[Any], kept: Review | None) -> QueueLine:
    name, village, branch = (value or "" for value in values)
    done = reviewed(uid, kept)
    return QueueLine(uid, name, village, branch, done.state, done.at, done.by_name, done.remark)


def kept_of(session: Session, uids: Sequence[str]) -> dict[str, Review]:
    found: dict[str, Review] = {}
    for some in in_parts(uids):
        rows = session.scalars(select(Review).where(Review.cadre_uid.in_(some)))
        found |= {row.cadre_uid: row for row in rows}
    return found


def put_state(session: Session, uids: Sequence[str], values: Mapping[str, Any]) -> None:
    kept = kept_of(session, uids)
    for uid in uids:
        row = kept.get(uid)
        if row is None:
            row = Review(cadre_uid=uid, state="new")
            session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
