"""A line of figures, each of which can be opened: 60 次 · 70 人次 · 12,500.00 元."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import label


class FiguresLine(QWidget):
    """Figures by key, and after them words that open nothing."""

    opened = Signal(str)

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._figures: dict[str, QPushButton] = {}
        row.addWidget(label("合计", "quiet"))
        for place, key in enumerate(keys):
            if place:
                row.addWidget(label("·", "quiet"))
            row.addWidget(self._figure(key))
        self.tail = label("", "quiet", wrap=True)
        row.addSpacing(8)
        row.addWidget(self.tail, 1)

    def show_figures(self, texts: Mapping[str, str]) -> None:
        for key, text in texts.items():
            self._figures[key].setText(text)

    def figure(self, key: str) -> QPushButton:
        return self._figures[key]

    @property
    def text(self) -> str:
        return " · ".join(figure.text() for figure in self._figures.values())

    def _figure(self, key: str) -> QPushButton:
        button = push_button("", lambda: self.opened.emit(key), "link")
        button.setObjectName(key)
        button.setToolTip("点开看名单")
        self._figures[key] = button
        return button
