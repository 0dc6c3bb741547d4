"""A table whose first columns stay where they are while the others scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


class FrozenTable(QTableView):
    """Rows are selected whole; `freeze(n)` holds the first n columns; `freeze(0)` lets them go."""

    def __init__(self, parent: QWidget | None = None, row_height: int = 32) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self._frozen = 0
        self._still = QTableView(self)
        for view in (self, self._still):
            self._set_up(view)
        self.setSortingEnabled(True)
        self._set_up_still()
        self.horizontalHeader().sectionResized.connect(self._follow_width)
        self.horizontalHeader().sortIndicatorChanged.connect(self._follow_order)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._still.setModel(model)
        self._still.setSelectionModel(self.selectionModel())
        self.freeze(self._frozen)

    def set_row_height(self, pixels: int) -> None:
        self._row_height = pixels
        for view in self.findChildren(QTableView, options=Qt.FindChildOption.FindDirectChildrenOnly):
            view.verticalHeader().setDefaultSectionSize(pixels)
        self.verticalHeader().setDefaultSectionSize(pixels)

    def setColumnHidden(self, column: int, hide: bool) -> None:
        super().setColumnHidden(column, hide)
        self._show_still()

    @property
    def frozen(self) -> int:
        return self._frozen

    def freeze(self, columns: int) -> None:
        self._frozen = columns
        self._show_still()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_still()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A frozen column is always in sight; the others must not end up behind it."""
        if index.column() >= self._frozen:
            super().scrollTo(index, hint)
            hidden = self._still_width() - self.visualRect(index).left()
            if self._frozen and hidden > 0:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() - hidden)
        else:
            bar = self.horizontalScrollBar()
            where = bar.value()
            super().scrollTo(index, hint)
            bar.setValue(where)

    def _set_up(self, view: QTableView) -> None:
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)  # Tab leaves the list; the arrows go about in it
        view.setShowGrid(False)
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.horizontalHeader().setSortIndicatorShown(True)
        view.horizontalHeader().setSectionsClickable(True)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.verticalHeader().setVisible(False)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(self._row_height)

    def _set_up_still(self) -> None:
        still = self._still
        still.setFocusProxy(self)
        still.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        still.setObjectName("frozen")
        still.setStyleSheet(
            "QTableView#frozen { border: 0; border-right: 1px solid palette(mid); border-radius: 0; }"
        )
        still.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        still.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        still.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        still.customContextMenuRequested.connect(self._ask_menu)
        still.clicked.connect(self.clicked)
        still.doubleClicked.connect(self.doubleClicked)
        still.activated.connect(self.activated)
        still.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(still.verticalScrollBar().setValue)
        still.horizontalHeader().sectionResized.connect(lambda column, _, new: self._widen(column, new))
        still.horizontalHeader().sectionClicked.connect(self._sort_by)
        still.hide()

    def _ask_menu(self, point: QPoint) -> None:
        self.customContextMenuRequested.emit(self.viewport().mapFrom(self._still.viewport(), point))

    def _sort_by(self, column: int) -> None:
        header = self.horizontalHeader()
        again = header.sortIndicatorSection() == column
        up = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        down = Qt.SortOrder.DescendingOrder
        self.sortByColumn(column, down if again and up else Qt.SortOrder.AscendingOrder)

    def _follow_order(self, column: int, order: Qt.SortOrder) -> None:
        self._still.horizontalHeader().setSortIndicator(column, order)

    def _widen(self, column: int, pixels: int) -> None:
        if column < self._frozen and pixels != self.columnWidth(column):
            self.setColumnWidth(column, pixels)

    def _follow_width(self, column: int, _old: int, new: int) -> None:
        if column < self._frozen and self._still.columnWidth(column) != new:
            self._still.setColumnWidth(column, new)
        self._place_still()

    def _show_still(self) -> None:
        if self.model() is None:
            return
        for column in range(self.model().columnCount()):
            width = self.columnWidth(column)  # a column that comes back brings Qt's own width first
            self._still.setColumnHidden(column, column >= self._frozen or self.isColumnHidden(column))
            if column < self._frozen:
                self._still.setColumnWidth(column, width)
        self._still.setVisible(self._frozen > 0)
        self._place_still()

    def _still_width(self) -> int:
        return sum(self.columnWidth(column) for column in range(self._frozen))

    def _place_still(self) -> None:
        frame = self.frameWidth()
        header = self.horizontalHeader().height()
        self._still.horizontalHeader().setFixedHeight(header)
        self._still.setGeometry(frame, frame, self._still_width(), header + self.viewport().height())
