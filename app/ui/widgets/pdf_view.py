"""Real pages of a PDF, one below the other; they are drawn off the window's thread and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from itertools import accumulate
from typing import Literal

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, QThreadPool, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.ui.pdf_document import PdfDocument

Fit = Literal["width", "page", ""]
DOTS_PER_POINT = 96 / 72
GAP, MARGIN = 12, 16
SMALLEST, LARGEST, STEP = 0.25, 4.0, 1.25
MOST_KEPT = 96 << 20
"""Bytes of pictures; a page of A4 at 100 % takes 3.5 MB."""


class PdfView(QAbstractScrollArea):
    """`show_document` brings the pages; `page` counts from 0."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: PdfDocument | None = None
        self._pictures = _Pictures()
        self._zoom = 1.0
        self._fit: Fit = "width"
        self._fit_most = LARGEST
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("打印预览")
        self.verticalScrollBar().valueChanged.connect(self._note_page)
        self._pictures.arrived.connect(self._refine)

    def show_document(self, document: PdfDocument | None) -> None:
        """From its first page, in the zoom that was chosen."""
        self._document = document
        self._pictures.forget(document)
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.page_changed.emit(0)
        self.viewport().update()

    @property
    def document(self) -> PdfDocument | None:
        return self._document

    @property
    def page(self) -> int:
        return self._page

    @property
    def pages(self) -> int:
        return len(self._document) if self._document else 0

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def fit(self) -> Fit:
        return self._fit

    def set_fit(self, fit: Fit, most: float = LARGEST) -> None:
        """Keeps the whole width or the whole page in sight while the window changes its size.

        A page is not made larger than `most` for it.
        """

        def change() -> None:
            self._fit, self._fit_most = fit, most

        self._keeping_place(change)

    def set_zoom(self, zoom: float) -> None:
        def change() -> None:
            self._fit, self._zoom = "", min(max(zoom, SMALLEST), LARGEST)

        self._keeping_place(change)

    def zoom_in(self) -> None:
        self.set_zoom(self._zoom * STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self._zoom / STEP)

    def go_to(self, page: int) -> None:
        if self._document:
            page = min(max(page, 0), self.pages - 1)
            self.verticalScrollBar().setValue(round(self._tops()[page]) - GAP)
            self._tell_page(page)

    def page_rect(self, page: int) -> QRectF:
        """Where the page stands in the viewport."""
        size = self._shown_size(page)
        width = max(self.viewport().width(), self._widest() + 2 * MARGIN)
        x = (width - size.width()) / 2 - self.horizontalScrollBar().value()
        return QRectF(
            round(x), self._tops()[page] - self.verticalScrollBar().value(), size.width(), size.height()
        )

    def picture_is_sharp(self, page: int) -> bool:
        return self._pictures.kept(page, self._dots()) is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keeping_place(lambda: None)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Midlight))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for page in self._visible():
                self._paint_page(painter, page)
        self._refine()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._key_act(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
        else:
            super().wheelEvent(event)

    def _key_act(self, event: QKeyEvent) -> Callable[[], None] | None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return {
                Qt.Key.Key_Plus: self.zoom_in,
                Qt.Key.Key_Equal: self.zoom_in,
                Qt.Key.Key_Minus: self.zoom_out,
                Qt.Key.Key_0: lambda: self.set_fit("width"),
                Qt.Key.Key_9: lambda: self.set_fit("page"),
            }.get(key)
        return {
            Qt.Key.Key_PageDown: lambda: self.go_to(self._page + 1),
            Qt.Key.Key_PageUp: lambda: self.go_to(self._page - 1),
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(self.pages - 1),
        }.get(key)

    def _paint_page(self, painter: QPainter, page: int) -> None:
        rect = self.page_rect(page)
        painter.fillRect(rect.adjusted(-1, -1, 1, 1), self.palette().color(QPalette.ColorRole.Mid))
        painter.fillRect(rect, Qt.GlobalColor.white)
        if picture := self._pictures.kept(page, self._dots()) or self._pictures.any_of(page):
            painter.drawImage(rect, picture)

    def _refine(self) -> None:
        """Asks for the next picture that is wanted, those in sight first, then the page after them."""
        visible = self._visible()
        wanted = [*visible, *[page + 1 for page in visible[-1:] if page + 1 < self.pages]]
        missing = [page for page in wanted if not self.picture_is_sharp(page)]
        if missing and self._document:
            self._pictures.want(self._document, missing[0], self._dots())
        self.viewport().update()

    def _visible(self) -> list[int]:
        height = self.viewport().height()
        places = ((page, self.page_rect(page)) for page in range(self.pages))
        return [page for page, rect in places if rect.bottom() > 0 and rect.top() < height]

    def _dots(self) -> float:
        """Pixels of the screen for a point of the page."""
        return round(self._zoom * DOTS_PER_POINT * self.devicePixelRatioF(), 4)

    def _shown_size(self, page: int) -> QSizeF:
        size = self._document.sizes[page] if self._document else QSizeF()
        return size * (self._zoom * DOTS_PER_POINT)

    def _widest(self) -> float:
        return max((self._shown_size(page).width() for page in range(self.pages)), default=0.0)

    def _tops(self) -> list[float]:
        heights = (self._shown_size(page).height() + GAP for page in range(self.pages))
        return list(accumulate(heights, initial=float(MARGIN)))

    def _keeping_place(self, change: Callable[[], object]) -> None:
        """The spot in the upper part of the window stays there."""
        bar, before = self.verticalScrollBar(), self._zoom
        place = (bar.value() - MARGIN) / before
        change()
        self._lay_out()
        bar.setValue(round(place * self._zoom + MARGIN))
        self._note_page()
        self.viewport().update()

    def _lay_out(self) -> None:
        self._fit_now()
        room = self.viewport().size()
        across = round(self._widest()) + 2 * MARGIN - room.width()
        down = round(self._tops()[-1]) + MARGIN - GAP - room.height()
        for bar, more, step in (
            (self.horizontalScrollBar(), across, room.width()),
            (self.verticalScrollBar(), down, room.height()),
        ):
            bar.setRange(0, max(0, more))
            bar.setPageStep(step)
            bar.setSingleStep(40)

    def _fit_now(self) -> None:
        if not self._fit or not self._document:
            return
        widest = max(size.width() for size in self._document.sizes) * DOTS_PER_POINT
        tallest = max(size.height() for size in self._document.sizes) * DOTS_PER_POINT
        # As if the bar stood there: otherwise it comes and goes with the size that it changes.
        bar = self.verticalScrollBar()
        room = self.width() - max(bar.sizeHint().width(), 12) - 2 * MARGIN
        zoom = room / widest
        if self._fit == "page":
            zoom = min(zoom, (self.viewport().height() - 2 * MARGIN) / tallest)
        self._zoom = min(max(zoom, SMALLEST), self._fit_most)
        self.zoom_changed.emit(self._zoom)

    def _note_page(self) -> None:
        """The page that takes the upper third of the window."""
        mark = self.viewport().height() / 3
        passed = [page for page in range(self.pages) if self.page_rect(page).top() <= mark]
        self._tell_page(passed[-1] if passed else 0)

    def _tell_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)


class _Pictures(QObject):
    """Pictures that are ready, and at most one that is being drawn."""

    arrived = Signal()
    _drawn = Signal(object, int, float, QImage)

    def __init__(self) -> None:
        super().__init__()
        self._kept: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._document: PdfDocument | None = None
        self._busy = False
        self._drawn.connect(self._take)

    def forget(self, document: PdfDocument | None) -> None:
        self._kept.clear()
        self._document = document

    def kept(self, page: int, dots: float) -> QImage | None:
        picture = self._kept.get((page, dots))
        if picture is not None:
            self._kept.move_to_end((page, dots))
        return picture

    def any_of(self, page: int) -> QImage | None:
        """In another size, better than nothing while the right one is being drawn."""
        return next((picture for (kept, _), picture in reversed(self._kept.items()) if kept == page), None)

    def want(self, document: PdfDocument, page: int, dots: float) -> None:
        if self._busy:
            return
        self._busy = True

        def draw() -> None:
            self._drawn.emit(document, page, dots, document.picture(page, dots))

        QThreadPool.globalInstance().start(draw)

    def _take(self, document: PdfDocument, page: int, dots: float, picture: QImage) -> None:
        self._busy = False
        if document is self._document:
            self._kept[page, dots] = picture
            while sum(each.sizeInBytes() for each in self._kept.values()) > MOST_KEPT and len(self._kept) > 2:
                self._kept.popitem(last=False)
        self.arrived.emit()
