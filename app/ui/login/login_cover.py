"""The login over the window: password or recovery words, off the window's thread, until somebody is let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from app.errors import DamagedError, UserError
from app.services.desk import Desk
from app.services.recovery import data_number, new_recovery
from app.services.vault import Opened, Vault
from app.ui.login.login_sheet import LoginSheet
from app.ui.login.login_state import LoginState
from app.ui.login.paper_sheet import WIDTH as PAPER_WIDTH
from app.ui.login.paper_sheet import PaperSheet
from app.ui.login.password_sheet import PasswordSheet
from app.ui.login.recover_sheet import RecoverSheet
from app.ui.login.stage import Stage
from app.ui.tasks import Tasks

LetIn = Callable[[Opened], Desk]
"""Opens the data for whom the vault has let in; runs off the window's thread."""


NEW_PASSWORD_WHY = "恢复词对上了。请选您的名字，设一个新口令；设好以后印一张新的恢复单，旧的那张就作废。"


class LoginCover(Stage):
    entered = Signal(object)
    """The Desk."""
    hurt = Signal(object)
    """The DamagedError that no password can mend."""

    def __init__(
        self, vault: Vault, tasks: Tasks, let_in: LetIn, usual: str = "", *, locked: bool = False
    ) -> None:
        """Raises UserError when the key file cannot be read."""
        super().__init__()
        self._vault, self._tasks, self._let_in = vault, tasks, let_in
        self.login = LoginSheet(LoginState(vault, usual, locked=locked))
        self.words = RecoverSheet(data_number(vault.file_id))
        self.bring(self.login)
        self.login.tried.connect(self._try)
        self.login.forgotten.connect(self._ask_for_words)
        self.words.tried.connect(self._recover)
        self.words.given_up.connect(self._go_back)

    def take_focus(self) -> None:
        self.login.take_focus()

    def _try(self, password: str, uid: str) -> None:
        self._tasks.start(
            "打开数据",
            lambda _: self._let_in(self._vault.unlock(password, uid)),
            self._enter,
            self._refuse,
            matters=False,
        )

    def _enter(self, desk: Desk) -> None:
        self.login.password.forget()
        self.login.rest()
        self.entered.emit(desk)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._tasks.failed.emit(error)
            self.login.rest()
        elif isinstance(error, DamagedError):
            self.login.rest()
            self.hurt.emit(error)
        else:
            self.login.refuse(str(error))

    def _ask_for_words(self) -> None:
        self.bring(self.words)
        self.words.take_focus()

    def _go_back(self) -> None:
        self.bring(self.login)
        self.login.take_focus()

    def _recover(self, code: str) -> None:
        self._tasks.start(
            "核对恢复词",
            lambda _: self._vault.recover(code),
            self._ask_for_password,
            self._refuse_words,
            matters=False,
        )

    def _refuse_words(self, error: Exception) -> None:
        self.words.refuse(str(error) if isinstance(error, UserError) else "")
        if not isinstance(error, UserError):
            self._tasks.failed.emit(error)

    def _ask_for_password(self, opened: Opened) -> None:
        self.words.forget()
        sheet = PasswordSheet("设一个新口令", NEW_PASSWORD_WHY, "设好，打开数据", self._vault.logins())
        sheet.chosen.connect(
            lambda uid, name, password: self._set_password(
                sheet, replace(opened, uid=uid, name=name), password
            )
        )
        self.bring(sheet)
        sheet.take_focus()

    def _set_password(self, sheet: PasswordSheet, opened: Opened, password: str) -> None:
        def failed(error: Exception) -> None:
            sheet.refuse(str(error) if isinstance(error, UserError) else "没有做成，请再试一次。")
            if not isinstance(error, UserError):
                self._tasks.failed.emit(error)

        sheet.work("正在设置新口令……")
        self._tasks.start(
            "设置新口令", lambda _: self._renew(opened, password), self._show_paper, failed, matters=False
        )

    def _renew(self, opened: Opened, password: str) -> tuple[Desk, str]:
        """First the password, then the desk: whoever may not enter has changed only his own slot."""
        self._vault.set_password(opened.keys, opened.uid, opened.name, password)
        desk = self._let_in(opened)
        desk.database.record("recovery", opened.name)
        desk.database.record("password", opened.name)
        return desk, new_recovery(desk)

    def _show_paper(self, made: tuple[Desk, str]) -> None:
        desk, code = made
        sheet = PaperSheet(desk, code, self._tasks, may_wait=False)
        sheet.finished.connect(lambda: self.entered.emit(desk))
        self.bring(sheet, PAPER_WIDTH)
