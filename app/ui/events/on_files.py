"""Events of people, offered on the roster's files."""

from __future__ import annotations

from app.services.changes import Change
from app.services.events import Events
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.events.event_dialog import EventDialog
from app.ui.events.events_tab import EventsTab
from app.ui.pages.roster_page import RosterPage
from app.ui.rights import May
from app.ui.roster.file_acts import FileAct

TAB = "事项"


def offer_events(page: RosterPage, events: Events, changes: Changes, may: May) -> None:
    """A tab with what happened, and a line in 更多."""
    tab = EventsTab(events, may_edit=may("edit"))

    def begin(uid: str) -> None:
        if page.panel.changed:
            ask.tell(page, "这份档案有修改还没有保存。请先保存或还原，再办理事项。")
            return
        dialog = EventDialog(events, uid, page.panel.draft.name, page)
        dialog.recorded.connect(finish)
        dialog.open()

    def finish(change: Change, told: str) -> None:
        changes.tell(change)
        tab.show_person(page.panel.uid)
        page.says.emit(told)

    def settle(step: str, state: str) -> None:
        finish(events.settle(step, state), "这一步记好了")

    page.panel.add_tab(TAB, "去世、住院、迁入迁出等事项", tab)
    page.panel.acts.append(FileAct("去世、住院、迁出等事项…", begin, "calendar"))
    tab.new_wanted.connect(begin)
    tab.settled.connect(settle)
    tab.page_wanted.connect(lambda key, uid: page.wants_page.emit(key, f"new {uid}"))
