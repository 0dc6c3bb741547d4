"""The assistant for typing into the province's platform, offered on the roster."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.platform_typing import PlatformTyping
from app.services.reveals import Reveals
from app.ui.changes import Changes
from app.ui.pages.roster_page import RosterPage
from app.ui.platform.assistant import Assistant
from app.ui.roster.file_acts import FileAct, ListAct

HINT = "一个窄窗口浮在浏览器上面，照省平台的顺序一栏一栏复制，录过的打钩"


def offer_assistant(page: RosterPage, typing: PlatformTyping, reveals: Reveals, changes: Changes) -> None:
    """A line in 更多 of the list, and one of the file."""

    def begin(uids: Sequence[str]) -> None:
        people = list(zip(uids, page.state.names(list(uids)), strict=True))
        if people:
            Assistant(typing, reveals, people, changes, page.window()).come()

    page.acts.append(ListAct("对照录入到省平台…", begin, "copy", hint=HINT))
    page.panel.acts.append(FileAct("对照录入到省平台…", lambda uid: begin([uid]), "copy"))
