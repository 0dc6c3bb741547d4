"""One file of a day, to read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.services.as_of_file import FileThen
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.words import Facts, label


class FileThenView(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        ground = QWidget()
        ground.setProperty("look", "ground")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.addLayout(self._body)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(scrolled(ground))

    def clear(self) -> None:
        while item := self._body.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def show_file(self, file: FileThen) -> None:
        self.clear()
        self._body.addWidget(label(file.name, "title", wrap=True))
        if file.note:
            self._body.addWidget(label(file.note, "warning", wrap=True))
        for title, values in file.sections:
            self._body.addWidget(label(title, "section"))
            facts = Facts()
            facts.show_facts(values)
            self._body.addWidget(facts)
        for title, lines in file.parts:
            self._body.addWidget(label(title, "section", wrap=True))
            for line in lines:
                shown = label(line, wrap=True)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._body.addWidget(shown)
