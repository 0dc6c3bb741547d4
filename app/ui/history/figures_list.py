"""Figures in groups, one below the other; a press shows the names behind one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem

from app.services.as_of import Figure

FIGURE = Qt.ItemDataRole.UserRole


class FiguresList(QTreeWidget):
    chosen = Signal(object)
    """Carries the Figure."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("figures")
        self.setAccessibleName("统计")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(12)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda item, _: self._tell(item))

    def show_figures(self, figures: Iterable[Figure]) -> None:
        before = self.blockSignals(True)
        self.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        bold = self.font()
        bold.setBold(True)
        for figure in figures:
            if figure.group not in groups:
                groups[figure.group] = QTreeWidgetItem(self, [figure.group])
                groups[figure.group].setFlags(Qt.ItemFlag.ItemIsEnabled)
                groups[figure.group].setFirstColumnSpanned(True)
                groups[figure.group].setFont(0, bold)
            item = QTreeWidgetItem(groups[figure.group], [figure.label, str(len(figure.uids))])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, FIGURE, figure)
        self.expandAll()
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)
        self.blockSignals(before)

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        figure = item.data(0, FIGURE) if item else None
        if figure is not None:
            self.chosen.emit(figure)
