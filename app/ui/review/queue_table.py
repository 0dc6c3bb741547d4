"""The files that wait, in the order of the roster; several can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from app.services.review_rows import QueueLine
from app.ui.review.state_tag import LEVELS, signed_word
from app.ui.tables.text_table import Line, TextTable

HEADINGS = ("姓名", "村（社区）", "状态")
WIDTHS = (104, 120)
TONES = {"warning": "dusk", "error": "seal", "ok": "leaf", "info": "leaf", "quiet": "quiet"}
MARGIN = 22


class QueueTable(TextTable):
    sign_wanted = Signal()
    """Enter."""
    scroll_wanted = Signal(int)
    """Space: a page of the file further, or back."""
    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__(HEADINGS, WIDTHS)
        self.setObjectName("reviews")
        self.setAccessibleName("待核对、待审核的人")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(2, self.fontMetrics().horizontalAdvance("! 改后未报") + MARGIN)

    def show_queue(self, lines: Sequence[QueueLine], place: int) -> None:
        self.show_lines([_shown(line) for line in lines])
        if lines:
            self.go_to(max(0, min(place, len(lines) - 1)))

    def go_to(self, place: int) -> None:
        """This line alone, whatever keys are held: the step may have been taken with Ctrl."""
        one = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.texts.index(place, 0), one)
        self.scrollTo(self.currentIndex())

    @property
    def chosen(self) -> list[str]:
        """The uids of the selected lines, from top to bottom."""
        return [self.texts.lines[place].key for place in self._chosen_places]

    @property
    def first(self) -> int:
        """Where the first of them stands."""
        return next(iter(self._chosen_places), self.place)

    @property
    def _chosen_places(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sign_wanted.emit()
        elif event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.scroll_wanted.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)


def _shown(line: QueueLine) -> Line:
    tone = TONES[LEVELS.get(line.state, "quiet")]
    return Line(line.uid, (line.name, line.village, signed_word(line.state)), {1: "quiet", 2: tone})
