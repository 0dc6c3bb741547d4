"""One line to type in, which may say beside the text what it has understood."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget


class LineEditor(QLineEdit):
    """One line; with `explain` it shows at its right end what it has understood."""

    typed = Signal(str)

    def __init__(self, explain: Callable[[str], str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explain = explain
        self._understood = QLabel(self) if explain else None
        if self._understood:
            self._understood.setProperty("look", "small")
            self._understood.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textEdited.connect(self._take)
        self.textChanged.connect(self._show_understood)

    def show_text(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    @property
    def understood(self) -> str:
        return self._understood.text() if self._understood else ""

    @property
    def taken_at_the_end(self) -> int:
        """Pixels at the right end where something else stands."""
        return 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _take(self, text: str) -> None:
        self.typed.emit(text)

    def _show_understood(self, text: str) -> None:
        if self._understood and self._explain:
            self._understood.setText(self._explain(text) if text.strip() else "")
            self._place()

    def _place(self) -> None:
        if self._understood is None:
            return
        self._understood.adjustSize()
        width = self.width() - self.taken_at_the_end
        free = width - 16 - self.fontMetrics().horizontalAdvance(self.text())
        self._understood.setVisible(self._understood.width() + 8 <= free)
        self._understood.move(
            width - self._understood.width() - 9, (self.height() - self._understood.height()) // 2
        )
