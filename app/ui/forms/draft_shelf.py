"""Drafts of the forms of one page, put away when the window is locked; no Qt here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app import clock
from app.services.drafts import Drafts, KeptDraft


class DraftShelf:
    def __init__(self, drafts: Drafts, prefix: str) -> None:
        """`prefix` begins the names of all drafts of this page, such as 'visit:'."""
        self._drafts, self._prefix = drafts, prefix
        self._kept = {draft.about for draft in self._mine()}

    def keep(self, about: str, content: dict[str, Any]) -> None:
        self._drafts.keep(self._prefix + about, content)
        self._kept.add(self._prefix + about)

    def drop(self, about: str) -> None:
        """After it was saved or given up; most were never kept, and then nothing is written."""
        if self._prefix + about in self._kept:
            self._kept.discard(self._prefix + about)
            self._drafts.drop(self._prefix + about)

    def kept(self, about: str) -> dict[str, Any] | None:
        """What was put away under this name; None where nothing was."""
        if self._prefix + about not in self._kept:
            return None
        return next((draft.content for draft in self._mine() if draft.about == self._prefix + about), None)

    def left_over(self, but: str = "") -> KeptDraft | None:
        """The newest of what nobody is working on now."""
        if not self._kept:
            return None
        return next((draft for draft in self._mine() if draft.about != self._prefix + but), None)

    def name_of(self, draft: KeptDraft) -> str:
        """What it was kept under."""
        return draft.about.removeprefix(self._prefix)

    def _mine(self) -> list[KeptDraft]:
        return [draft for draft in self._drafts.all() if draft.about.startswith(self._prefix)]


def kept_when(draft: KeptDraft) -> str:
    """'今天 14:03', '11月20日 14:03'."""
    at = dt.datetime.fromisoformat(draft.kept_at)
    day = "今天" if at.date() == clock.today() else f"{at.month}月{at.day}日"
    return f"{day} {at:%H:%M}"
