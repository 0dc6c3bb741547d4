"""The papers one below the other: icon, name, and a quiet word on what it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui import icons, theme
from app.ui.papers.kinds import PaperKind

KEY_ROLE = Qt.ItemDataRole.UserRole
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
ICON, SPACE = 20, 12


class KindList(QListWidget):
    chosen = Signal(str)
    """The key, when the user chooses."""

    def __init__(self, kinds: Sequence[PaperKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper_kinds")
        self.setAccessibleName("可以做的表格与台账")
        self.setItemDelegate(_TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in kinds:
            item = QListWidgetItem(icons.icon(kind.icon), kind.title, self)
            item.setData(KEY_ROLE, kind.key)
            item.setData(NOTE_ROLE, kind.note)
            item.setToolTip(kind.note)
        self._keys = [kind.key for kind in kinds]
        self.setCurrentRow(0)
        self.currentRowChanged.connect(lambda row: self.chosen.emit(self._keys[row]))

    def choose(self, key: str) -> None:
        """Without telling."""
        self.blockSignals(True)
        self.setCurrentRow(self._keys.index(key))
        self.blockSignals(False)


class _TwoLines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.size("text") + theme.size("small") + 30)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._paint_ground(painter, option, chosen)
        place = option.rect.adjusted(SPACE, 0, -SPACE // 2, 0)
        _paint_icon(painter, option, place, chosen)
        words = place.adjusted(ICON + SPACE, 8, 0, -8)
        font = option.font
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(theme.colour("leaf" if chosen else "ink"))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, option.text)
        font.setBold(False)
        font.setPixelSize(theme.size("small"))
        painter.setFont(font)
        painter.setPen(theme.colour("quiet"))
        note = painter.fontMetrics().elidedText(
            index.data(NOTE_ROLE), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, note)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, chosen: bool) -> None:
        under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or under:
            role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Midlight
            painter.fillRect(option.rect, option.palette.color(role))
        if chosen:
            edge = QRect(option.rect.topLeft(), QSize(3, option.rect.height()))
            painter.fillRect(edge, theme.colour("leaf"))


def _paint_icon(painter: QPainter, option: QStyleOptionViewItem, place: QRect, chosen: bool) -> None:
    square = QRect(place.left(), place.top() + (place.height() - ICON) // 2, ICON, ICON)
    option.icon.paint(painter, square, state=option.icon.State.On if chosen else option.icon.State.Off)
