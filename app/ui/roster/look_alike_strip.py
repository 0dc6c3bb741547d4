"""People who may be the one being added; a press opens the file that is there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.fields import dates
from app.services.look_alikes import LookAlike
from app.services.pictures import Pictures
from app.ui.icons import icon
from app.ui.widgets.buttons import push_button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.words import label

THUMB = QSize(36, 48)


class LookAlikeStrip(QFrame):
    """Hidden while there is nobody to show."""

    open_wanted = Signal(str)
    compare_wanted = Signal(str)
    """The file being edited is to be compared with this one."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("look_alikes")
        self.setProperty("banner", "warning")
        self._pictures = pictures
        self.whose: Callable[[], str] = lambda: ""
        """The uid of the file being edited; '' for a new one, which is not merged but given up."""
        self._title = label("", wrap=True)
        self._people = QWidget()
        self._flow = FlowLayout(self._people, spacing=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._people)
        self.hide()

    def show_people(self, found: Sequence[LookAlike]) -> None:
        self._flow.clear()
        self._title.setText(f"名册里已有 {len(found)} 位相像的人，点一下打开他的档案：")
        for alike in found:
            self._flow.addWidget(self._with_way_on(alike) if self.whose() else self._person(alike))
        self.setVisible(bool(found))

    def _person(self, alike: LookAlike) -> QToolButton:
        button = QToolButton()
        button.setObjectName(alike.uid)
        button.setProperty("look", "person")
        button.setIcon(self._face(alike.photo))
        button.setIconSize(THUMB)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        born = f"{dates.show(alike.birth_date)} 生" if alike.birth_date else "出生年月未填"
        facts = " · ".join(part for part in (born, alike.village) if part)
        button.setText(f"{alike.name}　{facts}\n{alike.how_sure}：{alike.reason}")
        button.setToolTip(" · ".join(part for part in (alike.name, facts, alike.former_unit) if part))
        button.clicked.connect(lambda: self.open_wanted.emit(alike.uid))
        return button

    def _with_way_on(self, alike: LookAlike) -> QWidget:
        pair = QWidget()
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self._person(alike))
        compare = push_button("对照合并…", lambda: self.compare_wanted.emit(alike.uid), "link")
        line.addWidget(compare)
        return pair

    def _face(self, photo: str | None) -> QIcon:
        content = self._pictures.content(photo)
        picture = QPixmap()
        if content and picture.loadFromData(content):
            return QIcon(picture)
        return icon("person", "quiet")
