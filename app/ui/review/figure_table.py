"""A table of figures, each of which opens the names behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from app.services.collection_progress import Figure, Place
from app.ui.tables.text_table import Line, TextTable

FIGURES: Sequence[tuple[Figure, str]] = (
    ("people", "人数"),
    ("new", "未核"),
    ("checked", "已核"),
    ("approved", "已审"),
    ("reported", "已报"),
    ("returned", "待更正"),
    ("idle", "还没开始"),
)
PERCENT = "平均完整度"
NOTHING = "–"
MARGIN = 28
TONES = {"returned": "seal", "idle": "dusk"}


class FigureTable(TextTable):
    """The last line is the sum; its key is None."""

    names_wanted = Signal(object, str)
    """(key of the line, figure): a figure was pressed, or Enter on it."""

    def __init__(self) -> None:
        super().__init__(("", *(word for _, word in FIGURES), PERCENT))
        self.setObjectName("progress")
        self.setAccessibleName("采集进度")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._press)

    def show_places(self, by: str, places: Sequence[Place], whole: Place) -> None:
        before = self.currentIndex()
        headings = (by, *(word for _, word in FIGURES), PERCENT)
        self.show_lines([*(_line(each.name, each) for each in places), _line(None, whole)], headings)
        widths = [self.fontMetrics().horizontalAdvance(word) + MARGIN for word in headings]
        for column, width in enumerate(widths[1:], start=1):
            self.setColumnWidth(column, max(width, 72))
        row = before.row() if 0 <= before.row() <= len(places) else 0
        self.setCurrentIndex(self.texts.index(row, max(0, before.column())))

    def figure_at(self, index: QModelIndex) -> Figure | None:
        """None for the name, the percent, and where there is nobody."""
        place = index.column() - 1
        if not 0 <= place < len(FIGURES) or index.data() == NOTHING:
            return None
        return FIGURES[place][0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        figure = self.figure_at(self.indexAt(event.position().toPoint()))
        hand = Qt.CursorShape.PointingHandCursor if figure else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand)
        super().mouseMoveEvent(event)

    def _press(self, index: QModelIndex) -> None:
        if index.isValid() and (figure := self.figure_at(index)):
            self.names_wanted.emit(self.texts.lines[index.row()].key, figure)


def _line(key: str | None, place: Place) -> Line:
    counts = [len(place.of(figure)) for figure, _ in FIGURES]
    texts = [place.name, *(str(count) if count else NOTHING for count in counts), f"{place.percent}%"]
    tones = {
        column: TONES.get(figure, "leaf") if count else "quiet"
        for column, ((figure, _), count) in enumerate(zip(FIGURES, counts, strict=True), start=1)
    }
    return Line(key, texts, tones)
