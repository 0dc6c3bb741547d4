"""等着办的事: one line for each kind of thing that waits, with its one verb."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.waiting import Waiting
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.words import label

IN_A_ROW = 2
CELLS, BETWEEN = 4, 12
"""Words, names, verb and room to the next line in the row; its pixels."""
LATE, DUE = "！", "○"


class WaitingCard(Card):
    """Not there at all while nothing waits."""

    wanted = Signal(str, str)
    """The page where it is done, and what to show there."""
    people_wanted = Signal(list)
    """Uids of the people behind a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("等着办的事", parent)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for column in range(IN_A_ROW):
            self._grid.setColumnStretch(column * CELLS, 1)
        self._grid.setColumnMinimumWidth(CELLS - 1, BETWEEN)
        self.add(self._lines)
        self.hide()

    def show_lines(self, lines: Sequence[Waiting]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for place, line in enumerate(lines):
            row, column = divmod(place, IN_A_ROW)
            for at, widget in enumerate(self._line(line)):
                self._grid.addWidget(widget, row, column * CELLS + at, Qt.AlignmentFlag.AlignVCenter)
        self.setVisible(bool(lines))

    def _line(self, line: Waiting) -> list[QWidget]:
        words = label(f"{LATE if line.late else DUE} {line.words}", "late" if line.late else "", wrap=True)
        verb = push_button(line.verb, lambda: self.wanted.emit(line.page, line.about))
        verb.setObjectName(f"waiting_{line.key}")
        names = push_button("看名单", lambda: self.people_wanted.emit(list(line.uids)), "quiet")
        return [words, *([names] if line.uids else [QWidget()]), verb]
