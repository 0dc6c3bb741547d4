"""The cells of the platform's form one under the other, each with a tick and what goes into it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from app.fields.masking import covered
from app.services.platform_typing import CellLine
from app.ui import theme

NAME_WIDTH = 150


class CellList(QTreeWidget):
    chosen = Signal(int)
    ticked = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setColumnWidth(0, theme.scaled(NAME_WIDTH))
        self.itemClicked.connect(self._choose)
        self.itemChanged.connect(self._tick)

    def show_lines(self, lines: Sequence[CellLine], at: int) -> None:
        before = self.blockSignals(True)
        self.clear()
        for line in lines:
            self.addTopLevelItem(_item(line))
        self.blockSignals(before)
        if current := self.topLevelItem(at):
            self.setCurrentItem(current)
            self.scrollToItem(current, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(self.indexOfTopLevelItem(item))

    def _tick(self, item: QTreeWidgetItem) -> None:
        on = item.checkState(0) == Qt.CheckState.Checked
        self.ticked.emit(self.indexOfTopLevelItem(item), on)


def _item(line: CellLine) -> QTreeWidgetItem:
    text = covered(line.text)
    shown = f"！{text or '（现在空着）'}" if line.state == "changed" else text
    item = QTreeWidgetItem([line.cell.name, shown])
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(0, Qt.CheckState.Checked if line.state == "same" else Qt.CheckState.Unchecked)
    hint = _hint(line)
    for column in (0, 1):
        item.setToolTip(column, hint)
    if line.state == "changed":
        item.setForeground(1, theme.colour("dusk"))
    elif line.state == "same":
        item.setForeground(1, theme.colour("quiet"))
    return item


def _hint(line: CellLine) -> str:
    if line.typed is None:
        return "还没有录"
    when = f"{line.typed_by} {line.typed_at[:16].replace('T', ' ')} 录入"
    return f"{when}：{covered(line.typed) or '（空）'}" if line.state == "changed" else when
