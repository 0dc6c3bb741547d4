"""The head of a page: its title, a quiet word beside it, and its buttons, the primary one last."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.widgets.words import label


class PageHeader(QWidget):
    """`add` takes buttons from left to right; by custom the primary one comes last."""

    def __init__(self, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(title, "title")
        self._note = label(note, "quiet")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 12, 16, 8)
        self._line.setSpacing(8)
        self._line.addWidget(self._title)
        self._line.addWidget(self._note, 1, Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_note(self, note: str) -> None:
        self._note.setText(note)

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._line.addWidget(widget)
