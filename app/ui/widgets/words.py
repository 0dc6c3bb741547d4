"""Labels: titles, hints, large numbers, pairs of name and value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.widgets.looks import set_look

Look = Literal[
    "", "title", "section", "quiet", "small", "number", "warning", "late", "error", "ok", "required"
]


def label(text: str = "", look: Look = "", *, wrap: bool = False) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # a name with < must not turn into markup
    made.setProperty("look", look)
    made.setWordWrap(wrap)
    return made


class BigNumber(QWidget):
    """A figure, its unit, and what it counts; a press opens the names behind it."""

    pressed = Signal()

    def __init__(
        self, caption: str, number: str = "–", unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._number = label(number, "number")
        self._caption = caption
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._number)
        line.addWidget(label(unit, "quiet"), 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(label(caption, "quiet"))
        column.addStretch()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(caption)

    def set_number(self, number: str, look: Look = "number") -> None:
        self._number.setText(number)
        set_look(self._number, look=look)
        self.setAccessibleName(f"{self._caption} {number}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class Facts(QWidget):
    """Names and values in a quiet grid; values can be marked and copied."""

    def __init__(self, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        for column in range(columns):
            self._grid.setColumnStretch(column * 2 + 1, 1)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        place = -1
        for place, (name, value) in enumerate(facts):
            row, column = divmod(place, self._columns)
            shown = label(value or "—", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label(name, "quiet"), row, column * 2, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, column * 2 + 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowStretch(place // self._columns + 1, 1)


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("look", "rule")
    line.setFixedHeight(1)
    return line
