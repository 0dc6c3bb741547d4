"""How far a file has come, beside the name on its head."""

from __future__ import annotations

from collections.abc import Callable

from app.services.changes import Change
from app.services.reviews import Reviews
from app.ui.changes import Changes
from app.ui.pages.roster_page import RosterPage
from app.ui.review.state_tag import StateTag

RENEWED_BY = frozenset({"review", "cadre", "delivery"})


def offer_review(
    page: RosterPage, reviews: Reviews, changes: Changes, go: Callable[[str], object]
) -> StateTag:
    """`go` opens the review on a uid."""
    panel, tag = page.panel, StateTag()

    def show() -> None:
        tag.setVisible(bool(panel.uid))
        if panel.uid:
            kept = reviews.state(panel.uid)
            tag.show_state(kept.state, kept.told)

    def renew(change: Change) -> None:
        if change.kind in RENEWED_BY:
            show()

    panel.head.put_beside_name(tag)
    panel.shown.connect(show)
    tag.pressed.connect(lambda: go(panel.uid))
    changes.changed.connect(renew)
    show()
    return tag
