"""Where the folder can go: a card for each stick, and one for a folder of the user's choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.services.deliveries import Drive, readable_size
from app.ui.icons import icon
from app.ui.widgets.buttons import ICON, push_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

ACROSS = 2


@dataclass(frozen=True)
class Place:
    """A stick, or a folder without one."""

    path: Path
    drive: Drive | None = None

    @property
    def title(self) -> str:
        return self.drive.label if self.drive else "文件夹"

    @property
    def told(self) -> str:
        if self.drive is None:
            return str(self.path)
        if self.drive.read_only:
            return f"{self.path}　只读，写不进去"
        free, total = readable_size(self.drive.free), readable_size(self.drive.total)
        return f"{self.path}　还有 {free}，共 {total}"


class PlaceCards(QWidget):
    """`place` is the chosen one; the choice stays with its path."""

    chosen = Signal()
    folder_wanted = Signal()
    refresh_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._places: list[Place] = []
        self._group = QButtonGroup(self)
        self.none = label("没有发现 U 盘。插好以后点“刷新”，也可以选一个文件夹。", "quiet", wrap=True)
        self.folder = push_button("选文件夹…", self.folder_wanted.emit, icon=icon("folder"))
        self.refresh = push_button("刷新", self.refresh_wanted.emit, "quiet", icon("refresh"))
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        for column in range(ACROSS):
            self._grid.setColumnStretch(column, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.folder)
        buttons.addWidget(self.refresh)
        buttons.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(8)
        column_.addWidget(self.none)
        column_.addLayout(self._grid)
        column_.addLayout(buttons)
        self._group.idClicked.connect(lambda _: self.chosen.emit())

    @property
    def place(self) -> Place | None:
        number = self._group.checkedId()
        return self._places[number] if number >= 0 else None

    def show_places(self, places: Sequence[Place], wanted: Path | None = None) -> None:
        """Without telling; what was chosen stays chosen while it is there, a lone stick is chosen by itself."""
        kept = wanted or (self.place.path if self.place else None)
        self._clear()
        self._places = list(places)
        writable = [n for n, place in enumerate(places) if not (place.drive and place.drive.read_only)]
        chosen = next(
            (n for n in writable if places[n].path == kept), writable[0] if len(writable) == 1 else -1
        )
        for number, place in enumerate(places):
            card = PlaceCard(place)
            card.setEnabled(number in writable)
            card.setChecked(number == chosen)
            self._group.addButton(card, number)
            self._grid.addWidget(card, number // ACROSS, number % ACROSS)
        self.none.setVisible(not places)

    def cards(self) -> list[PlaceCard]:
        return [card for card in self._group.buttons() if isinstance(card, PlaceCard)]

    def _clear(self) -> None:
        for card in self._group.buttons():
            self._group.removeButton(card)
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()


class PlaceCard(QPushButton):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{place.title} {place.told}")
        self.setToolTip(str(place.path))
        picture = QLabel()
        picture.setPixmap(icon("usb" if place.drive else "folder").pixmap(ICON))
        title = label(place.title)
        set_look(title, look="section")
        told = ElidedLabel(place.told)
        told.setProperty("look", "quiet")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(told)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(12)
        line.addWidget(picture)
        line.addLayout(words, 1)
        for part in (picture, title, told):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """A button asks its text, which is empty here."""
        inside = self.layout()
        return inside.sizeHint() if inside else super().sizeHint()
