"""The program's picture in the shape that Windows wants, drawn from the one SVG there is."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256)


def write_icon(drawing: Path, icon: Path) -> Path:
    """Each size is drawn for itself: a shrunken one is blurred in the task bar."""
    pictures = [_painted(drawing, size) for size in SIZES]
    icon.parent.mkdir(parents=True, exist_ok=True)
    pictures[-1].save(icon, append_images=pictures[:-1], sizes=[(size, size) for size in SIZES])
    return icon


def _painted(drawing: Path, size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(bytes(buffer.data().data())))
