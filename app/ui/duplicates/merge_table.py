"""Both files line by line: what each says, what is chosen, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from app.ui.duplicates.merge_state import HEADINGS, LEFT, RIGHT, MergeState
from app.ui.tables.text_table import TextTable

LABEL_WIDTH = 138


class MergeTable(TextTable):
    """← and → choose a side, B both, the space bar takes a row in or leaves it out."""

    chosen = Signal()
    left = Signal()
    """Esc: back to the list of pairs."""

    def __init__(self, state: MergeState) -> None:
        super().__init__(HEADINGS, (LABEL_WIDTH,))
        self._state = state
        self.setObjectName("merge")
        self.clicked.connect(self._click)

    def renew(self) -> None:
        """Another pair, or the other one is kept."""
        self.show_lines(self._state.lines())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = {
            Qt.Key.Key_Left: lambda: self._state.choose(self.key, "left"),
            Qt.Key.Key_Right: lambda: self._state.choose(self.key, "right"),
            Qt.Key.Key_B: lambda: self._state.choose_both(self.key),
            Qt.Key.Key_Space: lambda: self._state.toggle(self.key),
            Qt.Key.Key_Return: lambda: self._state.toggle(self.key),
        }.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif act is None or self.key is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            act()
            self._show_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the two say and what comes of it have equal room."""
        super().resizeEvent(event)
        room = (self.viewport().width() - self.columnWidth(0)) // 3
        for column in (LEFT, RIGHT):
            self.setColumnWidth(column, room)

    def _click(self, index: QModelIndex) -> None:
        if self.key is None:
            return
        if self.key[0] == "fold":
            self._state.toggle(self.key)
        elif index.column() in (LEFT, RIGHT):
            self._state.choose(self.key, "left" if index.column() == LEFT else "right")
        self._show_again()

    def _show_again(self) -> None:
        """The user stays on his line, also where lines were folded below it."""
        place, lines = self.place, self._state.lines()
        if len(lines) == len(self.texts.lines):
            self.texts.replace(lines)
        else:
            self.show_lines(lines)
            self.go_to(place)
        self.chosen.emit()
