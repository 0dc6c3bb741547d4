"""Groups of conditions with how many each holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

KEY_ROLE = Qt.ItemDataRole.UserRole
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
Condition = tuple[str, str]
"""(group key, choice key)."""


@dataclass(frozen=True)
class Choice:
    key: str
    word: str
    count: int | None = None


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    choices: Sequence[Choice]


class FilterTree(QTreeWidget):
    """Marks what is chosen and tells what is pressed; `show_groups` keeps what is chosen and open."""

    pressed_condition = Signal(object)
    """A Condition; the heads fold and unfold by themselves."""

    def __init__(self, row_height: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.setIndentation(12)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_Counted(row_height, self))
        self._chosen: list[Condition] = []
        self._folded: set[str] = set()
        self.itemClicked.connect(self._press)
        self.itemActivated.connect(self._press)
        self.itemCollapsed.connect(lambda item: self._folded.add(item.data(0, KEY_ROLE)[0]))
        self.itemExpanded.connect(lambda item: self._folded.discard(item.data(0, KEY_ROLE)[0]))

    def show_groups(self, groups: Iterable[Group]) -> None:
        where = self.verticalScrollBar().value()
        folded = set(self._folded)
        self.clear()
        for group in groups:
            head = _item((group.key, ""), group.title, None)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            self.addTopLevelItem(head)
            head.addChildren(
                [_item((group.key, choice.key), choice.word, choice.count) for choice in group.choices]
            )
            head.setExpanded(group.key not in folded)
        self._folded = folded
        self._paint_choices()
        self.verticalScrollBar().setValue(where)

    def choose(self, conditions: Iterable[Condition]) -> None:
        self._chosen = list(conditions)
        self._paint_choices()

    def _press(self, item: QTreeWidgetItem) -> None:
        if item.parent() is None:
            item.setExpanded(not item.isExpanded())
        else:
            self.pressed_condition.emit(item.data(0, KEY_ROLE))

    def _heads(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [head for head in found if head]

    def _items(self) -> list[QTreeWidgetItem]:
        found = [head.child(place) for head in self._heads() for place in range(head.childCount())]
        return [item for item in found if item]

    def _paint_choices(self) -> None:
        for item in self._items():
            on = item.data(0, KEY_ROLE) in self._chosen
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.viewport().update()


def _item(key: Condition, word: str, count: int | None) -> QTreeWidgetItem:
    item = QTreeWidgetItem([word])
    item.setData(0, KEY_ROLE, key)
    item.setData(0, COUNT_ROLE, count)
    item.setToolTip(0, word if count is None else f"{word}：{count}")
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


class _Counted(QStyledItemDelegate):
    """The word at the left, the count at the right, chosen ones on the accent's tint with a bar."""

    def __init__(self, row_height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._height = row_height

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or option.font)
        _paint_ground(painter, option, chosen=_is_chosen(index))
        inner = option.rect.adjusted(8, 0, -8, 0)
        count = index.data(COUNT_ROLE)
        figure = "" if count is None else str(count)
        quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(quiet)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        room = inner.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(figure) - 8, 0)
        word = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(quiet if count == 0 else option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
        painter.restore()


def _is_chosen(index: QModelIndex | QPersistentModelIndex) -> bool:
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole) or 0) == Qt.CheckState.Checked


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, chosen: bool) -> None:
    rect: QRect = option.rect
    accent = option.palette.color(QPalette.ColorRole.Accent)
    if chosen:
        painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Highlight))
        painter.fillRect(QRect(rect.left(), rect.top() + 6, 3, rect.height() - 12), accent)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Midlight))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(accent)
        painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)
