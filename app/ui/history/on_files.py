"""What was before, offered on the roster: 变更记录 and 时间线 of a file, 截至某日 and 回收站 of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.services.changes import Change
from app.ui.changes import Changes
from app.ui.history.change_tab import ChangeTab
from app.ui.history.time_tab import TimeTab
from app.ui.pages.roster_page import RosterPage
from app.ui.roster.file_acts import ListAct
from app.ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.desk import Desk

CHANGES, TIME = ("变更", "变更记录"), ("时间线", "时间线")


def offer_history(
    page: RosterPage, desk: Desk, changes: Changes, tasks: Tasks, open_bin: Callable[[], object]
) -> None:
    past = ChangeTab(desk.person_history, lambda: page.panel.changed)
    times = TimeTab(desk.time_line)

    def tell(change: Change, told: str) -> None:
        changes.tell(change)
        page.says.emit(told)

    def renew(change: Change) -> None:
        """The tab in front is read again when something else changed the file."""
        if change.is_about(page.panel.uid):
            for tab in (past, times):
                if tab.isVisible():
                    tab.show_person(page.panel.uid)

    def look_back(_uids: Sequence[str]) -> None:
        from app.ui.history.as_of_dialog import AsOfDialog

        AsOfDialog(desk.as_of, desk.exports, tasks, page.window()).show()

    past.restored.connect(tell)
    changes.changed.connect(renew)
    page.panel.add_tab(*CHANGES, past)
    page.panel.add_tab(*TIME, times)
    page.acts.append(
        ListAct("截至某日…", look_back, "calendar", right="", hint="过去某一天的名单、统计和档案，只看不改")
    )
    page.acts.append(ListAct("回收站", lambda _: open_bin(), "trash", right="", hint="找回删除的档案"))
