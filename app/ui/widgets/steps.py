"""Where one stands in a piece of work: 1 选文件 › 2 对照列 › 3 核对 › 4 完成."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label


class Steps(QWidget):
    """The steps done have a tick, the present one is marked."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = list(words)
        self._labels: list[QLabel] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for place, _ in enumerate(self._words):
            if place:
                line.addWidget(label("›", "quiet"))
            self._labels.append(label())
            line.addWidget(self._labels[-1])
        line.addStretch(1)
        self.go_to(0)

    def go_to(self, present: int) -> None:
        for place, shown in enumerate(self._labels):
            sign = "✓" if place < present else str(place + 1)
            shown.setText(f"{sign} {self._words[place]}")
            set_look(shown, tag="info" if place == present else "quiet")
        self.setAccessibleName(f"第 {present + 1} 步，共 {len(self._words)} 步：{self._words[present]}")
