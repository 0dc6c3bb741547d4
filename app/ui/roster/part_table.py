"""A small table to edit one part of a file in its place: family, résumé, contacts …"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.fields.kinds import Code, YesNo
from app.fields.spec import Field, Problem
from app.ui import theme
from app.ui.forms.part_state import PartState
from app.ui.icons import icon
from app.ui.roster.choice_delegate import ChoiceDelegate
from app.ui.widgets.buttons import push_button, tool_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

Index = QModelIndex | QPersistentModelIndex
TOKENS = {"E": ("error", "seal"), "W": ("warning", "dusk"), "I": ("info", "leaf")}
STEPS = {
    QAbstractItemDelegate.EndEditHint.SubmitModelCache: 1,
    QAbstractItemDelegate.EndEditHint.EditNextItem: 1,
    QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
}
SHARES: Mapping[str, int] = {
    "text": 4, "work": 3, "result": 3, "evidence": 3, "reason": 3, "hospital": 2, "unit": 2, "phone": 2,
}  # fmt: skip
"""Width of a column beside the others; 1 where nothing is said. Dates and codes keep to their own width."""


class PartModel(QAbstractTableModel):
    """The state as a table; what is typed goes into the state."""

    edited = Signal()

    def __init__(self, state: PartState) -> None:
        super().__init__()
        self.state = state

    def show(self, state: PartState) -> None:
        self.beginResetModel()
        self.state = state
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.state)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.state.record.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self.field(section).label if role == Qt.ItemDataRole.DisplayRole else None

    def field(self, column: int) -> Field:
        return self.state.record.fields[column]

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name = self.field(index.column()).name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.state.text(index.row(), name)
        if role not in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DecorationRole):
            return None
        problem = self.state.problem(index.row(), name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return problem.message if problem else self.state.text(index.row(), name) or None
        return icon(*TOKENS[problem.severity]) if problem else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = self.field(index.column()).name
        if role != Qt.ItemDataRole.EditRole or str(value or "") == self.state.text(index.row(), name):
            return False
        self.state.type_in(index.row(), name, str(value or ""))
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def add(self) -> int:
        end = len(self.state)
        self.beginInsertRows(QModelIndex(), end, end)
        self.state.add()
        self.endInsertRows()
        return end

    def remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        self.state.remove(row)
        self.endRemoveRows()
        self.edited.emit()

    def move(self, row: int, by: int) -> int:
        self.layoutAboutToBeChanged.emit()
        to = self.state.move(row, by)
        self.layoutChanged.emit()
        self.edited.emit()
        return to


class PartGrid(QTableView):
    """As high as its rows, so that the form around it scrolls as one. Enter goes to the next cell."""

    left = Signal(int)
    """The cursor wants to leave the table: 1 forwards, -1 back."""

    def __init__(self, model: PartModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.clicked.connect(self.edit)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(56)
        for column, field in enumerate(model.state.record.fields):
            if isinstance(field.kind, Code | YesNo):
                self.setItemDelegateForColumn(column, ChoiceDelegate(field.kind, self))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._fit_height)
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.state() != QAbstractItemView.State.EditingState:  # an editor passes its Enter on to us
            self.go_on(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter and Tab go on to the next cell, Shift+Tab back."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if by := STEPS.get(hint):
            self.go_on(by)

    def go_on(self, by: int) -> None:
        """To the next cell, over the end of a row to the next one, and out at the end of the table."""
        columns, rows = self.model().columnCount(), self.model().rowCount()
        index = self.currentIndex()
        place = index.row() * columns + index.column() + by if index.isValid() else 0
        if 0 <= place < rows * columns:
            self.edit_at(*divmod(place, columns))
        else:
            self.left.emit(by)

    def edit_at(self, row: int, column: int = 0) -> None:
        index = self.model().index(row, column)
        self.setFocus()
        self.setCurrentIndex(index)
        self.edit(index)

    def settle(self) -> None:
        """Takes what stands in the cell that is being typed in."""
        if self.state() == QAbstractItemView.State.EditingState:
            direct = Qt.FindChildOption.FindDirectChildrenOnly
            for editor in self.viewport().findChildren(QWidget, options=direct):
                if not editor.isHidden():
                    self.commitData(editor)
                    self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _fit_height(self) -> None:
        rows = self.model().rowCount()
        header = max(self.horizontalHeader().sizeHint().height(), theme.size("row"))
        self.setFixedHeight(
            header + rows * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth() + 2
        )
        self.setVisible(rows > 0)

    def _fit_widths(self) -> None:
        model = self.model()
        assert isinstance(model, PartModel)
        fields = model.state.record.fields
        shares = [SHARES.get(field.name, 1) for field in fields]
        least = [max(72, self.fontMetrics().horizontalAdvance(field.label) + 24) for field in fields]
        spare = max(0, self.viewport().width() - sum(least))
        for column, (width, share) in enumerate(zip(least, shares, strict=True)):
            self.setColumnWidth(column, width + spare * share // sum(shares))


class PartTable(QWidget):
    """The heading, the table, what is wrong in it, and the buttons below."""

    edited = Signal()
    left = Signal(int)

    def __init__(self, name: str, state: PartState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._model = PartModel(state)
        self.add_button = push_button("添一行", self.add, "quiet", icon("add"))
        self._up = _button("chevron_up", "上移一行", lambda: self._move(-1))
        self._down = _button("chevron_down", "下移一行", lambda: self._move(1))
        self.remove_button = _button("trash", "删去这一行", self._remove)
        self.grid = PartGrid(self._model)
        self.grid.setAccessibleName(state.record.title)
        self._nothing = label("还没有。", "quiet")
        self._problems = label("", wrap=True)
        self._lay_out(state.record.title)
        self._connect()
        self._renew()

    def _lay_out(self, title: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(label(title, "section"))
        head.addStretch(1)
        for button in (self._up, self._down, self.remove_button, self.add_button):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        for widget in (self.grid, self._nothing, self._problems):
            column.addWidget(widget)

    def _connect(self) -> None:
        self._model.edited.connect(self._on_edit)
        self._model.rowsInserted.connect(self._renew)
        self._model.rowsRemoved.connect(self._renew)
        self.grid.selectionModel().currentChanged.connect(self._renew)
        self.grid.left.connect(self._leave)

    def show_state(self, state: PartState) -> None:
        self._model.show(state)
        self._renew()

    def begin(self) -> None:
        """The cursor into the first cell; an empty table gets its first row."""
        if len(self._model.state):
            self.grid.edit_at(0)
        else:
            self.add()

    def add(self) -> None:
        if not self._model.state.full:
            self.grid.edit_at(self._model.add())

    def settle(self) -> None:
        """Takes what stands in an open cell."""
        self.grid.settle()

    def _leave(self, by: int) -> None:
        """Enter on the last cell opens a new row, unless the last row is still empty."""
        state = self._model.state
        if by > 0 and not state.full and len(state.rows) == len(state):
            self.add()
        else:
            self.left.emit(by)

    def _remove(self) -> None:
        row = self.grid.currentIndex().row()
        if row >= 0:
            self._model.remove(row)

    def _move(self, by: int) -> None:
        index = self.grid.currentIndex()
        if index.isValid():
            self.grid.setCurrentIndex(self._model.index(self._model.move(index.row(), by), index.column()))

    def _on_edit(self) -> None:
        self._renew()
        self.edited.emit()

    def _renew(self) -> None:
        state, here = self._model.state, self.grid.currentIndex().isValid()
        self._nothing.setVisible(not len(state))
        self.add_button.setEnabled(not state.full)
        self.add_button.setToolTip(f"最多 {state.most} 行" if state.full else "")
        for button in (self._up, self._down, self.remove_button):
            button.setVisible(len(state) > 0)
            button.setEnabled(here)
        problems = state.problems
        self._problems.setText("\n".join(_sentence(problem) for problem in problems))
        set_look(self._problems, look="error" if any(one.severity == "E" for one in problems) else "warning")
        self._problems.setVisible(bool(problems))


def _button(name: str, words: str, act: Callable[[], object]) -> QToolButton:
    button = tool_button(icon(name), words, act)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _sentence(problem: Problem) -> str:
    return f"{'错误' if problem.severity == 'E' else '请核对'}：{problem.message}"
