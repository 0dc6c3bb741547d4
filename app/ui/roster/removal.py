"""Deleting people: asked by name, and the list stays where it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.cadres import Cadres
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.roster.cadre_panel import CadrePanel
from app.ui.roster.roster_list import RosterList
from app.ui.roster.roster_state import RosterState

DETAILS = (
    "档案、简历、家庭成员等一并删除，走访和发放记录里也不再有他们。30 天内可以在“设置”的“回收站”里取回。"
)


class Removal(QObject):
    said = Signal(str)

    def __init__(
        self,
        cadres: Cadres,
        state: RosterState,
        people: RosterList,
        panel: CadrePanel,
        changes: Changes,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._cadres, self._state, self._changes = cadres, state, changes
        self._people, self._panel, self._page = people, panel, page

    def ask(self, uids: Sequence[str]) -> None:
        who = ask.names(self._state.names(uids))
        verb = f"删除 {len(uids)} 人"
        ask.confirm(
            self._page, f"将删除 {who}", verb, lambda: self._remove(uids), details=DETAILS, safe="不删"
        )

    def _remove(self, uids: Sequence[str]) -> None:
        place = self._people.place
        if self._panel.uid in uids:
            self._panel.give_up()
        self._changes.tell(self._cadres.remove(uids))
        self.said.emit(f"已删除 {len(uids)} 人")
        self._people.go_to_place(place)
