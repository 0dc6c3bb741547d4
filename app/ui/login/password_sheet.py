"""A new password for somebody: after the recovery words, or when old data gets its first one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QProgressBar

from app.services.vault import Login
from app.ui.login.new_password import NewPassword
from app.ui.login.stage import Sheet
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

NO_NAME = "请填写您的姓名；以后登录时选的就是它。"


class PasswordSheet(Sheet):
    """Asks for the name, or which of several it is for; then for the password twice."""

    chosen = Signal(str, str, str)
    """(uid, name, password); the uid is empty for a name that was typed."""

    def __init__(self, title: str, why: str, verb: str, logins: Sequence[Login] = ()) -> None:
        super().__init__(title, why)
        self._verb, self._logins = verb, list(logins)
        self.who = QComboBox()
        self.who.setAccessibleName("您是")
        self.name = QLineEdit()
        self.name.setAccessibleName("您的姓名")
        self.name_problem = label("", "error", wrap=True)
        self.password = NewPassword()
        self.problem = label("", "error", wrap=True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.doing = label("", "small")
        self.go = push_button(verb, self.try_it, "primary")
        self._lay_out()
        self.name.textEdited.connect(lambda _: self._say_name(""))
        self.name.returnPressed.connect(self.password.take_focus)
        self.password.finished.connect(self.try_it)

    def try_it(self) -> None:
        name = self._login.name if self._login else self.name.text().strip()
        self._say_name("" if name else NO_NAME)
        self.password.state.names = [name]
        if not name:
            self.name.setFocus()
        elif password := self.password.check():
            self.refuse("")
            self.chosen.emit(self._login.uid if self._login else "", name, password)

    def work(self, doing: str) -> None:
        """Nothing can be changed while it lasts."""
        self.doing.setText(doing)
        self._set_busy(on=True)

    def refuse(self, sentence: str) -> None:
        self._set_busy(on=False)
        self.problem.setText(f"× {sentence}")
        self.problem.setVisible(bool(sentence))

    def take_focus(self) -> None:
        (self.password.first if self._logins or self.name.text() else self.name).setFocus()

    @property
    def _login(self) -> Login | None:
        return self._logins[self.who.currentIndex()] if self._logins else None

    def _say_name(self, problem: str) -> None:
        self.name_problem.setText(f"× {problem}")
        self.name_problem.setVisible(bool(problem))
        set_look(self.name, problem="E" if problem else "")

    def _set_busy(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self.doing.setVisible(on)
        for part in (self.who, self.name, self.password, self.go):
            part.setEnabled(not on)

    def _lay_out(self) -> None:
        for login in self._logins:
            self.who.addItem(login.name)
        self.who.setVisible(bool(self._logins))
        self.name.setVisible(not self._logins)
        for part in (label("您是" if self._logins else "您的姓名", "quiet"), self.who, self.name):
            self.body.addWidget(part)
        self.body.addWidget(self.name_problem)
        self.body.addSpacing(6)
        self.body.addWidget(self.password)
        self.body.addWidget(self.problem)
        self.body.addSpacing(8)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.doing)
        self.body.addWidget(self.go)
        self.refuse("")
        self._say_name("")
