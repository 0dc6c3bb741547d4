"""A sheet of paper on the desk: a title, what it holds, and at most one verb."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.words import label


class Card(QFrame):
    """Fill `body`; `set_title` and `add_button` as needed."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._title = label(title, "section")
        self._note = label("", "quiet")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._title)
        self._head.addWidget(self._note)
        self._head.addStretch()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addLayout(self.body, 1)
        self._title.setVisible(bool(title))
        self._note.hide()

    def set_title(self, title: str, note: str = "") -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_button(self, button: QPushButton) -> QPushButton:
        """At the right of the title."""
        self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        return button

    def add(self, part: QWidget | QLayout) -> None:
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)
