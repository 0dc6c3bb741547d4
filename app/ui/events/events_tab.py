"""The tab 事项 of a file: what happened, and which steps still wait."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.fields import dates
from app.services.event_lines import DONE, LATER, NOT_NEEDED, EventLine, StepLine
from app.services.events import Events
from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.widgets.buttons import push_button
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.words import label

SIGNS = {DONE: "✓", NOT_NEEDED: "–", LATER: "○"}
WORDS = {DONE: "已办", NOT_NEEDED: "不需要", LATER: "以后办"}
EMPTY = "还没有办理过事项。去世、住院、迁出、丧偶这样的事，点上面的按钮一次办完。"


class EventsTab(QWidget):
    """Reads when it is shown, not before."""

    new_wanted = Signal(str)
    """The uid of the person."""
    settled = Signal(str, str)
    """The uid of a step, and 'done' or 'not_needed'."""
    page_wanted = Signal(str, str)
    """The page where a step is done, and the uid of the person."""

    def __init__(self, events: Events, *, may_edit: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events, self._may_edit = events, may_edit
        self._uid: str | None = None
        self.new = push_button("办理事项…", lambda: self.new_wanted.emit(self._uid or ""), icon=icon("add"))
        needs("edit", self.new)
        ground = QWidget()
        ground.setProperty("look", "ground")
        self._body = QVBoxLayout(ground)
        self._body.setContentsMargins(16, 12, 16, 16)
        self._body.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.addWidget(self.new)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        self._area: QScrollArea = scrolled(ground)
        column.addWidget(self._area, 1)

    def show_person(self, uid: str | None) -> None:
        self._uid = uid
        self.new.setVisible(uid is not None)
        while item := self._body.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        found = self._events.of_person(uid) if uid else []
        for event in found:
            self._body.addWidget(self._card(event))
        if not found:
            self._body.addWidget(label(EMPTY, "quiet", wrap=True))
        self._body.addStretch(1)

    def _card(self, event: EventLine) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        head = f"{event.title}　{dates.show(event.happened_on)}" if event.happened_on else event.title
        column.addWidget(label(head, "section"))
        column.addWidget(label(f"{event.recorded_by} {event.recorded_at[:10]} 登记", "small"))
        for step in event.steps:
            column.addWidget(self._step(step))
        return card

    def _step(self, step: StepLine) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(label(f"{SIGNS[step.state]} {step.title}", wrap=True), 1)
        line.addWidget(label(_told(step), "warning" if step.state == LATER else "small"))
        if step.state == LATER:
            for button in self._buttons(step):
                line.addWidget(button)
        return row

    def _buttons(self, step: StepLine) -> list[QWidget]:
        done = push_button("办好了", lambda: self.settled.emit(step.uid, DONE), "quiet")
        away = push_button("不需要", lambda: self.settled.emit(step.uid, NOT_NEEDED), "quiet")
        for button in (done, away):
            button.setEnabled(self._may_edit)
        go = push_button("去办", lambda: self.page_wanted.emit(step.page, step.cadre_uid), "quiet")
        return [*([go] if step.page else []), done, away]


def _told(step: StepLine) -> str:
    if step.state == LATER:
        return f"{step.due.replace('-', '.')} 前" if step.due else WORDS[LATER]
    return f"{WORDS[step.state]} {step.done_by} {step.done_at[5:10].replace('-', '.')}"
