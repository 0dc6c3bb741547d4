"""What was decided before: files that were merged, and pairs that are two people; each can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.tables.text_table import Line, TextTable
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState


class PastView(QWidget):
    back_wanted = Signal(str)
    """The uid of what is to be taken back."""

    def __init__(self, headings: Sequence[str], widths: Sequence[int], verb: str, nothing: str) -> None:
        super().__init__()
        self.table = TextTable(headings, widths)
        self.back = push_button(verb, lambda: self.back_wanted.emit(self.table.key), icon=icon("undo"))
        self.empty = EmptyState(nothing, icon=icon("ok", "quiet"), weight="")
        needs("edit", self.back)
        list_ = QWidget()
        column = QVBoxLayout(list_)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignRight)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(list_)
        self._layers.addWidget(self.empty)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.table.show_lines(lines)
        self._layers.setCurrentIndex(0 if lines else 1)
