"""How much of a file is filled, as a ring with its figure; a press goes to the next gap."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget


class ProgressRing(QAbstractButton):
    """`pressed`/`clicked` come from QAbstractButton."""

    def __init__(self, side: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._percent = 0
        self._side = side
        self.setFixedSize(side, side)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_percent(0)

    def set_percent(self, percent: int, hint: str = "") -> None:
        self._percent = max(0, min(100, percent))
        self.setAccessibleName(f"完整度 {self._percent}%")
        self.setToolTip(hint or f"完整度 {self._percent}%，点一下去填下一个空项")
        self.update()

    @property
    def percent(self) -> int:
        return self._percent

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        thick = max(4, self._side // 11)
        inside = QRectF(self.rect()).adjusted(thick, thick, -thick, -thick)
        colours = self.palette()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Mid), thick))
            painter.drawEllipse(inside)
            pen = QPen(colours.color(QPalette.ColorRole.Accent), thick)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(inside, 90 * 16, -round(self._percent * 3.6 * 16))
            painter.setPen(colours.color(QPalette.ColorRole.WindowText))
            font = painter.font()
            font.setPixelSize(max(11, self._side // 4))
            painter.setFont(font)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{self._percent}%")
            if self.hasFocus():
                painter.setPen(QPen(colours.color(QPalette.ColorRole.Accent), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
