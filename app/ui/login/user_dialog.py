"""Somebody new, or what has changed of somebody who has a login."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.fields.spec import RecordType
from app.services.changes import Change
from app.services.logins import Logins
from app.services.users import UserFile
from app.ui.forms.record_form import RecordForm
from app.ui.login.new_password import NewPassword
from app.ui.login.user_state import ROLES, WHY_REASON, UserState
from app.ui.login.work_dialog import WorkDialog
from app.ui.tasks import Tasks
from app.ui.widgets.words import label

NEW_WHY = "第一次的口令由您来设，当面告诉本人；本人登录后在“人员与口令”里换成自己的。"
OLD_WHY = "改了角色，下次登录起作数。"
DEPUTY = ("since", "until")
DEPUTY_WHY = "临时代理的，写上从哪天到哪天；到期自动不能登录。不是代理就空着。"
FORM_MARGIN = 16
"""Of a RecordForm; a dialog has its own."""
REASON_LINES = 3


class UserDialog(WorkDialog):
    saved = Signal(object)
    """The Change."""

    def __init__(
        self, parent: QWidget, logins: Logins, record: RecordType, tasks: Tasks, file: UserFile | None = None
    ) -> None:
        title = "新增一个登录的人" if file is None else f"修改 {file.name}"
        super().__init__(parent, tasks, title, NEW_WHY if file is None else OLD_WHY, "保存")
        self._logins = logins
        self.state = UserState(logins, record, file)
        self.form = RecordForm(self.state.form, titles=False, skip=("roles", *DEPUTY))
        self.deputy = RecordForm(self.state.form, titles=False, skip=("name", "post", "roles"))
        for name in DEPUTY:
            editor = self.deputy.editor(name)
            assert isinstance(editor, QLineEdit)
            editor.setPlaceholderText("如 2026.12.1")
        self.ticks = {role: QCheckBox(f"{word}：{more}") for role, (word, more) in ROLES.items()}
        self.roles_problem = label("", "error", wrap=True)
        self.reason_why = label(WHY_REASON, "quiet", wrap=True)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("填报、审核由同一人承担的说明")
        self.password = NewPassword()
        self._fill()
        self._connect()
        self._show_reason()
        self.fit()
        self.form.go_to("name")

    def take(self) -> None:
        field, sentence = self.state.form_problem
        self._say_roles(self.state.roles_problem)
        self.refuse(sentence)
        self.password.state.names = [self.state.form.values["name"] or ""]
        if field:
            (self.deputy if field in DEPUTY else self.form).go_to(field)
        elif self.state.roles_problem:
            (self.reason if self.state.needs_reason else self.ticks["preparer"]).setFocus()
        elif not self.state.is_new or self.password.check():
            self._save(self.password.state.password if self.state.is_new else "")

    def _save(self, password: str) -> None:
        file, reason = self.state.file, self.state.reason.strip()
        self.start(
            "保存人员",
            lambda: self._logins.save(file, password=password, reason=reason),
            self._tell,
        )

    def _tell(self, change: Change) -> None:
        self.saved.emit(change)

    def _tick(self, role: str, on: bool) -> None:
        self.state.tick(role, on=on)
        self._say_roles("")
        self._show_reason()

    def _take_reason(self) -> None:
        self.state.reason = self.reason.toPlainText()
        self._say_roles("")

    def _show_reason(self) -> None:
        self.reason_why.setVisible(self.state.needs_reason)
        self.reason.setVisible(self.state.needs_reason)

    def _say_roles(self, problem: str) -> None:
        self.roles_problem.setText(f"× {problem}")
        self.roles_problem.setVisible(bool(problem))

    def _connect(self) -> None:
        for role, tick in self.ticks.items():
            tick.toggled.connect(lambda on, role=role: self._tick(role, on))
        self.reason.textChanged.connect(self._take_reason)
        self.password.finished.connect(self.take)

    def _fill(self) -> None:
        for form in (self.form, self.deputy):
            form.setContentsMargins(-FORM_MARGIN, -FORM_MARGIN // 2, -FORM_MARGIN, -FORM_MARGIN)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(self.reason.fontMetrics().lineSpacing() * REASON_LINES + 20)
        self.body.addWidget(self.form)
        self.body.addWidget(label("角色（可以不止一个）", "quiet"))
        for role, tick in self.ticks.items():
            tick.setChecked(role in self.state.roles)
            self.body.addWidget(tick)
        for part in (self.reason_why, self.reason, self.roles_problem):
            self.body.addWidget(part)
        self._say_roles("")
        if self.state.is_new:
            self.body.addSpacing(8)
            self.body.addWidget(self.password)
        self.body.addSpacing(8)
        self.body.addWidget(label(DEPUTY_WHY, "quiet", wrap=True))
        self.body.addWidget(self.deputy)
