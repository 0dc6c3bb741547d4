"""A few choices side by side, one of them taken; the arrow keys move between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget


class Segments(QFrame):
    chosen = Signal(str)
    """The key, when the user chooses."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`choices` are (key, word)."""
        super().__init__(parent)
        self.setProperty("look", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys = [key for key, _ in choices]
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(1, 1, 1, 1)
        line.setSpacing(0)
        for place, (_, word) in enumerate(choices):
            line.addWidget(self._segment(place, word))
        self.choose(self._keys[0])
        self.setFocusProxy(self._group.button(0))
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._keys[place]))

    @property
    def key(self) -> str:
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Without telling."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def say(self, key: str, word: str) -> None:
        """Another word on a segment, such as with a count."""
        self._group.button(self._keys.index(key)).setText(word)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = (self._group.checkedId() + step) % len(self._keys)
        self._group.button(place).setFocus()
        self._group.button(place).click()

    def _segment(self, place: int, word: str) -> QToolButton:
        button = QToolButton()
        button.setText(word)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._group.addButton(button, place)
        return button
