"""Tabs that go on in a second row where one is too narrow, so that no word is ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.looks import set_look

MORE = "更多"
GRAVEST = ("E", "W", "")


class SectionTabs(QFrame):
    """`chosen` tells the place of the tab, also when it is chosen by `choose`."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`titles` are (word on the tab, whole title)."""
        super().__init__(parent)
        self.setProperty("look", "tabs")
        self._group = QButtonGroup(self)
        self._most = 0
        row = QWidget()
        self._flow = FlowLayout(row, spacing=0)
        self.more = _tab_button(MORE, "其余的栏目")
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the mark stands behind the word
        self.more.clicked.connect(self._open_menu)
        self.more.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(row, 1)
        line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignBottom)
        for word, title in titles:
            self.add(word, title)
        self._group.idToggled.connect(self._tell)

    @property
    def place(self) -> int:
        return self._group.checkedId()

    def add(self, word: str, title: str) -> None:
        """One more tab, behind the others."""
        self._flow.addWidget(self._tab(self.count, word, title))
        self._fold()

    @property
    def count(self) -> int:
        return len(self._group.buttons())

    def set_rows(self, most: int) -> None:
        """What finds no place in so many rows stands behind 更多; the chosen one always has a place."""
        self._most = most
        self._fold()

    def choose(self, place: int) -> None:
        self._group.button(place % self.count).setChecked(True)

    def choose_word(self, word: str) -> None:
        """Raises StopIteration for a word that stands on no tab."""
        self.choose(
            next(self._group.id(tab) for tab in self._group.buttons() if tab.property("word") == word)
        )

    def mark(self, place: int, severity: str, hint: str = "") -> None:
        """A sign behind the word: 'E' something to mend, 'W' something to check, '' nothing."""
        button = self._group.button(place)
        word = str(button.property("word"))
        button.setText({"E": f"{word} ×", "W": f"{word} !"}.get(severity, word))
        button.setToolTip(hint or str(button.property("title")))
        set_look(button, problem=severity)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.choose(self.place + step)
        self._group.button(self.place).setFocus()

    def _tell(self, place: int, on: bool) -> None:
        if not on:
            return
        self._fold()
        if any(tab.hasFocus() for tab in self._group.buttons()):
            self._group.button(place).setFocus()
        self.chosen.emit(place)

    def _tab(self, place: int, word: str, title: str) -> QToolButton:
        tab = _tab_button(word, title)
        tab.setCheckable(True)
        tab.setProperty("word", word)
        tab.setProperty("title", title)
        self._group.addButton(tab, place)
        return tab

    def _fold(self) -> None:
        if not self._most:
            return
        tabs = self._group.buttons()
        widths = [tab.sizeHint().width() for tab in tabs]
        shown = _fitting(widths, self.place, self._most, self.width(), self.more.sizeHint().width())
        for place, tab in enumerate(tabs):
            tab.setVisible(place in shown)
        marks = [str(tab.property("problem") or "") for tab in self._hidden]
        set_look(self.more, problem=min(marks, key=GRAVEST.index, default=""))
        self.more.setVisible(bool(marks))

    @property
    def _hidden(self) -> list[QAbstractButton]:
        return [tab for tab in self._group.buttons() if tab.isHidden()]

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for tab in self._hidden:
            menu.addAction(tab.text(), partial(self._choose_hidden, self._group.id(tab)))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _choose_hidden(self, place: int) -> None:
        self.choose(place)
        self._group.button(place).setFocus()


def _tab_button(word: str, title: str) -> QToolButton:
    button = QToolButton()
    button.setText(word)
    button.setToolTip(title)
    button.setAccessibleName(title)
    return button


def _fitting(widths: Sequence[int], chosen: int, most: int, room: int, more: int) -> set[int]:
    """The places that stand in `most` rows; the last ones give way first."""
    shown = list(range(len(widths)))
    if _rows(widths, room) <= most:
        return set(shown)
    while len(shown) > 1 and _rows([widths[place] for place in shown], room - more) > most:
        shown.remove(next(place for place in reversed(shown) if place != chosen))
    return set(shown)


def _rows(widths: Sequence[int], room: int) -> int:
    """As the flow lays them out."""
    rows, x = 1, 0
    for width in widths:
        if x and x + width > room:
            rows, x = rows + 1, 0
        x += width
    return rows
