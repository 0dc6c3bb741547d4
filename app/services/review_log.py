"""The steps of a file's review, read from the log: who, when, what, and which of them can be taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields.acts import ACTS
from app.fields.review_states import BACK, MOVES
from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.cadre import CADRE
from app.models.review import Review
from app.services.log_filter import KINDS

_act, _row = AUDIT_ACT.c, AUDIT_ROW.c
REVIEW_TABLE = Review.__tablename__
OWN_ACTS: Collection[str] = frozenset({*MOVES, BACK})
EMPTY: Mapping[str, Any] = {
    "state": "new",
    "at": None,
    "by_uid": None,
    "by_name": None,
    "remark": None,
    "checked_by": None,
    "approved_act": None,
}
"""What a file without a row stands for; also the columns that a step writes."""


@dataclass(frozen=True)
class ReviewStep:
    """One change of the state. `by_itself`: it followed from something else, such as a change of the file."""

    act: int
    code: str
    at: str
    actor: str
    before: str
    after: str
    remark: str
    by_itself: bool
    old: Mapping[str, Any]
    new: Mapping[str, Any]

    @property
    def label(self) -> str:
        """What was done, as the log calls it."""
        return ACTS[self.code].label

    @property
    def time(self) -> str:
        return self.at[:16].replace("T", " ")


def steps_of(session: Session, uid: str) -> list[ReviewStep]:
    """The oldest first, as they happened."""
    query = (
        select(_row.act, _act.act, _act.at, _act.actor, _row.operation, _row.old, _row.new)
        .join(AUDIT_ACT, _act.seq == _row.act)
        .where(_row.person == uid, _row.record_type == REVIEW_TABLE)
        .order_by(_row.seq)
    )
    found: list[ReviewStep] = []
    now: Mapping[str, Any] = EMPTY
    for act, code, at, actor, operation, old, new in session.execute(query):
        before = now
        now = {**EMPTY} if operation == "delete" else _known({**before, **json.loads(new)})
        found.append(
            ReviewStep(
                act, code, at, actor, before["state"], now["state"], now["remark"] or "",
                code not in OWN_ACTS, _known({**before, **json.loads(old)}), now,
            )
        )  # fmt: skip
    return found


def to_take_back(steps: Iterable[ReviewStep]) -> ReviewStep | None:
    """The last step by hand that still stands; None where something else came after it."""
    standing: list[ReviewStep] = []
    for step in steps:
        if step.code == BACK:
            standing = standing[:-1]
        else:
            standing.append(step)
    last = standing[-1] if standing else None
    return last if last and last.code in MOVES else None


def changed_after(session: Session, uid: str, act: int) -> bool:
    """Whether anything but a review has written into the file since."""
    query = (
        select(_row.seq)
        .join(AUDIT_ACT, _act.seq == _row.act)
        .where(_row.person == uid, _row.act > act, _row.record_type.in_(KINDS["档案"]))
        .where(_act.act.not_in(OWN_ACTS))
    )
    return session.scalar(query.limit(1)) is not None


def signatures_before(session: Session, uid: str, act: int) -> dict[str, Any]:
    """What the step has put into the file, as it was before."""
    query = select(_row.old).where(
        _row.person == uid, _row.act == act, _row.record_type == CADRE.name, _row.operation == "update"
    )
    old: dict[str, Any] = {}
    for text in session.scalars(query.order_by(_row.seq.desc())):
        old |= json.loads(text)
    return {name: value for name, value in old.items() if CADRE.has(name)}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) for name in EMPTY}
