"""One sheet for what happened to a person: the questions on the left, everything it touches on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import InvalidError, UserError
from app.services.event_sheets import STARTED
from app.services.events import Events
from app.ui.events.step_list import StepList
from app.ui.forms.event_state import EventState
from app.ui.forms.record_form import RecordForm
from app.ui.widgets.buttons import push_button
from app.ui.widgets.scrolled import FollowingScroll
from app.ui.widgets.words import label

WIDTH, HEIGHT, FORM_WIDTH = 980, 600, 380
IN_A_ROW = 3
NOBODY = "不在花名册里"


class EventDialog(QDialog):
    """First the kind, then its sheet. `recorded` brings the Change and what to say."""

    recorded = Signal(object, str)

    def __init__(self, events: Events, uid: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = name
        self.state = EventState(events, uid)
        self.form: RecordForm | None = None
        self.kinds: dict[str, QPushButton] = {}
        self.spouse = QComboBox()
        self.spouse.setAccessibleName("配偶的档案")
        self.steps = StepList()
        self.problem = label("", "error", wrap=True)
        self._title, self._hint = label("", "title"), label("", "quiet", wrap=True)
        self.back = push_button("换一件事", self._show_kinds)
        self.leave = push_button("取消", self.reject)
        self.go = push_button("办理", self.take, "primary")
        self.go.setToolTip("办理（Ctrl+Enter）")
        self._stack = QStackedWidget()
        self._lay_out()
        self.steps.decided.connect(self._decide)
        self.spouse.activated.connect(self._take_spouse)
        self.resize(WIDTH, HEIGHT)
        self._show_kinds()

    def choose(self, kind: str) -> None:
        """The sheet of one kind."""
        self.state.choose(kind)
        assert self.state.form is not None
        if self.form:
            self.form.deleteLater()
        self.form = RecordForm(self.state.form, titles=False)
        self.form.typed.connect(lambda _: self._plan())
        self.form.finished.connect(self.go.setFocus)
        self._form_place.insertWidget(0, self.form)
        self._show_spouses()
        self._title.setText(f"{self._name}：{self.state.sheet.title}")
        self._hint.setText(self.state.sheet.hint)
        self.setWindowTitle(self.state.sheet.title)
        self._show(sheet=True)
        self._plan()
        self.form.go_to(STARTED)

    def take(self) -> None:
        """Carries it out; what is missing is said, and the cursor goes there."""
        if self.form is None or not self.go.isVisible():
            return
        if problems := self.state.problems:
            self._refuse(problems[0].field, problems[0].message)
            return
        waiting = self.state.waiting
        try:
            change = self.state.record()
        except InvalidError as error:
            self._refuse(error.problems[0].field, str(error))
            return
        except UserError as error:
            self.problem.setText(str(error))
            return
        left = f"，{waiting} 步以后办，在“今天”里能看到" if waiting else ""
        self.recorded.emit(change, f"“{self._name}”的{self.state.sheet.title}已办理{left}")
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the fields here: it must not press a button; with Ctrl it carries the sheet out."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take()
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()

    def _refuse(self, field: str, sentence: str) -> None:
        self.problem.setText(sentence)
        assert self.form is not None
        self.form.go_to(field)

    def _plan(self) -> None:
        self.problem.setText("")
        self.steps.show_steps(self.state.plan, self.state.state_of)

    def _decide(self, code: str, state: str) -> None:
        self.state.decide(code, state)
        self._plan()

    def _show_spouses(self) -> None:
        self._spouse_line.setVisible(self.state.asks_for_spouse)
        self.spouse.clear()
        self.spouse.addItem(NOBODY, None)
        for uid, name in self.state.spouses:
            self.spouse.addItem(name, uid)
        self.spouse.setCurrentIndex(max(0, self.spouse.findData(self.state.spouse)))

    def _take_spouse(self) -> None:
        self.state.spouse = self.spouse.currentData()
        self._plan()

    def _show_kinds(self) -> None:
        self._title.setText(f"{self._name}：发生了什么事？")
        self._hint.setText("选一件，该改的档案、名单和发放会列出来，一步一步办。")
        self.setWindowTitle("办理事项")
        self._show(sheet=False)
        next(iter(self.kinds.values())).setFocus()

    def _show(self, *, sheet: bool) -> None:
        self._stack.setCurrentIndex(1 if sheet else 0)
        for button in (self.back, self.go):
            button.setVisible(sheet)

    def _lay_out(self) -> None:
        self._stack.addWidget(self._kinds_page())
        self._stack.addWidget(self._sheet_page())
        buttons = QHBoxLayout()
        buttons.addWidget(self.problem, 1)
        for button in (self.back, self.leave, self.go):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)

    def _kinds_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 16, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(20)
        for column in range(IN_A_ROW):
            grid.setColumnStretch(column, 1)
        for place, (kind, sheet) in enumerate(self.state.kinds.items()):
            button = push_button(sheet.title, partial(self.choose, kind))
            button.setAutoDefault(False)
            self.kinds[kind] = button
            cell = QVBoxLayout()
            cell.setSpacing(4)
            cell.addWidget(button)
            cell.addWidget(label(sheet.hint, "small", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(cell, place // IN_A_ROW, place % IN_A_ROW)
        grid.setRowStretch(len(self.kinds) // IN_A_ROW + 1, 1)
        return page

    def _sheet_page(self) -> QWidget:
        asked = QWidget()
        self._form_place = QVBoxLayout(asked)
        self._form_place.setContentsMargins(0, 0, 0, 0)
        self._spouse_line = QWidget()
        line = QHBoxLayout(self._spouse_line)
        line.setContentsMargins(16, 0, 16, 8)
        line.addWidget(label("配偶的档案", "quiet"))
        line.addWidget(self.spouse, 1)
        self._form_place.addWidget(self._spouse_line)
        self._form_place.addStretch(1)
        left, right = FollowingScroll(asked), FollowingScroll(self.steps)
        left.setFixedWidth(FORM_WIDTH)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(right, 1)
        return page
