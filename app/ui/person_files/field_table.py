"""The fields of a file beside ours: a tick takes the file's; space ticks, Enter goes to the next line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.services.person_compare import FieldLine
from app.ui import theme

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("用", "项目", "文件里的", "我们现有的", "说明")
WIDTHS = (44, 150, 300, 300)
TICK, LABEL, READ, KEPT, NOTE = range(5)
STATES = {"fill": "我们空着", "differs": "不一样", "same": "一样", "unread": "读不懂，不能用"}
TONES = {"fill": "leaf", "differs": "dusk", "unread": "error"}


class FieldModel(QAbstractTableModel):
    def __init__(self, shown: Callable[[str], str]) -> None:
        super().__init__()
        self._shown = shown
        self.lines: Sequence[FieldLine] = []
        self.ticked: set[str] = set()

    def show(self, lines: Sequence[FieldLine], ticked: set[str]) -> None:
        self.beginResetModel()
        self.lines, self.ticked = lines, ticked
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TICK and line.can_be_taken:
            is_taken = line.name in self.ticked
            return Qt.CheckState.Checked if is_taken else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(line)[column] or None
        if role == Qt.ItemDataRole.ToolTipRole:
            said = self._shown(line.said)
            return f"文件里原样写着：{said}" if column == READ and said else self._texts(line)[column] or None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(line, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can = index.column() == TICK and self.lines[index.row()].can_be_taken
        return usual | Qt.ItemFlag.ItemIsUserCheckable if can else usual

    def renew(self) -> None:
        if self.lines:
            last = self.index(len(self.lines) - 1, len(HEADINGS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _texts(self, line: FieldLine) -> tuple[str, ...]:
        note = "；".join(filter(None, (STATES[line.state], self._shown(line.note))))
        return "", line.label, self._shown(line.read or line.said), self._shown(line.kept), note

    def _colour(self, line: FieldLine, column: int) -> Any:
        if line.state == "same":
            return theme.colour("quiet")
        return theme.colour(TONES[line.state]) if column == NOTE else None


class FieldTable(QTableView):
    """Tells when a line is ticked or unticked, by the name of its field."""

    toggled = Signal(str)
    past_the_last = Signal()
    """Enter on the last line."""

    def __init__(self, shown: Callable[[str], str]) -> None:
        super().__init__()
        self.fields = FieldModel(shown)
        self.setModel(self.fields)
        self.setAccessibleName("文件里的和我们现有的")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, theme.scaled(width))
        self.clicked.connect(self._take_click)

    def show_lines(self, lines: Sequence[FieldLine], ticked: set[str]) -> None:
        self.fields.show(lines, ticked)
        if lines:
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        row = self.currentIndex().row() + 1
        if row < len(self.fields.lines) and self.fields.lines[row].state != "same":
            self.selectRow(row)
        else:
            self.past_the_last.emit()

    def _take_click(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            self._toggle(index.row())

    def _toggle(self, row: int) -> None:
        if 0 <= row < len(self.fields.lines) and self.fields.lines[row].can_be_taken:
            self.toggled.emit(self.fields.lines[row].name)
            self.fields.renew()
