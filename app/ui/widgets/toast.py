"""A word at the head of the window that goes away by itself, with a way back while it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import label

SECONDS = 8


class Toast(QFrame):
    """Lies over its parent at the right of its head, where it covers no button and no field."""

    def __init__(self, parent: QWidget, beside: QWidget | None = None) -> None:
        """`beside` is what stands at the right end of the head and stays uncovered."""
        super().__init__(parent)
        self._ground, self._beside = parent, beside
        self.setProperty("look", "toast")
        self._act: Callable[[], object] | None = None
        self._text = label()
        self._button = push_button("", self._take)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        line.setSpacing(12)
        line.addWidget(self._text)
        line.addWidget(self._button)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, text: str, verb: str = "", act: Callable[[], object] | None = None, seconds: int = SECONDS
    ) -> None:
        self._text.setText(text)
        self._act = act
        self._button.setText(verb)
        self._button.setVisible(bool(verb))
        self._text.setContentsMargins(0, 6, 0 if verb else 8, 6)
        self.show()
        self._place()
        self._clock.start(seconds * 1000)

    @property
    def text(self) -> str:
        return self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _take(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act:
            act()

    def _place(self) -> None:
        self.adjustSize()
        end = self._ground.width() - 8
        if self._beside and self._beside.isVisible():
            end = self._beside.mapTo(self._ground, QPoint()).x()
        self.move(max(0, end - self.width() - 8), 4)
        self.raise_()
