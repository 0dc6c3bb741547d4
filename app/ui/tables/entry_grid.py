"""A grid to type and paste into: one line a person, cells as in a workbook."""

from __future__ import annotations

import csv
import io
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.fields.formula_text import marked
from app.fields.kinds import Money, Number
from app.fields.spec import Field
from app.ui import theme
from app.ui.forms.grid_state import GridState
from app.ui.icons import icon
from app.ui.tables.code_delegate import CodeDelegate

Index = QModelIndex | QPersistentModelIndex
NAME = 0
"""The first column says whose line it is."""
WIDTHS = {
    "amount": 84,
    "adjustment": 92,
    "method": 76,
    "remarks": 92,
    "money": 92,
    "goods": 140,
    "goods_value": 84,
    "situation": 220,
}
NAME_WIDTH, WIDEST_NAME, OTHER_WIDTH = 128, 240, 150


class EntryGridModel(QAbstractTableModel):
    """The state as a table; writes what is typed back into it."""

    edited = Signal()

    def __init__(self, state: GridState) -> None:
        super().__init__()
        self.state = state

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.state.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1 + len(self.state.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return "姓名" if section == NAME else self.state.fields[section - 1].label

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        typed = index.isValid() and index.column() != NAME
        return flags | Qt.ItemFlag.ItemIsEditable if typed else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        uid, name = self.state.lines[index.row()]
        if index.column() == NAME:
            return name if role == Qt.ItemDataRole.DisplayRole else None
        field = self.field_at(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.state.text(uid, field.name)
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(field.kind, Money | Number):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._problem(uid, field, role)

    def _problem(self, uid: str, field: Field, role: int) -> Any:
        """A sign, a ground and a sentence for what must be mended."""
        if role not in (
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.DecorationRole,
            Qt.ItemDataRole.BackgroundRole,
        ):
            return None
        problem = self.state.problem(uid, field.name)
        if problem is None:
            return None
        looks = {
            Qt.ItemDataRole.ToolTipRole: problem.message,
            Qt.ItemDataRole.DecorationRole: icon("error", "seal"),
            Qt.ItemDataRole.BackgroundRole: theme.colour("seal_tint"),
        }
        return looks[Qt.ItemDataRole(role)]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() == NAME:
            return False
        self.state.type_in(self.state.lines[index.row()][0], self.field_at(index).name, str(value or ""))
        self.tell()
        return True

    def field_at(self, index: Index) -> Field:
        return self.state.fields[index.column() - 1]

    def renew(self) -> None:
        """After the lines have changed."""
        self.beginResetModel()
        self.endResetModel()

    def tell(self) -> None:
        """After cells have changed."""
        if self.state.lines:
            last = self.index(len(self.state.lines) - 1, len(self.state.fields))
            self.dataChanged.emit(self.index(0, 0), last)
        self.edited.emit()


class EntryGrid(QTableView):
    """Ctrl+V pastes a block, Ctrl+D fills down, Ctrl+Z takes back, Delete clears, Enter goes down."""

    edited = Signal()
    said = Signal(str)
    """What a paste did, as a sentence."""

    def __init__(self, state: GridState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("grid")
        self._model = EntryGridModel(state)
        self.setModel(self._model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self._set_columns()
        self._model.edited.connect(self.edited)

    def renew(self) -> None:
        """Shows the state's lines again, at the same place."""
        current = self.currentIndex()
        place = (current.row(), current.column())
        self._model.renew()
        self._fit_names()
        self.setCurrentIndex(self._model.index(*place))

    def tell(self) -> None:
        """Shows the state's cells again."""
        self._model.tell()

    def paste(self, block: str) -> None:
        """At the current cell; in the name column each line goes to the person it names."""
        index = self.currentIndex()
        row, column = (index.row(), index.column()) if index.isValid() else (0, 1)
        pasted = self._model.state.paste(block, row, column - 1)
        self._model.tell()
        self.said.emit(pasted.sentence)

    def go_to_problem(self) -> None:
        """To the first cell that must be mended."""
        state = self._model.state
        for row, (uid, _) in enumerate(state.lines):
            for column, field in enumerate(state.fields, 1):
                if state.problem(uid, field.name):
                    self.setCurrentIndex(self._model.index(row, column))
                    return

    def paste_clipboard(self) -> None:
        self.paste(QGuiApplication.clipboard().text())

    def fill_down(self) -> None:
        """The current cell's text for every line below it, or for the selected lines of its column."""
        index = self.currentIndex()
        if not index.isValid() or index.column() == NAME:
            return
        state = self._model.state
        name = self._model.field_at(index).name
        text = state.text(state.lines[index.row()][0], name)
        rows = {one.row() for one in self.selectedIndexes() if one.column() == index.column()}
        if len(rows) < 2:
            rows = set(range(index.row(), len(state.lines)))
        state.fill(name, text, [state.lines[row][0] for row in sorted(rows)])
        self._model.tell()

    def take_back(self) -> None:
        """Undoes the last step: a cell typed, a paste, a fill."""
        if self._model.state.undo():
            self._model.tell()

    def copy(self) -> None:
        places = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in places:
            text = self._model.index(row, column).data(Qt.ItemDataRole.DisplayRole)
            lines.setdefault(row, []).append(marked(text or ""))
        block = io.StringIO()
        csv.writer(block, delimiter="\t", lineterminator="\n").writerows(lines.values())
        QGuiApplication.clipboard().setText(block.getvalue())

    def event(self, event: QEvent) -> bool:
        """While the cursor is here, Ctrl+Z takes back a cell; the window's own 撤销 does not hear it."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_clipboard()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._go_down()
        else:
            super().keyPressEvent(event)

    def _clear(self) -> None:
        state = self._model.state
        cells = [one for one in self.selectedIndexes() if one.column() != NAME]
        state.clear((state.lines[one.row()][0], self._model.field_at(one).name) for one in cells)
        self._model.tell()

    def _go_down(self) -> None:
        index = self.currentIndex()
        if index.row() + 1 < self._model.rowCount():
            self.setCurrentIndex(index.siblingAtRow(index.row() + 1))

    def _fit_names(self) -> None:
        """A long name with what tells it apart is not cut, or two of one name could be mixed up."""
        wanted = self.sizeHintForColumn(NAME) + 8
        self.setColumnWidth(NAME, max(NAME_WIDTH, min(wanted, WIDEST_NAME)))

    def _set_columns(self) -> None:
        self._fit_names()
        for place, field in enumerate(self._model.state.fields, 1):
            self.setColumnWidth(place, WIDTHS.get(field.name, OTHER_WIDTH))
            if (delegate := CodeDelegate.for_kind(field.kind, self)) is not None:
                self.setItemDelegateForColumn(place, delegate)
        self.horizontalHeader().setStretchLastSection(True)
