"""The conditions in force, each with its ×, above the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.roster_filter import Roster, RosterFilter
from app.ui.icons import icon
from app.ui.widgets.buttons import push_button
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.words import label


class ConditionChips(QWidget):
    """Hidden while nothing is in force."""

    removed = Signal(object)
    """A Condition; None for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chips")
        self.words: list[str] = []
        """What the chips say."""
        self._flow = FlowLayout(self, spacing=6)
        self.hide()

    def show_filter(self, filter_: RosterFilter, roster: Roster) -> None:
        self._flow.clear()
        self.words = [roster.words(condition) for condition in filter_.conditions]
        for place, group in enumerate(filter_.groups):
            if place:
                self._flow.addWidget(label("并且", "small"))
            for second, condition in enumerate(group):
                if second:
                    self._flow.addWidget(label("或", "small"))
                chip = Chip(roster.words(condition), icon("close", "quiet"))
                chip.removed.connect(lambda one=condition: self.removed.emit(one))
                self._flow.addWidget(chip)
        if len(filter_.conditions) > 1:
            self._flow.addWidget(push_button("全部去掉", lambda: self.removed.emit(None), "link"))
        self.setVisible(bool(filter_.groups))
        self.updateGeometry()
