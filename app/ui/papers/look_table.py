"""The beginning of a list as it will stand in the workbook, but for the long numbers: the screen has their ends."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.fields.masking import covered
from app.services.paper import Look
from app.ui import theme
from app.ui.widgets.words import label

Index = QModelIndex | QPersistentModelIndex
WIDEST, SAMPLE = 260, 60


class LookTable(QWidget):
    """`show_look` also says how much there is in all."""

    def __init__(self) -> None:
        super().__init__()
        self._model = _LookModel()
        self.said = label("", "quiet", wrap=True)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def show_look(self, look: Look, said: str) -> None:
        shown = len(look.rows)
        more = f"，下面是前 {shown} 行" if shown < look.count else ""
        self.said.setText(f"{said}{more}")
        self._model.show(look)
        self.table.setVisible(bool(look.rows))
        self._set_widths(look)

    def _set_widths(self, look: Look) -> None:
        measure = self.table.fontMetrics().horizontalAdvance
        for place, title in enumerate(look.columns):
            texts = [title, *(row[place].split("\n")[0] for row in look.rows[:SAMPLE])]
            self.table.setColumnWidth(place, min(max(map(measure, texts)) + 24, WIDEST))


class _LookModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._look = Look((), (), 0)

    def show(self, look: Look) -> None:
        self.beginResetModel()
        self._look = look
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._look.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._look.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = covered(self._look.rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return text.replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.columns[section]
        return None
