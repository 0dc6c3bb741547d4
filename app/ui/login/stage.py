"""A quiet ground with one sheet in its middle: what stands in the window while the data is closed."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.widgets.scrolled import FollowingScroll
from app.ui.widgets.words import label

WIDTH = 460
PICTURE = 40


class Stage(QWidget):
    """One sheet at a time; a low window scrolls it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets = QStackedWidget()
        self._areas: dict[QWidget, FollowingScroll] = {}
        self._front: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheets)

    @property
    def sheet(self) -> QWidget | None:
        """The one in front."""
        return self._front

    def bring(self, sheet: QWidget, width: int = WIDTH) -> None:
        """To the front; made ready when it comes for the first time."""
        if sheet not in self._areas:
            sheet.setMaximumWidth(width)
            self._areas[sheet] = self._centred(sheet)
            self._sheets.addWidget(self._areas[sheet])
        self._front = sheet
        self._sheets.setCurrentWidget(self._areas[sheet])

    def _centred(self, sheet: QWidget) -> FollowingScroll:
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 16, 16, 16)
        middle = QHBoxLayout()  # an alignment would ask for the height of the whole width
        middle.addStretch(1)
        middle.addWidget(sheet, 1000)  # all there is, up to its greatest width
        middle.addStretch(1)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)
        return FollowingScroll(ground)


class Sheet(QFrame):
    """The leaf, a title, a quiet sentence, then whatever is put into `body`."""

    def __init__(self, title: str, why: str = "") -> None:
        super().__init__()
        self.setProperty("look", "card")
        picture = QLabel()
        picture.setPixmap(icons.program_icon().pixmap(PICTURE, PICTURE))
        self.title = label(title, "title", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(picture)
        head.addWidget(self.title, 1)
        self.why = label(why, "quiet", wrap=True)
        self.why.setVisible(bool(why))
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.why)
        column.addLayout(self.body)

    def take_focus(self) -> None:
        """Puts the cursor where one begins."""
