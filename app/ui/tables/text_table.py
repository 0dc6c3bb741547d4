"""A list of texts to read: nothing is edited, nothing sorted, each line has a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.ui import theme
from app.ui.widgets.secret_edit import ASK, SHOW, asks_for_number

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """`tones` are theme colours by column."""

    key: Any
    texts: Sequence[str]
    tones: Mapping[int, str] = field(default_factory=dict)


class MadeLines(Sequence[Line]):
    """Lines that are made when they are looked at; making ten thousand at once would be felt."""

    def __init__(self, sources: Sequence[Any], make: Callable[[Any], Line]) -> None:
        self._sources = sources
        self._make = lru_cache(maxsize=4096)(lambda place: make(sources[place]))

    def __len__(self) -> int:
        return len(self._sources)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        if isinstance(place, slice):
            return [self._make(each) for each in range(len(self))[place]]
        return self._make(range(len(self))[place])


class TextTableModel(QAbstractTableModel):
    def __init__(self, headings: Sequence[str], hides: Callable[[Any], bool]) -> None:
        super().__init__()
        self._headings = list(headings)
        self._hides = hides
        self.lines: Sequence[Line] = []

    def show(self, lines: Sequence[Line], headings: Sequence[str] | None = None) -> None:
        self.beginResetModel()
        self.lines = lines
        if headings is not None:
            self._headings = list(headings)
        self.endResetModel()

    def replace(self, lines: Sequence[Line]) -> None:
        """As many lines as before, so that the user stays where he is."""
        self.lines = lines
        self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self._headings) - 1))

    def add(self, lines: Sequence[Line]) -> None:
        """More of them, below."""
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines = [*self.lines, *lines]
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[index.column()] or None
        if role == Qt.ItemDataRole.ToolTipRole:
            told = (line.texts[index.column()], ASK if self._hides(line.key) else "")
            return "\n".join(filter(None, told)) or None
        if role == Qt.ItemDataRole.ForegroundRole and index.column() in line.tones:
            return theme.colour(line.tones[index.column()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None


class TextTable(QTableView):
    """Its last column takes what room is left."""

    moved_to = Signal(object)
    """The key of the line the user is on; None when there is none."""
    opened = Signal(object)
    show_wanted = Signal(object)
    """The whole numbers of a line are wanted."""

    def __init__(
        self,
        headings: Sequence[str],
        widths: Sequence[int] = (),
        hides: Callable[[Any], bool] = lambda _key: False,
        parent: QWidget | None = None,
    ) -> None:
        """`widths` are in pixels at the middle size of letters.

        `hides`: whether the line of this key has numbers that can be asked for.
        """
        super().__init__(parent)
        self._hides = hides
        self.texts = TextTableModel(headings, hides)
        self._widths = list(widths)
        self.setModel(self.texts)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_widths()
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.texts.lines[index.row()].key))

    def show_lines(
        self,
        lines: Sequence[Line],
        headings: Sequence[str] | None = None,
        widths: Sequence[int] | None = None,
    ) -> None:
        self.texts.show(lines, headings)
        if widths is not None:
            self._widths = list(widths)
        self._set_widths()
        if lines:
            self.selectRow(0)

    def go_to(self, place: int) -> None:
        self.selectRow(place)
        self.scrollTo(self.texts.index(place, 0))

    @property
    def place(self) -> int:
        """The line the user is on, -1 when there is none."""
        return self.currentIndex().row()

    @property
    def key(self) -> Any:
        return self.texts.lines[self.place].key if 0 <= self.place < len(self.texts.lines) else None

    def menu(self, place: int) -> QMenu | None:
        """None for a line that hides nothing."""
        key = self.texts.lines[place].key
        if not self._hides(key):
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(SHOW, lambda: self.show_wanted.emit(key))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid() and (menu := self.menu(index.row())):
            menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asks_for_number(event) and self.key is not None and self._hides(self.key):
            self.show_wanted.emit(self.key)
        else:
            super().keyPressEvent(event)

    def _set_widths(self) -> None:
        for column, width in enumerate(self._widths[: self.texts.columnCount()]):
            self.setColumnWidth(column, theme.scaled(width))

    def _tell(self, _current: QModelIndex) -> None:
        self.moved_to.emit(self.key)
