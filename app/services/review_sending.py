"""Files that went out with a bundle count as reported."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.fields.actors import Actor
from app.fields.review_states import BY_BUNDLE
from app.models.review import Review


def report_what_was_sent(session: Session, seen: int, actor: Actor) -> None:
    """Within the transaction that records a bundle: what stood approved in it counts as reported.

    `seen` is where the log stood before the bundle read the files.
    """
    before, after = BY_BUNDLE
    session.execute(
        update(Review)
        .where(Review.state == before, Review.approved_act <= seen)
        .values(
            state=after,
            at=clock.now().isoformat(),
            by_uid=actor.uid or None,
            by_name=actor.name,
            remark=None,
        )
    )
