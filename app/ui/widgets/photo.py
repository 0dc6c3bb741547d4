"""The frame of a portrait: shows it whole, takes a press to choose and a file that is dropped on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget


class PhotoFrame(QAbstractButton):
    """`clicked` asks for a picture; `dropped` brings the path of one."""

    dropped = Signal(str)

    def __init__(self, size: QSize | None = None, empty: str = "照片", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._empty = empty
        self.setFixedSize(size or QSize(84, 112))
        self.setAcceptDrops(True)
        self.setToolTip("点一下选照片，也可以把照片拖到这里")
        self.setAccessibleName("照片")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_picture(self, content: bytes | None) -> None:
        """The bytes of a picture file; None or something unreadable shows the empty frame."""
        self._picture = QPixmap()
        if content:
            self._picture.loadFromData(content)
        self.update()

    @property
    def is_empty(self) -> bool:
        return self._picture.isNull()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.dropped.emit(files[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        colours = self.palette()
        edge = QPalette.ColorRole.Accent if self.hasFocus() or self.underMouse() else QPalette.ColorRole.Mid
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            path = QPainterPath()
            path.addRoundedRect(frame, 6, 6)
            painter.fillPath(path, colours.color(QPalette.ColorRole.Midlight))
            painter.setClipPath(path)
            self._paint_inside(painter)
            painter.setClipping(False)
            painter.setPen(QPen(colours.color(edge), 2 if self.hasFocus() else 1))
            painter.drawPath(path)

    def _paint_inside(self, painter: QPainter) -> None:
        if self._picture.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._empty)
            return
        fitted = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = self.rect()
        place.setSize(fitted)
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, self._picture)
