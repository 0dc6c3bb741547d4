"""One card of 今天: a figure that opens its names, the first of them, and one verb."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.words import BigNumber, label

NAMES_SHOWN = 12


class Notice(Card):
    opened = Signal()
    """The figure was pressed: the names behind it are wanted."""
    pressed = Signal()
    """The verb was pressed."""

    def __init__(self, title: str, caption: str, unit: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.number = BigNumber(caption, unit=unit)
        self.number.setToolTip("点开看名单")
        self.words = label("", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.calm = label("", "ok", wrap=True)
        self.side = QHBoxLayout()
        self.verb = self.add_button(push_button(verb, self.pressed.emit))
        line = QHBoxLayout()
        line.addWidget(self.number)
        line.addStretch(1)
        line.addLayout(self.side)
        self.add(line)
        self.add(self.words)
        self.add(self.calm)
        self.body.addStretch(1)
        self.number.pressed.connect(self.opened)

    def show_notice(self, count: int, words: str, calm: str) -> None:
        """`calm` is what is said instead when there is nothing to do."""
        self.number.set_number(str(count))
        self.number.setEnabled(count > 0)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.calm.setText(f"✓ {calm}" if calm else "")
        self.calm.setVisible(bool(calm) and not count)


def some_names(names: Sequence[str]) -> str:
    """The first of them, and how many more."""
    shown = "、".join(names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return f"{shown} 等 {len(names)} 人" if more > 0 else shown
