"""What the log is narrowed by: days, who, what, which records, about whom, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from app import clock
from app.errors import UnreadableError
from app.fields import dates
from app.services.people import Person
from app.ui.forms.log_state import DAYS, PERIODS, LogState
from app.ui.icons import icon
from app.ui.log.person_search import PersonSearch
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.looks import set_look
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.words import label

DAY_WIDTH = 116
AFTER_TYPING = 250
"""Milliseconds without a key until the words are looked for: all values of the log are looked through."""


class LogFilterBar(QWidget):
    """Writes into a LogState and tells that it did."""

    changed = Signal()

    def __init__(
        self,
        state: LogState,
        find: Callable[[str], list[str]],
        know: Callable[[], Mapping[str, Person]],
    ) -> None:
        super().__init__()
        self._state = state
        self.period = _box("日期", list(PERIODS.items()))
        self.since, self.until = _day("从哪天"), _day("到哪天")
        self.actor = _box("谁做的", state.actors)
        self.group = _box("做了什么", state.groups)
        self.kind = _box("哪类记录", state.kinds)
        self.person = PersonSearch(find, know)
        self.person.setObjectName("log_person")
        self.text = SearchField("姓名、内容、改前改后的值")
        self.text.setObjectName("log_text")
        self.drafts = QCheckBox("连草稿")
        self.drafts.setToolTip("也列出程序自己留草稿、记状态的步骤")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(AFTER_TYPING)
        self._lay_out()
        self._connect()
        self.show_state()

    def show_state(self) -> None:
        """As the state is now, without telling."""
        state = self._state
        self._offer(self.actor, state.actors, state.actor)
        for box, key in ((self.period, state.period), (self.group, state.group), (self.kind, state.kind)):
            box.setCurrentIndex(box.findData(key))
        self._days.setVisible(state.period == DAYS)
        told = self.text.blockSignals(True)
        self.text.setText(state.text)
        self.text.blockSignals(told)
        self._show_person()

    def forget_people(self) -> None:
        self.person.forget()

    def _lay_out(self) -> None:
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(6)
        days.addWidget(self.since)
        days.addWidget(label("到", "quiet"))
        days.addWidget(self.until)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.person.setFixedWidth(150)
        self.text.setFixedWidth(220)
        row = FlowLayout(self)
        for part in (
            self.period,
            self._days,
            self.actor,
            self.group,
            self.kind,
            self.person,
            self.text,
            self.drafts,
            self._chips,
        ):
            row.addWidget(part)
        self.actor.setVisible(self._state.log.sees_all)

    def _connect(self) -> None:
        self.period.activated.connect(self._choose_period)
        for box, name in ((self.actor, "actor"), (self.group, "group"), (self.kind, "kind")):
            box.activated.connect(lambda _, box=box, name=name: self._take(name, box.currentData()))
        for day in (self.since, self.until):
            day.editingFinished.connect(self._choose_days)
        self.person.chosen.connect(lambda uid: self._take("person", uid))
        self.text.asked.connect(lambda _: self._typing.start())
        self.text.returnPressed.connect(self._say)
        self._typing.timeout.connect(self._say)
        self.drafts.toggled.connect(lambda on: self._take("with_drafts", on))

    def _take(self, name: str, value: object) -> None:
        setattr(self._state, name, value)
        self.changed.emit()

    def _say(self) -> None:
        self._typing.stop()
        if self.text.text().strip() != self._state.text:
            self._take("text", self.text.text().strip())

    def _choose_period(self) -> None:
        if self.period.currentData() == DAYS:
            today = dates.show(clock.today().isoformat())
            self.since.setText(dates.show(dates.month_of(clock.today().isoformat())))
            self.until.setText(today)
            self._state.choose_days(self.since.text(), self.until.text())
        else:
            self._state.period = self.period.currentData()
        self._days.setVisible(self._state.period == DAYS)
        self.changed.emit()

    def _choose_days(self) -> None:
        """What is no date is marked and changes nothing."""
        before = self._state.days
        try:
            self._state.choose_days(self.since.text(), self.until.text())
        except UnreadableError as error:
            self._mark_days("E", str(error))
            return
        self._mark_days("", "")
        if self._state.days != before:
            self.changed.emit()

    def _mark_days(self, severity: str, hint: str) -> None:
        for day in (self.since, self.until):
            set_look(day, problem=severity)
            day.setToolTip(hint)

    def _show_person(self) -> None:
        self._flow.clear()
        self._chips.setVisible(bool(self._state.person))
        if self._state.person:
            chip = Chip(f"只看与 {self.person.name(self._state.person)} 有关的", icon("close"))
            chip.removed.connect(lambda: self._take("person", ""))
            self._flow.addWidget(chip)

    @staticmethod
    def _offer(box: QComboBox, choices: Sequence[tuple[str, str]], key: str) -> None:
        box.clear()
        for value, word in choices:
            box.addItem(word, value)
        box.setCurrentIndex(max(0, box.findData(key)))


def _box(name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for key, word in choices:
        box.addItem(word, key)
    return box


def _day(name: str) -> QLineEdit:
    day = QLineEdit()
    day.setAccessibleName(name)
    day.setPlaceholderText(name)
    day.setFixedWidth(DAY_WIDTH)
    return day
