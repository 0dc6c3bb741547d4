"""A condition or a choice that can be taken away with its ×."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.ui.widgets.words import label


class Chip(QFrame):
    """Without a closing icon it only says something."""

    removed = Signal()

    def __init__(self, text: str, close: QIcon | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "chip")
        self._text = label(text)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 2, 4 if close else 10, 2)
        line.setSpacing(2)
        line.addWidget(self._text)
        if close:
            line.addWidget(self._closer(close, text))

    @property
    def text(self) -> str:
        return self._text.text()

    def _closer(self, icon: QIcon, text: str) -> QToolButton:
        closer = QToolButton()
        closer.setIcon(icon)
        closer.setIconSize(QSize(12, 12))
        closer.setToolTip(f"去掉“{text}”")
        closer.setAccessibleName(f"去掉“{text}”")
        closer.clicked.connect(self.removed)
        return closer
