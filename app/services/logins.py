"""People and their passwords together: who works here stands in the data, who can open it in the key file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app import clock
from app.errors import UserError
from app.fields.codes import code_table
from app.services.changes import Change
from app.services.desk import Desk
from app.services.notes import SHEET_PRINTED_AT
from app.services.users import UserFile, both_roles
from app.services.vault import Opened, log_failures


@dataclass(frozen=True)
class LoginLine:
    """One person as the list shows him."""

    file: UserFile
    me: bool
    has_password: bool

    @property
    def uid(self) -> str:
        return self.file.uid

    @property
    def roles(self) -> str:
        table = code_table("role")
        return "、".join(table.label(role) for role in self.file.roles)

    @property
    def state(self) -> str:
        """In words; '' for somebody who simply works here."""
        since, until = self.file.values.get("since"), self.file.values.get("until")
        if not self.file.active:
            return "已停用"
        if not self.has_password:
            return "还没有口令，不能登录"
        if until:
            return f"代理到 {until}" if not since else f"代理期 {since} 至 {until}"
        return f"{since} 起" if since else ""


class Logins:
    """What an administrator does about people, and everybody about his own password."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def me(self) -> str:
        return self._desk.database.actor.uid

    @property
    def may_manage(self) -> bool:
        return self._desk.may("manage")

    def lines(self) -> list[LoginLine]:
        known = {login.uid for login in self._desk.vault.logins()}
        return [LoginLine(file, file.uid == self.me, file.uid in known) for file in self._desk.users.all()]

    def needs_reason(self, roles: tuple[str, ...]) -> bool:
        """Whether the office has still to write why one person fills in and reviews."""
        return both_roles(roles) and not (self._desk.office.read().get("one_person_reason") or "").strip()

    def save(self, file: UserFile, *, password: str = "", reason: str = "") -> Change:
        """Somebody new, with a first password, or what has changed of somebody.

        Raises UserError or InvalidError; nothing is kept then, but for a reason that was written.
        """
        if password:
            self._insist_on_strength(password, file.name)
        if reason:
            self._desk.office.save({"one_person_reason": reason})
        change = self._desk.users.save(file)
        if password:
            self._set_password(file, password)
        elif any(login.uid == file.uid and login.name != file.name for login in self._desk.vault.logins()):
            self._desk.vault.rename(file.uid, file.name)
        return change

    def stop(self, uid: str) -> Change:
        """He cannot log in any more; what he did stays under his name. Raises UserError for the last administrator."""
        if uid == self.me:
            raise UserError("不能停用自己。请让另一位管理员来停用。")
        change = self._desk.users.save(replace(self._desk.users.read(uid), active=False))
        self._desk.vault.remove(uid)
        return change

    def bring_back(self, uid: str, password: str) -> Change:
        """With a new password: the former one went when he was stopped."""
        return self.save(replace(self._desk.users.read(uid), active=True), password=password)

    def give_password(self, uid: str, password: str) -> None:
        """An administrator gives somebody another password, because he has forgotten his own."""
        if not self.may_manage:
            raise UserError("给别人换口令，要由管理员来做。")
        file = self._desk.users.read(uid)
        self._insist_on_strength(password, file.name)
        self._set_password(file, password)

    def change_own(self, former: str, password: str) -> None:
        """Raises UserError when the former one is wrong; that counts as a wrong try at the door."""
        file = self._desk.users.read(self.me)
        self._insist_on_strength(password, file.name)
        log_failures(self._desk.database, self._desk.vault.unlock(former, self.me))
        self._desk.vault.forget_failures()
        self._set_password(file, password)

    def rekey(self, password: str) -> Opened:
        """Other keys for the data; everybody else needs a new password then. Raises UserError for a wrong password."""
        actor = self._desk.database.actor
        opened = Opened(self._desk.database.keys, actor.uid, actor.name)
        made = self._desk.vault.rekey(self._desk.database, opened, password)
        self._desk.notes.put(SHEET_PRINTED_AT, "")
        return made

    def _insist_on_strength(self, password: str, name: str) -> None:
        if told := self._desk.vault.problem_with(password, name):
            raise UserError(told)

    def _set_password(self, file: UserFile, password: str) -> None:
        self._desk.vault.set_password(self._desk.database.keys, file.uid, file.name, password)
        self._desk.database.record("password", file.name, {"at": clock.now().isoformat()})
