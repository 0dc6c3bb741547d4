"""Icons of our own, drawn in the ink of the theme in use."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from app.paths import resource
from app.ui import theme

SIZE = 20


def icon(name: str, token: str = "ink") -> QIcon:
    """The icon `resources/icons/<name>.svg`; it follows a change of theme by itself."""
    return QIcon(_Drawn(name, token))


def pixmap(name: str, size: int = SIZE, token: str = "ink", ratio: float = 1.0) -> QPixmap:
    """The icon as a picture, for labels. It does not follow a change of theme."""
    return _painted(name, theme.current().colours[token], round(size * ratio), ratio)


def program_icon() -> QIcon:
    """The mulberry leaf before a low sun, in its own colours."""
    picture = QIcon()
    for size in (16, 32, 48, 128):
        picture.addPixmap(_painted("program", "", size, 1.0))
    return picture


class _Drawn(QIconEngine):
    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture = self.scaledPixmap(rect.size(), mode, state, ratio)
        side = round(picture.width() / ratio)
        corner = rect.center() - QPoint((side - 1) // 2, (side - 1) // 2)
        painter.drawPixmap(QRect(corner, QSize(side, side)), picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        token = "leaf" if state == QIcon.State.On and self._token == "ink" else self._token
        colours = theme.current().colours
        ink = colours["edge"] if mode == QIcon.Mode.Disabled else colours[token]
        side = max(1, round(min(size.width(), size.height()) * scale))
        return _painted(self._name, ink, side, scale)


@lru_cache(maxsize=512)
def _painted(name: str, ink: str, pixels: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # 4 ms, and only when something is drawn

    drawing = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", ink)
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(drawing.encode()).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
