"""花名册, with all that other parts of the program offer on a file and on the list."""

from __future__ import annotations

from functools import partial

from app.ui.checks.on_files import offer_acceptance
from app.ui.duplicates.on_files import offer_merging
from app.ui.events.on_files import offer_events
from app.ui.history.on_files import offer_history
from app.ui.pages.roster_page import RosterPage
from app.ui.person_files.on_files import offer_lrmx
from app.ui.photos.on_roster import offer_photos
from app.ui.platform.on_files import offer_assistant
from app.ui.review.on_files import offer_review
from app.ui.wiring.around import Around


def roster_page(around: Around) -> RosterPage:
    desk = around.desk
    page = RosterPage(
        desk.cadres,
        desk.search,
        desk.drafts,
        desk.pictures,
        desk.visits,
        desk.payments,
        desk.reveals,
        desk.roster_tools,
        around.changes,
        around.tasks,
        around.settings,
    )
    page.import_wanted.connect(around.go("import"))
    page.visit_wanted.connect(around.go("visits", "new"))
    page.payment_wanted.connect(around.go("payments", "new"))
    page.export_wanted.connect(around.go("papers", "roster"))
    _offer(page, around)
    return page


def _offer(page: RosterPage, around: Around) -> None:
    """The order is that of the tabs and of the lines in 更多."""
    desk, changes, tasks, open_ = around.desk, around.changes, around.tasks, around.window.open
    offer_review(page, desk.reviews, changes, around.go("check", "review"))
    offer_acceptance(page, desk.acceptances, changes)
    offer_history(page, desk, changes, tasks, partial(open_, "settings", "bin"))
    offer_events(page, desk.events, changes, desk.may)
    offer_merging(page, desk.merging, changes, around.go("check", "twins"))
    offer_lrmx(page, desk.lrmx_papers, desk.exports, tasks)
    offer_photos(page, partial(open_, "check", "photos folder"))
    offer_assistant(page, desk.platform_typing, desk.reveals, changes)
