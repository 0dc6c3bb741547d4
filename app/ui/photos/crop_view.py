"""A picture with the frame of an identity photo on it: dragged with the mouse, moved with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.services.photo_frames import Frame

STEP, SMALL_STEP = 0.02, 0.004
GROWTH = 1.05
SHADE = QColor(0, 0, 0, 130)
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_GROW = {Qt.Key.Key_Plus: GROWTH, Qt.Key.Key_Equal: GROWTH, Qt.Key.Key_Minus: 1 / GROWTH}


class CropView(QWidget):
    moved = Signal(float, float)
    """By parts of the picture's width and height."""
    resized = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._frame = Frame(0, 0, 1, 1)
        self._held: QPointF | None = None
        self.setMinimumSize(QSize(240, 200))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("裁剪框")
        self.setToolTip("拖动或用方向键移动裁剪框（按住 Shift 一点一点移），滚轮或加减号放大缩小")

    def show_picture(self, content: bytes | None, frame: Frame) -> None:
        self._picture = QPixmap()
        if content:
            self._picture.loadFromData(content)
        self.show_frame(frame)
        self.setCursor(Qt.CursorShape.SizeAllCursor if content else Qt.CursorShape.ArrowCursor)

    def show_frame(self, frame: Frame) -> None:
        self._frame = frame
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = SMALL_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        key = Qt.Key(event.key())
        if key in _KEYS:
            across, down = _KEYS[key]
            self.moved.emit(across * step, down * step)
        elif key in _GROW:
            self.resized.emit(_GROW[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position()
            self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place
        if self._held is None or place.isEmpty():
            return
        by = event.position() - self._held
        self._held = event.position()
        self.moved.emit(by.x() / place.width(), by.y() / place.height())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.resized.emit(GROWTH if event.angleDelta().y() > 0 else 1 / GROWTH)

    @property
    def _place(self) -> QRectF:
        """Where the picture is painted: whole, in the middle."""
        if self._picture.isNull():
            return QRectF()
        fitted = self._picture.size().scaled(self.size() - QSize(4, 4), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(0, 0), fitted.toSizeF())
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def paintEvent(self, _event: QPaintEvent) -> None:
        place = self._place
        colours = self.palette()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colours.color(QPalette.ColorRole.Midlight))
            if place.isEmpty():
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
            inside = self._frame_on(place)
            for shaded in _around(place, inside):
                painter.fillRect(shaded, SHADE)
            pen = QPen(colours.color(QPalette.ColorRole.Accent), 3 if self.hasFocus() else 2)
            painter.setPen(pen)
            painter.drawRect(inside)

    def _frame_on(self, place: QRectF) -> QRectF:
        frame = self._frame
        return QRectF(
            place.left() + frame.left * place.width(),
            place.top() + frame.top * place.height(),
            frame.width * place.width(),
            frame.height * place.height(),
        )


def _around(place: QRectF, inside: QRectF) -> list[QRectF]:
    above = QRectF(place.topLeft(), QPointF(place.right(), inside.top()))
    below = QRectF(QPointF(place.left(), inside.bottom()), place.bottomRight())
    left = QRectF(QPointF(place.left(), inside.top()), inside.bottomLeft())
    right = QRectF(inside.topRight(), QPointF(place.right(), inside.bottom()))
    return [above, below, left, right]
