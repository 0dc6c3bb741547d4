"""A sentence across the page with its sign, and perhaps one thing to do about it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

Level = Literal["info", "ok", "warning", "error"]
SIGNS: dict[Level, tuple[str, str]] = {
    "info": ("i", "提示"),
    "ok": ("✓", "完成"),
    "warning": ("!", "注意"),
    "error": ("×", "错误"),
}


def sign(level: Level) -> QLabel:
    """The round sign of a level; its word is read by screen readers."""
    made = label(SIGNS[level][0])
    made.setProperty("sign", level)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setAccessibleName(SIGNS[level][1])
    return made


class Banner(QFrame):
    """Hidden until it has something to say: `say(level, text, verb)`; `pressed` when the verb is."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign("info")
        self._word = label()
        self._text = label(wrap=True)
        self._button = push_button("", self.pressed.emit)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(8)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._word)
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        self.hide()

    def say(self, level: Level, text: str, verb: str = "") -> None:
        mark, word = SIGNS[level]
        self._sign.setText(mark)
        self._word.setText(f"{word}：")
        self._text.setText(text)
        self._button.setText(verb)
        self._button.setVisible(bool(verb))
        set_look(self._sign, sign=level)
        set_look(self, banner=level)
        self.show()

    @property
    def text(self) -> str:
        return self._text.text()
