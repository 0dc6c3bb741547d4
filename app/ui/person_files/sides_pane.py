"""All parts of a file, and its photo, below the fields: a card each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.person_compare import Comparison
from app.ui.person_files.sides import PartCard, PhotoCard


class SidesPane(QWidget):
    decided = Signal(str, str)
    """(part, way)."""
    photo_toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[PartCard | PhotoCard] = []
        self._photo, self._parts = QHBoxLayout(), QVBoxLayout()
        self._parts.setSpacing(8)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 8, 0)
        line.setSpacing(8)
        line.addLayout(self._photo)
        line.addLayout(self._parts, 1)

    def show_sides(self, compared: Comparison | None, read: bytes | None, kept: bytes | None) -> None:
        """`read` is the photo in the file, `kept` ours."""
        self._clear()
        for sides in compared.parts if compared else ():
            card = PartCard(sides)
            card.decided.connect(self.decided)
            self.cards.append(card)
            self._parts.addWidget(card)
        if compared is not None and compared.photo is not None and read is not None:
            photo = PhotoCard(compared.photo, read, kept)
            photo.toggled.connect(lambda _on: self.photo_toggled.emit())
            self.cards.append(photo)
            self._photo.addWidget(photo, 0, Qt.AlignmentFlag.AlignTop)
        self._parts.addStretch(1)

    @property
    def waiting(self) -> QWidget | None:
        """The first part that wants a decision."""
        parts = [card for card in self.cards if isinstance(card, PartCard) and card.sides.state == "differs"]
        return next((card.ways for card in parts), None)

    def _clear(self) -> None:
        self.cards = []
        for layout in (self._photo, self._parts):
            while item := layout.takeAt(0):
                if widget := item.widget():
                    widget.hide()
                    widget.deleteLater()
