"""A list of records on the screen: selection by uid, the row the user is on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.services.rows import Row
from app.ui import theme
from app.ui.tables.record_table import RecordTableModel
from app.ui.widgets.frozen_table import FrozenTable
from app.ui.widgets.secret_edit import COPY, SHOW, SHOWN_FOR, asks_for_number


class _EndInSight(QStyledItemDelegate):
    """In a narrow column the end of a number stays, which is what it is told by."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class RecordTable(FrozenTable):
    """Shows a RecordTableModel. Who is selected stays selected when rows are sorted, filtered or read again."""

    moved_to = Signal(str)
    """The user is on another row: its uid, '' for none."""
    opened = Signal(str)
    """Enter or a double click on a row."""
    selected = Signal()
    show_wanted = Signal(str, str)
    copy_wanted = Signal(str, str)
    """A whole number is wanted: the row's uid and the field's name."""

    def __init__(
        self, model: RecordTableModel, parent: QWidget | None = None, shown_for: int = SHOWN_FOR
    ) -> None:
        super().__init__(parent, theme.size("row"))
        self.records = model
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(shown_for)
        self._clock.timeout.connect(model.cover)
        for column, field in enumerate(model.fields):
            if field.kind.secret:
                self.setItemDelegateForColumn(column, _EndInSight(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
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

    def reveal(self, uid: str, name: str) -> None:
        """Shows a whole number for a while, after that was allowed."""
        self.records.reveal(uid, name)
        self._clock.start()

    def menu(self, row: int, column: int) -> QMenu | None:
        """What can be done with the number in this cell; None where there is none."""
        if not self.records.is_secret(row, column):
            return None
        about = self.records.uid(row), self.records.fields[column].name
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(SHOW, lambda: self.show_wanted.emit(*about))
        menu.addAction(COPY, lambda: self.copy_wanted.emit(*about))
        return menu

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
        elif asks_for_number(event):
            self._ask_for_row()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.records.cover()

    def _ask_for_row(self) -> None:
        """Every number in sight of the row the user is on."""
        row = self.currentIndex().row()
        for column, field in enumerate(self.records.fields):
            if row >= 0 and not self.isColumnHidden(column) and self.records.is_secret(row, column):
                self.show_wanted.emit(self.records.uid(row), field.name)

    def _open_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid() and (menu := self.menu(index.row(), index.column())):
            menu.popup(self.viewport().mapToGlobal(point))

    def _tell_row(self, current: QModelIndex) -> None:
        self.moved_to.emit(self.records.uid(current.row()) if current.isValid() else "")
