"""Changing a password, and changing the keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.logins import LoginLine, Logins
from app.services.vault import Opened
from app.ui.login.new_password import NewPassword
from app.ui.login.password_field import PasswordField
from app.ui.login.work_dialog import WorkDialog
from app.ui.tasks import Tasks
from app.ui.widgets.words import label

NO_FORMER = "请先输入现在的口令。"
REKEY_WHY = (
    "有人带着口令离开了，或者恢复单丢了，就换一次密钥：数据重新加密，从前的口令、恢复单和从前的备份口令都打不开新的数据。"
    "换过以后，别人的口令要一个一个重新设，还要印一张新的恢复单。"
)


class OwnPasswordDialog(WorkDialog):
    """The former one, then the new one twice."""

    changed = Signal()

    def __init__(self, parent: QWidget, logins: Logins, tasks: Tasks, name: str) -> None:
        super().__init__(parent, tasks, "修改我的口令", "", "修改")
        self.why.hide()
        self._logins = logins
        self.former = PasswordField("现在的口令")
        self.password = NewPassword()
        self.password.state.names = [name]
        self.body.addWidget(label("现在的口令", "quiet"))
        self.body.addWidget(self.former)
        self.body.addSpacing(8)
        self.body.addWidget(self.password)
        self.former.returnPressed.connect(self.password.take_focus)
        self.password.finished.connect(self.take)
        self.fit()
        self.former.setFocus()

    def take(self) -> None:
        self.refuse("")
        former = self.former.text()
        if not former:
            self.refuse(NO_FORMER)
            self.former.setFocus()
        elif password := self.password.check():
            self.start(
                "修改口令", lambda: self._logins.change_own(former, password), lambda _: self.changed.emit()
            )


class GivePasswordDialog(WorkDialog):
    """For somebody else: a first password, or another one for who has forgotten his."""

    given = Signal()

    def __init__(
        self,
        parent: QWidget,
        tasks: Tasks,
        line: LoginLine,
        give: Callable[[str, str], object],
        *,
        back: bool = False,
    ) -> None:
        """`give` is called with (uid, password); `back`: he was stopped and comes back."""
        why = "设好以后当面告诉本人；本人登录后在“人员与口令”里换成自己的。"
        title = f"重新启用 {line.file.name}" if back else f"给 {line.file.name} 设口令"
        super().__init__(parent, tasks, title, why, "启用" if back else "设好")
        self._uid, self._give = line.uid, give
        self.password = NewPassword()
        self.password.state.names = [line.file.name]
        self.body.addWidget(self.password)
        self.password.finished.connect(self.take)
        self.fit()
        self.password.take_focus()

    def take(self) -> None:
        if password := self.password.check():
            self.start("设置口令", lambda: self._give(self._uid, password), lambda _: self.given.emit())


class RekeyDialog(WorkDialog):
    rekeyed = Signal(str)
    """The new recovery code, to be printed now."""

    def __init__(self, parent: QWidget, logins: Logins, tasks: Tasks) -> None:
        super().__init__(parent, tasks, "换密钥", REKEY_WHY, "换密钥")
        self._logins = logins
        self.password = PasswordField("您的口令")
        self.body.addWidget(label("您的口令（不变）", "quiet"))
        self.body.addWidget(self.password)
        self.password.returnPressed.connect(self.take)
        self.fit()
        self.password.setFocus()

    def take(self) -> None:
        self.refuse("")
        password = self.password.text()
        if not password:
            self.refuse("请输入您的口令。")
            self.password.setFocus()
        else:
            self.start("换密钥", lambda: self._logins.rekey(password), self._tell)

    def _tell(self, opened: Opened) -> None:
        self.rekeyed.emit(opened.recovery_code)
