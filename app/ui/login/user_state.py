"""One person being written down: name, roles, first password; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.fields.spec import RecordType
from app.services.logins import Logins
from app.services.users import UserFile
from app.ui.forms.form_state import FormState

ROLES: Mapping[str, tuple[str, str]] = {
    "preparer": ("填报", "记档案、走访、发放，导入，导出，上报"),
    "reviewer": ("审核", "核对别人填报的，审定发放；不能改"),
    "head": ("负责人", "看全部，导出，改单位设置"),
    "admin": ("管理员", "管人员和口令，恢复备份"),
    "reader": ("只读", "只看，不改也不导出"),
}
NO_ROLE = "请至少勾一个角色。"
NO_REASON = "请写明为什么填报和审核是同一个人，例如“本单位只有一名工作人员”。"
WHY_REASON = "填报和审核本该分开。确实只有一个人的，请写明原因；以后每张打印件上都会注明。"


class UserState:
    def __init__(self, logins: Logins, record: RecordType, file: UserFile | None = None) -> None:
        """None is somebody new."""
        self._logins = logins
        self.is_new = file is None
        self._file = file or UserFile()
        self.form = FormState(record, self._file.values)
        self.roles = set(self._file.roles)
        self.reason = ""

    def tick(self, role: str, *, on: bool) -> None:
        if on:
            self.roles.add(role)
        else:
            self.roles.discard(role)

    @property
    def needs_reason(self) -> bool:
        return self._logins.needs_reason(tuple(self.roles))

    @property
    def roles_problem(self) -> str:
        if not self.roles:
            return NO_ROLE
        return NO_REASON if self.needs_reason and not self.reason.strip() else ""

    @property
    def form_problem(self) -> tuple[str, str]:
        """(field, sentence) of the first thing to mend; the roles are looked at apart."""
        if not self.form.values["name"]:
            return "name", "请填写姓名；登录时选的就是它。"
        found = [problem for problem in self.form.errors if problem.field != "roles"]
        return (found[0].field, found[0].message) if found else ("", "")

    @property
    def file(self) -> UserFile:
        roles = ";".join(role for role in ROLES if role in self.roles)
        return replace(self._file, values={**self._file.values, **self.form.values, "roles": roles})
