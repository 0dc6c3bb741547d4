"""Who, the password, and 打开."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox

from app.ui.login.login_state import EMPTY, LoginState
from app.ui.login.password_field import PasswordField
from app.ui.login.stage import Sheet
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

OPEN, OPENING = "打开", "正在打开……"
SECOND = 1000


class LoginSheet(Sheet):
    tried = Signal(str, str)
    """(password, uid)."""
    forgotten = Signal()

    def __init__(self, state: LoginState) -> None:
        super().__init__(state.title, state.why)
        self.state = state
        self.who = QComboBox()
        self.who.setAccessibleName("您是")
        self.name = label(state.name, "section")
        self.password = PasswordField()
        self.hint = label("", "small", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.open = push_button(OPEN, self.try_it, "primary")
        self.forgot = push_button("忘记口令？用恢复单打开", self.forgotten.emit, "link")
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND)
        self._clock.timeout.connect(self.renew)
        self._said = ""
        self._lay_out()
        self._connect()
        self._show_hint()
        self.renew()

    def try_it(self) -> None:
        if not self.state.may_try:
            return
        if not self.password.text():
            self.refuse(EMPTY)
            return
        self._said = ""
        self._say("")
        self._set_busy(on=True)
        self.tried.emit(self.password.text(), self.state.uid)

    def refuse(self, sentence: str) -> None:
        """Says what was wrong; '' takes it away. Another try may follow."""
        self._said = sentence
        self.rest()
        if sentence:
            self.password.setFocus()
            self.password.selectAll()

    def rest(self) -> None:
        """Nothing is being tried any more."""
        self._set_busy(on=False)
        self.renew()

    def renew(self) -> None:
        """While a lock is in force its countdown stands there; when it is over, one may try again."""
        waiting = self.state.waiting()
        self._say(waiting or self._said)
        self.password.setEnabled(not waiting)
        if waiting:
            self._said = ""
            self.password.clear()
            self._clock.start()
        elif self._clock.isActive():
            self._clock.stop()
            self.take_focus()

    def _say(self, sentence: str) -> None:
        self.problem.setText(f"× {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        set_look(self.password, problem="E" if sentence else "")
        self.open.setEnabled(self.state.may_try)

    def take_focus(self) -> None:
        self.password.setFocus()

    def _set_busy(self, *, on: bool) -> None:
        self.state.busy = on
        self.open.setText(OPENING if on else OPEN)
        self.open.setEnabled(self.state.may_try)
        self.password.setReadOnly(on)

    def _take_who(self, place: int) -> None:
        self.state.uid = self.state.logins[place].uid
        self.refuse("")
        self.password.forget()
        self.password.setFocus()

    def _show_hint(self) -> None:
        caps = self.password.caps_lock
        self.hint.setText(self.state.hint(caps_lock=caps))
        set_look(self.hint, look="warning" if caps else "small")

    def _connect(self) -> None:
        self.who.activated.connect(self._take_who)
        self.password.returnPressed.connect(self.try_it)
        self.password.caps_lock_seen.connect(lambda _on: self._show_hint())

    def _lay_out(self) -> None:
        for each in self.state.logins:
            self.who.addItem(each.name, each.uid)
        self.who.setCurrentIndex(self.who.findData(self.state.uid))
        self.who.setVisible(self.state.several)
        self.name.setVisible(not self.state.several)
        self.body.addWidget(label("您是", "quiet"))
        self.body.addWidget(self.who)
        self.body.addWidget(self.name)
        self.body.addSpacing(6)
        self.body.addWidget(label("口令", "quiet"))
        self.body.addWidget(self.password)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.problem)
        self.body.addSpacing(8)
        self.body.addWidget(self.open)
        self.body.addWidget(self.forgot)
