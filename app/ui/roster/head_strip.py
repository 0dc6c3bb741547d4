"""The head of a file: who it is at one glance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.fields import dates
from app.services.completeness import Completeness
from app.services.portrait import Portrait
from app.services.visits import Visits
from app.ui.icons import icon
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.photo import PhotoFrame
from app.ui.widgets.ring import ProgressRing
from app.ui.widgets.tag import Tag
from app.ui.widgets.words import label

PHOTO = QSize(72, 96)
PHONES = 2


class HeadStrip(QFrame):
    """Photo, name, age, whether alive, tags, phones to copy, last visit, completeness."""

    fill_wanted = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "sheet")
        self.photo = PhotoFrame(PHOTO)
        self.name = label("", "title")
        self._state = Tag("")
        self._age = label()
        self._about = label(wrap=True)
        self._visit = label("", "small", wrap=True)
        self.ring = ProgressRing()
        self._tags = QWidget()
        self._flow = FlowLayout(self._tags, spacing=6)
        self._lay_out()
        self.ring.clicked.connect(self.fill_wanted)

    def show_person(
        self, who: Portrait, visit: Mapping[str, Any] | None, done: Completeness, *, new: bool = False
    ) -> None:
        self.name.setText(who.name or "新建人员")
        self._state.set_tag(
            "在世" if who.alive else f"已故 {who.died}".strip(), "ok" if who.alive else "quiet"
        )
        self._age.setText(who.age)
        self._about.setText(" · ".join(part for part in (who.about, who.post) if part))
        self._visit.setText("" if new else _visit_line(visit))
        self._show_tags(who)
        self.show_completeness(done)

    def put_beside_name(self, word: QWidget) -> None:
        """One more word in the first line, such as how far the file has come."""
        self._first.addWidget(word)

    @property
    def visit_line(self) -> str:
        return self._visit.text()

    def show_completeness(self, done: Completeness) -> None:
        missing = "、".join(gap.label for gap in done.gaps[:8])
        more = f" 等 {len(done.gaps)} 项" if len(done.gaps) > 8 else ""
        words = f"还缺：{missing}{more}。\n点一下，逐项补齐。" if done.gaps else "该填的都填了。"
        self.ring.set_percent(done.percent, words)

    def set_low(self, low: bool) -> None:
        """On a low window photo, phones and the last visit give their room to the fields."""
        self.photo.setVisible(not low)
        self._visit.setVisible(not low)
        self._tags.setVisible(not low)

    def _show_tags(self, who: Portrait) -> None:
        self._flow.clear()
        for tag in who.tags:
            self._flow.addWidget(Tag(tag, "warning"))
        if who.more_tags:
            more = Tag(f"+{len(who.more_tags)}")
            more.setToolTip("、".join(who.more_tags))
            self._flow.addWidget(more)
        for whose, number in who.phones[:PHONES]:
            self._flow.addWidget(self._phone(whose, number))

    def _phone(self, whose: str, number: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "phone")
        button.setIcon(icon("phone", "quiet"))
        button.setIconSize(QSize(14, 14))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(number if whose == "手机" else f"{whose} {number}")
        button.setToolTip(f"{whose} {number}\n点一下复制号码")
        button.setAccessibleName(f"复制{whose} {number}")
        button.clicked.connect(lambda: self._copy(number))
        return button

    def _copy(self, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        self.said.emit(f"号码 {number} 已复制")

    def _lay_out(self) -> None:
        first = QWidget()
        self._first = FlowLayout(first, spacing=8)
        for word in (self.name, self._state, self._age):
            self.put_beside_name(word)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(first)
        words.addWidget(self._about)
        words.addWidget(self._tags)
        words.addWidget(self._visit)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)


def _visit_line(visit: Mapping[str, Any] | None) -> str:
    if visit is None:
        return "还没有走访记录"
    kind = Visits.record.field("kind").kind.format(visit.get("kind"))
    return "最近走访 " + " ".join(part for part in (dates.show(visit.get("date") or ""), kind) if part)
