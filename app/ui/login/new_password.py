"""The two fields of a new password, what is wrong under each, and a phrase on demand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.login.new_password_state import RULE, NewPasswordState
from app.ui.login.password_field import PasswordField
from app.ui.login.phrase_box import PhraseBox
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label


class NewPassword(QWidget):
    finished = Signal()
    """Enter in the second field."""

    def __init__(self, state: NewPasswordState | None = None) -> None:
        super().__init__()
        self.state = state or NewPasswordState()
        self.first, self.second = PasswordField("新口令"), PasswordField("再打一遍")
        self.first_note = label(RULE, "small", wrap=True)
        self.second_note = label("", "error", wrap=True)
        self.offer = push_button("给我一个好记的", self.offer_phrase)
        self.offer.setAutoDefault(False)
        self.box = PhraseBox()
        self._lay_out()
        self._connect()

    def check(self) -> str:
        """The password; '' when something is wrong, which is then said and gone to."""
        self._say_first(self.state.first_problem)
        self._say_second("" if self.state.first_problem else self.state.second_problem)
        if not self.state.password:
            (self.first if self.state.first_problem else self.second).setFocus()
        return self.state.password

    def offer_phrase(self) -> None:
        self.box.show_phrase(self.state.offer())
        self.offer.hide()

    def take_phrase(self) -> None:
        """In sight, so that it is typed once more word for word."""
        self.first.setText(self.state.take_phrase())
        self.second.clear()
        for field in (self.first, self.second):
            field.show_typed(on=True)
        self._say_second("")
        self._show_strength()
        self.second.setFocus()

    def forget(self) -> None:
        for field in (self.first, self.second):
            field.forget()

    def take_focus(self) -> None:
        self.first.setFocus()

    def _take_first(self, text: str) -> None:
        self.state.first = text
        self._show_strength()

    def _take_second(self, text: str) -> None:
        self.state.second = text
        self._say_second("")

    def _show_strength(self) -> None:
        set_look(self.first, problem="")
        self.first_note.setText(self.state.strength or RULE)
        set_look(self.first_note, look="ok" if self.state.is_good else "small")

    def _say_first(self, problem: str) -> None:
        set_look(self.first, problem="E" if problem else "")
        if problem:
            self.first_note.setText(f"× {problem}")
            set_look(self.first_note, look="error")

    def _say_second(self, problem: str) -> None:
        set_look(self.second, problem="E" if problem else "")
        self.second_note.setText(f"× {problem}" if problem else "")
        self.second_note.setVisible(bool(problem))

    def _connect(self) -> None:
        self.first.textChanged.connect(self._take_first)
        self.second.textChanged.connect(self._take_second)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.finished)
        self.box.taken.connect(self.take_phrase)
        self.box.another_wanted.connect(self.offer_phrase)

    def _lay_out(self) -> None:
        self.second_note.hide()
        self.box.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (label("口令", "quiet"), self.first, self.first_note, self.offer, self.box):
            column.addWidget(part)
        column.addSpacing(6)
        for part in (label("再打一遍", "quiet"), self.second, self.second_note):
            column.addWidget(part)
