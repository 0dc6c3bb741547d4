"""A look aside that loses no place: who has the same here, and whose files were open lately."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.roster.roster_list import RosterList
from app.ui.roster.roster_state import RosterState
from app.ui.widgets.names_popup import NamesPopup

MOST_RECENT = 12
BESIDE = ("retirement_kind", "mobile")
"""What stands behind the names."""


class QuickView(QObject):
    """Esc closes it, and everything is as it was; Enter opens the file."""

    chosen = Signal(str)

    def __init__(self, state: RosterState, people: RosterList, page: QWidget) -> None:
        super().__init__(page)
        self._state, self._people = state, people
        self._recent: list[str] = []
        self.popup = NamesPopup(page)
        self.popup.chosen.connect(self.chosen)
        people.table.same_wanted.connect(self.show_same)
        QShortcut(QKeySequence("Ctrl+Tab"), page, self.show_recent)

    def opened(self, uid: str) -> None:
        """This file is in front now."""
        self._recent = [uid, *(one for one in self._recent if one != uid)][: MOST_RECENT + 1]

    def show_same(self, uid: str, name: str) -> None:
        same = self._state.with_same(uid, name)
        field = self._state.record.field(name)
        text = field.kind.format(self._state.value(uid, name))
        if same:
            self._show(f"{field.label}是“{text}”的 {len(same)} 人", same)

    def show_recent(self) -> None:
        before = [uid for uid in self._recent[1:] if self._state.has(uid)]
        if before:
            self._show("最近打开的人", before)

    def _show(self, title: str, uids: Sequence[str]) -> None:
        record = self._state.record
        rows = []
        for uid in uids:
            texts = [record.field(name).kind.masked(self._state.value(uid, name)) for name in BESIDE]
            rows.append((uid, (*self._state.names([uid]), *texts)))
        self.popup.open_at(self._people.order, title, rows)
        self.popup.table.setCurrentCell(0, 0)
