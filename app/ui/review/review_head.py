"""Whose file is read: photo, name, state, what changed, and how it came here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.fields.review_states import word_of
from app.services.portrait import Portrait
from app.services.review_log import ReviewStep
from app.services.review_reading import Reading
from app.services.reviews import Look
from app.ui.icons import icon
from app.ui.review.state_tag import LEVELS, signed_word
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.names_popup import NamesPopup
from app.ui.widgets.photo import PhotoFrame
from app.ui.widgets.tag import Tag
from app.ui.widgets.words import label

PHOTO = QSize(54, 72)


class ReviewHead(QFrame):
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._steps: Sequence[ReviewStep] = ()
        self.photo = PhotoFrame(PHOTO)
        self.photo.setEnabled(False)
        self.photo.setToolTip("")
        self.name = label("", "title")
        self.state = Tag("")
        self.age = label()
        self.about = label("", wrap=True)
        self.told = label("", "small", wrap=True)
        self.changed = label("", "small", wrap=True)
        self.way = push_button("经过", self.show_steps, "link")
        self.way.setToolTip("谁在什么时候核对、审核、退回过")
        self.file = push_button("看档案", self.file_wanted.emit, icon=icon("edit"))
        self.file.setToolTip("到花名册里看、改这份档案（F2）")
        self.steps = NamesPopup(self)
        self._lay_out()

    def show_look(self, look: Look, who: Portrait, photo: bytes | None) -> None:
        self.photo.show_picture(photo)
        self.name.setText(who.name or "（没有姓名）")
        self.state.set_tag(signed_word(look.kept.state), LEVELS.get(look.kept.state, "quiet"))
        self.age.setText("　".join(part for part in (who.age, "" if who.alive else "已故") if part))
        self.about.setText(" · ".join(part for part in (who.about, who.post) if part))
        self.told.setText(look.kept.told)
        self.told.setVisible(bool(look.kept.told))
        said, worrying = said_of(look.reading)
        self.changed.setText(said)
        set_look(self.changed, look="warning" if worrying else "small")
        self._steps = look.steps
        self.way.setVisible(bool(look.steps))

    def show_steps(self) -> None:
        rows = [(str(place), _step(step)) for place, step in enumerate(self._steps)]
        self.steps.open_at(self.way, f"{self.name.text()}的核对经过", rows)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        for word in (self.name, self.state, self.age):
            first.addWidget(word, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addStretch(1)
        first.addWidget(self.way)
        first.addWidget(self.file)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(first)
        for word in (self.about, self.told, self.changed):
            words.addWidget(word)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


def said_of(reading: Reading) -> tuple[str, bool]:
    """What differs and what is wrong, in one line; whether it should catch the eye."""
    errors, doubts = reading.problems.get("E", 0), reading.problems.get("W", 0)
    if reading.changed is None:
        changed = "还没有审核过，全部内容都要看"
    elif reading.changed:
        changed = f"上次审核以后改了 {reading.changed} 处，已经标出"
    else:
        changed = "上次审核以后没有改动"
    found = [f"× {errors} 处错误" * bool(errors), f"! {doubts} 处要核对" * bool(doubts)]
    return "　".join([changed, *(part for part in found if part)]), bool(errors or doubts or reading.changed)


def _step(step: ReviewStep) -> Sequence[str]:
    who = f"{step.actor}（自动）" if step.by_itself else step.actor
    told = f"{who}：{step.label} → {word_of(step.after)}"
    return step.time, f"{told}　{step.remark}".rstrip()
