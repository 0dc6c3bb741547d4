"""What a list says while it is empty: what belongs here and the one button that begins it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.widgets.buttons import Weight, push_button
from app.ui.widgets.words import label


class EmptyState(QWidget):
    pressed = Signal()

    def __init__(
        self,
        sentence: str,
        verb: str = "",
        icon: QIcon | None = None,
        weight: Weight = "primary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = label(sentence, "quiet", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = push_button(verb, self.pressed.emit, weight)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(2)
        if icon:
            picture = QLabel()
            picture.setPixmap(icon.pixmap(QSize(40, 40)))
            column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._button.setVisible(bool(verb))  # not before: without a parent it would be a window

    def take_focus(self) -> None:
        self._button.setFocus()

    def say(self, sentence: str, verb: str = "") -> None:
        self._sentence.setText(sentence)
        self._button.setText(verb)
        self._button.setVisible(bool(verb))
