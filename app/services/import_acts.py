"""Which steps of the log belong to a file that was taken in, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.intake import Intake

_act, _row = AUDIT_ACT.c, AUDIT_ROW.c


def actors_of(session: Session, intakes: Sequence[str]) -> dict[str, str]:
    """Uid of the intake → who took it in, where the log goes back so far."""
    query = (
        select(_row.record, _act.actor)
        .join(AUDIT_ACT, _act.seq == _row.act)
        .where(_row.record.in_(intakes), _row.record_type == Intake.__tablename__, _row.operation == "insert")
    )
    return dict(session.execute(query).all())


def batch_of(session: Session, intake: Intake) -> str:
    """Also of a file that was taken in before version 0.3; '' where there was no log."""
    if intake.batch:
        return intake.batch
    query = (
        select(_act.batch)
        .join(AUDIT_ROW, _act.seq == _row.act)
        .where(_row.record == intake.uid, _row.operation == "insert")
    )
    return session.scalar(query) or ""


def acts_of(session: Session, intake: Intake) -> list[int]:
    """The import itself and what was decided of it later."""
    batch = batch_of(session, intake)
    if not batch:
        return []
    return list(session.scalars(select(_act.seq).where(_act.batch == batch).order_by(_act.seq)))
