"""Filters under a name, the circle, and conditions on any field: between the tree, the chips and the state."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.changes import Change
from app.services.roster_filter import Condition
from app.services.saved_filters import KeptFilter
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.roster.condition_dialog import ConditionDialog
from app.ui.roster.filter_tree import RosterFilterTree
from app.ui.roster.name_dialog import NameDialog
from app.ui.roster.roster_list import RosterList
from app.ui.roster.roster_state import RosterState

NAME_HINT = "以后在左边最上面点一下就用，例如：卫城片、支部书记、80 岁以上独居。"


class FilterKeeper(QObject):
    filtered = Signal()
    """Other people are shown."""
    redrawn = Signal()
    """The circle is another: the counts too."""
    said = Signal(str)

    def __init__(
        self,
        state: RosterState,
        tree: RosterFilterTree,
        people: RosterList,
        changes: Changes,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._state, self._saved, self._page = state, state.tools.saved, page
        self._changes = changes
        tree.wanted.connect(self.narrow)
        tree.saved_wanted.connect(self._use)
        tree.circle_wanted.connect(self.work_within)
        tree.rename_wanted.connect(self._ask_name)
        tree.remove_wanted.connect(self._ask_remove)
        people.condition_wanted.connect(self.ask_condition)
        people.chips.save_wanted.connect(self.ask_save)
        people.chips.work_wanted.connect(lambda: self.work_within(state.kept))
        people.chips.circle_left.connect(lambda: self.work_within(None))
        people.table.only_wanted.connect(self._only)

    def narrow(self, condition: Condition, how: str) -> None:
        self._state.narrow(condition, how)  # type: ignore[arg-type]
        self.filtered.emit()

    def ask_condition(self) -> None:
        dialog = ConditionDialog(self._count, alone=not self._state.filter.groups, parent=self._page)
        dialog.wanted.connect(self.narrow)
        dialog.open()
        dialog.field.line.setFocus()

    def ask_save(self) -> None:
        NameDialog("存下这些条件", NAME_HINT, self._save, parent=self._page).open()

    def work_within(self, kept: KeptFilter | None) -> None:
        self._state.work_within(kept)
        if kept and self._state.filter == kept.filter:
            self._state.widen()
        many = len(self._state.roster)
        self.said.emit(f"现在只看“{kept.name}”的 {many} 人" if kept else f"现在看全部 {many} 人")
        self.redrawn.emit()

    def _count(self, condition: Condition, how: str) -> int:
        return len(self._state.roster.chosen(self._state.filter.with_(condition, how)))  # type: ignore[arg-type]

    def _save(self, name: str) -> None:
        self._tell(self._saved.save(name, self._state.filter), f"存下了“{name.strip()}”，在左边最上面")

    def _use(self, kept: KeptFilter) -> None:
        self._state.use(kept.filter)
        self.filtered.emit()

    def _only(self, uid: str, name: str) -> None:
        self._state.use(self._state.same_filter(uid, name))
        self.filtered.emit()

    def _ask_name(self, kept: KeptFilter) -> None:
        NameDialog("改名", NAME_HINT, lambda name: self._rename(kept, name), kept.name, self._page).open()

    def _rename(self, kept: KeptFilter, name: str) -> None:
        self._tell(self._saved.rename(kept.uid, name), f"“{kept.name}”改名为“{name.strip()}”")

    def _ask_remove(self, kept: KeptFilter) -> None:
        ask.confirm(
            self._page,
            f"删除筛选“{kept.name}”？",
            "删除",
            lambda: self._remove(kept),
            details="只删这个筛选，人都在。",
            safe="不删",
        )

    def _remove(self, kept: KeptFilter) -> None:
        self._tell(self._saved.remove(kept.uid), f"删除了筛选“{kept.name}”")

    def _tell(self, change: Change, sentence: str) -> None:
        self._changes.tell(change)
        self.said.emit(sentence)
