"""Tabs that go on in a second row where one is too narrow, so that no word is ever cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QWidget

from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.looks import set_look


class SectionTabs(QFrame):
    """`chosen` tells the place of the tab, also when it is chosen by `choose`."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`titles` are (word on the tab, whole title)."""
        super().__init__(parent)
        self.setProperty("look", "tabs")
        self._group = QButtonGroup(self)
        flow = FlowLayout(self, spacing=0)
        for place, (word, title) in enumerate(titles):
            flow.addWidget(self._tab(place, word, title))
        self._group.idToggled.connect(lambda place, on: self.chosen.emit(place) if on else None)

    @property
    def place(self) -> int:
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        self._group.button(place % len(self._group.buttons())).setChecked(True)

    def mark(self, place: int, severity: str, hint: str = "") -> None:
        """A sign behind the word: 'E' something to mend, 'W' something to check, '' nothing."""
        button = self._group.button(place)
        word = str(button.property("word"))
        button.setText({"E": f"{word} ×", "W": f"{word} !"}.get(severity, word))
        button.setToolTip(hint or str(button.property("title")))
        set_look(button, problem=severity)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.choose(self.place + step)
        self._group.button(self.place).setFocus()

    def _tab(self, place: int, word: str, title: str) -> QToolButton:
        tab = QToolButton()
        tab.setCheckable(True)
        tab.setText(word)
        tab.setToolTip(title)
        tab.setProperty("word", word)
        tab.setProperty("title", title)
        tab.setAccessibleName(title)
        self._group.addButton(tab, place)
        return tab
