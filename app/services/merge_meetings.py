"""Rows of two files that cannot stand side by side in one: a table with a unique person has to be named here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.fields.review_states import FALLS_TO, State
from app.models.review import Review
from app.models.typed_in import TypedIn
from app.models.visits import VisitedCadre

LOWEST_FIRST: Sequence[State] = ("returned", "new", "changed", "checked", "approved", "reported", "settled")
"""Of two review states the lower stands: what the county wants mended stays to be mended."""


def _meet_reviews(session: Session, keep_uid: str, other_uid: str) -> None:
    """The file that stays has the lower state of the two, and is another than the one that was signed.

    One without a row is 未核.
    """
    found = {
        row.cadre_uid: row
        for row in session.scalars(select(Review).where(Review.cadre_uid.in_([keep_uid, other_uid])))
    }
    if not found:
        return
    states = [_state(found.get(uid)) for uid in (keep_uid, other_uid)]
    state = min(states, key=LOWEST_FIRST.index)
    remarks = [row.remark for row in found.values() if row.state == "returned" and row.remark]
    seen = [row.approved_act for row in found.values() if row.approved_act is not None]
    row = found.get(keep_uid) or found[other_uid]
    if row is not found.get(other_uid) and other_uid in found:
        session.delete(found[other_uid])
        session.flush()
    row.cadre_uid = keep_uid
    row.state = FALLS_TO.get(state, state)
    row.remark = "\n".join(remarks) or None
    row.approved_act = min(seen, default=None)
    if state != "returned":
        row.at = row.by_uid = row.by_name = None


def _state(row: Review | None) -> State:
    return cast("State", row.state) if row else "new"


def _meet_typed(session: Session, keep_uid: str, other_uid: str) -> None:
    """Of two cells of the platform the one that was typed last."""
    own = {(row.platform, row.cell): row for row in session.scalars(_typed_by(keep_uid))}
    for row in session.scalars(_typed_by(other_uid)).all():
        kept = own.get((row.platform, row.cell))
        if kept is None:
            continue
        if row.typed_at > kept.typed_at:
            kept.value, kept.typed_at, kept.typed_by = row.value, row.typed_at, row.typed_by
        session.delete(row)


def _typed_by(uid: str) -> Select[TypedIn]:
    return select(TypedIn).where(TypedIn.cadre_uid == uid)


def _meet_visits(session: Session, keep_uid: str, other_uid: str) -> None:
    """Nobody was met twice on one visit."""
    own = select(VisitedCadre.visit_uid).where(VisitedCadre.cadre_uid == keep_uid)
    session.execute(
        delete(VisitedCadre).where(VisitedCadre.cadre_uid == other_uid, VisitedCadre.visit_uid.in_(own)),
        execution_options={"synchronize_session": False},
    )


MEETINGS: Mapping[str, Callable[[Session, str, str], None]] = {
    "review": _meet_reviews,
    "typed_in": _meet_typed,
    "visited_cadre": _meet_visits,
}
"""By table; called with the file that stays and the file that goes, before all rows move."""
