"""The conditions in force, each with its ×, above the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.roster_filter import Condition, Roster, RosterFilter
from app.ui.icons import icon
from app.ui.widgets.buttons import push_button
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import FlowLayout


class ConditionChips(QWidget):
    """Hidden while nothing is in force."""

    removed = Signal(object)
    """A Condition; None for all."""
    unpicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chips")
        self.words: list[str] = []
        """What the chips say."""
        self._flow = FlowLayout(self, spacing=6)
        self.hide()

    def show_filter(self, filter_: RosterFilter, roster: Roster, picked: int = 0) -> None:
        """`picked` is how many people another page has sent here."""
        self._flow.clear()
        self.words = [roster.words(condition) for condition in filter_.conditions]
        if picked:
            self._add_picked(picked)
        for place, group in enumerate(filter_.groups):
            for second, condition in enumerate(group):
                joint = "或　" if second else "并且　" if place or picked else ""
                self._flow.addWidget(self._chip(joint, condition, roster))
        if len(self.words) > 1:
            self._flow.addWidget(push_button("全部去掉", lambda: self.removed.emit(None), "link"))
        self.setVisible(bool(self.words))
        self.updateGeometry()

    def _add_picked(self, people: int) -> None:
        words = f"选定的 {people} 人"
        self.words.insert(0, words)
        chip = Chip(words, icon("close", "quiet"))
        chip.removed.connect(self.unpicked)
        self._flow.addWidget(chip)

    def _chip(self, joint: str, condition: Condition, roster: Roster) -> Chip:
        chip = Chip(joint + roster.word_of(condition), icon("close", "quiet"))
        chip.setToolTip(roster.words(condition))
        chip.removed.connect(lambda: self.removed.emit(condition))
        return chip
