"""The names behind a figure, in a small list over the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.widgets.words import label

WIDTH, MOST_HEIGHT, ROW = 340, 380, 30


class NamesPopup(QFrame):
    """Rows of texts, the last column at the right edge; choosing one closes the list and tells its key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self.title = label("", "section", wrap=True)
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        column.addWidget(self.title)
        column.addWidget(self.table)
        self.table.cellClicked.connect(lambda row, _column: self._choose(row))
        self.table.cellActivated.connect(lambda row, _column: self._choose(row))

    def open_at(self, anchor: QWidget, title: str, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Opens above the widget; `rows` are (key, texts)."""
        self.title.setText(title)
        self._fill(rows)
        height = min(MOST_HEIGHT, 72 + ROW * max(1, len(rows)))
        self.resize(WIDTH, height)
        corner = anchor.mapToGlobal(QPoint(0, -height - 4))
        self.move(corner if corner.y() > 0 else anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        self.show()
        self.table.setFocus()

    def rows(self) -> list[list[str]]:
        """What is shown, for reading."""
        places = range(self.table.columnCount())
        return [
            [item.text() for column in places if (item := self.table.item(row, column))]
            for row in range(self.table.rowCount())
        ]

    def _fill(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        width = max((len(texts) for _, texts in rows), default=1)
        self.table.setRowCount(len(rows))
        self.table.setColumnCount(width)
        for line, (key, texts) in enumerate(rows):
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, key)
                if place and place == width - 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(line, place, item)
        header = self.table.horizontalHeader()
        for place in range(width):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(min(1, width - 1), QHeaderView.ResizeMode.Stretch)

    def _choose(self, row: int) -> None:
        item = self.table.item(row, 0)
        self.close()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
