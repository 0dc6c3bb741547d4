"""A strip of small pictures with one button to add more and a cross on each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QToolButton, QWidget

from app.ui.widgets.buttons import push_button

SIDE = 72


class PhotoStrip(QWidget):
    """Shows pictures by key; asks for more, for one in large, and for one to be taken away."""

    add_wanted = Signal()
    view_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photos")
        self.add_button = push_button("添加照片…", self.add_wanted.emit)
        self._pictures = QWidget()
        self._row = QHBoxLayout(self._pictures)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._pictures)
        self._area.setFixedHeight(SIDE + 24)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self._area, 1)
        outer.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self.show_pictures([])

    def show_pictures(self, pictures: Sequence[tuple[str, bytes]]) -> None:
        """(key, bytes) in their order."""
        while item := self._row.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for key, content in pictures:
            self._row.addWidget(self._button(key, content))
        self._row.addStretch(1)
        self._area.setVisible(bool(pictures))

    def _button(self, key: str, content: bytes) -> QToolButton:
        picture = QPixmap()
        picture.loadFromData(content)
        button = QToolButton()
        button.setObjectName(key)
        button.setIcon(QIcon(picture))
        button.setIconSize(QSize(SIDE, SIDE))
        button.setToolTip("点开看大图；右键可以拿掉")
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.clicked.connect(lambda: self.view_wanted.emit(key))
        button.customContextMenuRequested.connect(
            lambda place: self._menu(button, key).popup(button.mapToGlobal(place))
        )
        return button

    def _menu(self, button: QToolButton, key: str) -> QMenu:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("看大图").triggered.connect(lambda: self.view_wanted.emit(key))
        menu.addAction("拿掉这张照片").triggered.connect(lambda: self.remove_wanted.emit(key))
        return menu
