"""One picture in large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

LARGEST = 0.8
"""Of the screen."""


def show_picture(parent: QWidget, content: bytes) -> QDialog:
    """Opens without waiting; Esc closes."""
    picture = QPixmap()
    picture.loadFromData(content)
    room = parent.screen().availableSize() * LARGEST
    if picture.width() > room.width() or picture.height() > room.height():
        picture = picture.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    dialog = QDialog(parent)
    dialog.setWindowTitle("照片")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    shown = QLabel()
    shown.setPixmap(picture)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(8, 8, 8, 8)
    column.addWidget(shown)
    dialog.open()
    return dialog
