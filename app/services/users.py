"""Who works here, and with which roles (reliability.md §6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.errors import InvalidError, UserError
from app.fields.actors import Actor, Source
from app.fields.acts import APART
from app.fields.spec import Problem, RecordType
from app.models.base import new_uid, values_of
from app.models.database import Database
from app.models.office import Office
from app.models.user import USER, User
from app.services.changes import Change

ADMIN = "admin"


@dataclass
class UserFile:
    """One person with a login; its uid is that of his slot in the key file."""

    uid: str = field(default_factory=new_uid)
    values: dict[str, Any] = field(default_factory=dict)
    active: bool = True

    @property
    def name(self) -> str:
        return self.values.get("name") or ""

    @property
    def roles(self) -> tuple[str, ...]:
        return roles_of(self.values)


def roles_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(role for role in (values.get("roles") or "").split(";") if role)


class Users:
    """People are never deleted: what they did stays under their name. They are stopped instead."""

    record: RecordType = USER

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[UserFile]:
        """Who works here first, then who has left; by name."""
        with self._database.reading() as session:
            found = session.scalars(select(User).order_by(User.active.desc(), User.name))
            return [_file(user) for user in found]

    def read(self, uid: str) -> UserFile:
        """Raises UserError for a login that the data does not know."""
        with self._database.reading() as session:
            user = session.get(User, uid)
            if user is None:
                raise UserError(
                    "这份数据里没有这个人，可能是恢复了更早的备份。请管理员在“人员与口令”里重新新增。"
                )
            return _file(user)

    def actor(self, uid: str, source: Source) -> Actor:
        """Raises UserError for somebody who was stopped, or whose deputy period is over or has not begun."""
        user = self.read(uid)
        if told := _absent(user):
            raise UserError(told)
        return Actor(user.uid, user.name, user.roles, source)

    def problems(self, file: UserFile) -> list[Problem]:
        with self._database.reading() as session:
            return self.record.problems(file.values) + _own_problems(session, file)

    def save(self, file: UserFile) -> Change:
        """Raises InvalidError: no name, no role, two roles that one person may not have, no administrator left."""
        if wrong := [p for p in self.problems(file) if p.severity == "E" or p.code == "R-00"]:
            raise InvalidError(wrong)
        with self._database.transaction("save_user", file.name) as session:
            user = session.get(User, file.uid)
            if user is None:
                user = User(uid=file.uid)
                session.add(user)
            for name, value in file.values.items():
                setattr(user, name, value)
            user.active = file.active
        return Change("user", frozenset({file.uid}))


def both_roles(roles: Sequence[str]) -> bool:
    """Whether somebody fills in and reviews his own work."""
    return set(roles) >= APART


def _file(user: User) -> UserFile:
    return UserFile(user.uid, values_of(user, USER), user.active)


def _absent(user: UserFile) -> str:
    today = clock.today().isoformat()
    since, until = user.values.get("since") or "", user.values.get("until") or ""
    if not user.active:
        return f"{user.name}已经停用，不能登录。请让管理员重新启用。"
    if since > today:
        return f"{user.name}的代理期从 {since} 开始，现在还不能登录。"
    if until and until < today[: len(until)]:
        return f"{user.name}的代理期到 {until} 为止，已经不能登录。请让管理员延长。"
    return ""


def _own_problems(session: Session, file: UserFile) -> list[Problem]:
    found = []
    same = session.scalar(select(User.uid).where(User.name == file.name, User.uid != file.uid))
    if same:
        found.append(Problem("name", "E", "U-01", f"已经有一个“{file.name}”，请加上职务区分"))
    reason = session.scalar(select(Office.one_person_reason)) or ""
    if both_roles(file.roles) and not reason.strip():
        found.append(
            Problem("roles", "E", "U-02", "填报和审核不能是同一个人；确实只有一个人时，请先写明原因")
        )
    if not (file.active and ADMIN in file.roles) and not _other_admin(session, file.uid):
        found.append(Problem("roles", "E", "U-03", "至少要有一个在用的管理员"))
    return found


def _other_admin(session: Session, uid: str) -> bool:
    others = session.scalars(select(User.roles).where(User.active, User.uid != uid))
    return any(ADMIN in (roles or "").split(";") for roles in others)
