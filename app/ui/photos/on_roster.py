"""照片批量收入 in 更多 above the list."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.pages.roster_page import RosterPage
from app.ui.roster.file_acts import ListAct

TITLE = "批量收照片…"
HINT = "选一个装照片的文件夹，按文件名认人"


def offer_photos(page: RosterPage, begin: Callable[[], object]) -> None:
    page.acts.append(ListAct(TITLE, lambda _uids: begin(), "photo", "edit", HINT))
