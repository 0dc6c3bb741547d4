"""A list of records on the screen: selection by uid, the row the user is on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.services.rows import Row
from app.ui import theme
from app.ui.tables.record_table import RecordTableModel
from app.ui.widgets.frozen_table import FrozenTable


class RecordTable(FrozenTable):
    """Shows a RecordTableModel. Who is selected stays selected when rows are sorted, filtered or read again."""

    moved_to = Signal(str)
    """The user is on another row: its uid, '' for none."""
    opened = Signal(str)
    """Enter or a double click on a row."""
    selected = Signal()

    def __init__(self, model: RecordTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, theme.size("row"))
        self.records = model
        self.setModel(model)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.uid(index.row())))
        self.selectionModel().currentRowChanged.connect(self._tell_row)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())

    def show_rows(self, rows: Iterable[Row]) -> None:
        chosen, current = self.selected_uids, self.current_uid
        steps = self.selectionModel().blockSignals(True)
        self.records.show(rows)
        self.select(chosen, current)
        self.selectionModel().blockSignals(steps)
        self.viewport().update()
        if self.current_uid != current:
            self.moved_to.emit(self.current_uid)
        self.selected.emit()

    @property
    def current_uid(self) -> str:
        index = self.currentIndex()
        return self.records.uid(index.row()) if index.isValid() else ""

    @property
    def selected_uids(self) -> list[str]:
        """From top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.records.uid(row) for row in rows]

    def go_to(self, uid: str) -> bool:
        """Selects this row alone and brings it into sight; False when it is not in the list."""
        self.select([uid], uid)
        return self.current_uid == uid

    def select(self, uids: Iterable[str], current: str = "") -> None:
        picked = QItemSelection()
        last = self.records.columnCount() - 1
        for row in filter(lambda row: row is not None, map(self.records.row_of, uids)):
            picked.select(self.records.index(row, 0), self.records.index(row, last))  # type: ignore[arg-type]
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(picked, flags.ClearAndSelect | flags.Rows)
        place = self.records.row_of(current)
        if place is not None:
            index = self.records.index(place, max(0, self.currentIndex().column()))
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.scrollTo(index)

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Pixels by field name."""
        for name, width in widths.items():
            self.setColumnWidth(self.records.column_of(name), width)

    def show_columns(self, names: Iterable[str]) -> None:
        """Only these, in the order of the model's fields."""
        wanted = set(names)
        for place, field in enumerate(self.records.fields):
            self.setColumnHidden(place, field.name not in wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_row_height(theme.size("row"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_uid:
            self.opened.emit(self.current_uid)
        else:
            super().keyPressEvent(event)

    def _tell_row(self, current: QModelIndex) -> None:
        self.moved_to.emit(self.records.uid(current.row()) if current.isValid() else "")
