"""The door on the command line: a password from `SANGYU_PASSWORD` or typed unseen."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.services.vault import Opened, Vault

PASSWORD, USER = "SANGYU_PASSWORD", "SANGYU_USER"
KEYLESS = "“{folder}”里有数据，但没有它的钥匙文件“{file}”，打不开。请把钥匙文件放回来，或打开窗口从备份恢复。"
PLAIN = "“{folder}”里的数据还是旧版本的，没有加密。请先打开桑榆的窗口，设一个口令。"


def open_folder(folder: Path, user: str | None = None) -> Desk:
    """The desk over data that is there. Raises UserError for a wrong password, or data that has no door."""
    from app.services.desk import open_desk  # SQLAlchemy, which the window loads after it is seen
    from app.services.vault import Vault

    vault = Vault(folder)
    if vault.state == "keyless":
        raise UserError(KEYLESS.format(folder=folder, file=vault.path.name))
    if vault.state == "plain":
        raise UserError(PLAIN.format(folder=folder))
    return open_desk(folder, vault.unlock(_password("口令："), _login(vault, user)), "command")


def new_folder(folder: Path, name: str, password: str = "") -> tuple[Desk, Opened]:
    """The desk over a folder that holds nothing yet, with its first user, and the recovery words."""
    from app.services.desk import open_desk
    from app.services.vault import Vault

    opened = Vault(folder).create(name, password or _new_password())
    return open_desk(folder, opened, "command"), opened


def _login(vault: Vault, user: str | None) -> str:
    """The uid of the one named; '' tries everybody."""
    named = user or os.environ.get(USER)
    if not named:
        return ""
    found = {login.name: login.uid for login in vault.logins()}
    if named not in found:
        raise UserError(f"没有“{named}”这个登录名。现有：{'、'.join(found)}。")
    return found[named]


def _password(prompt: str) -> str:
    if given := os.environ.get(PASSWORD):
        return given
    if not sys.stdin.isatty():
        raise UserError(f"数据有口令。请在终端里运行，或用环境变量 {PASSWORD} 给出口令。")
    return getpass(prompt)


def _new_password() -> str:
    """Typed twice, unless the environment gives it."""
    first = _password("给数据设一个口令（至少 10 个字）：")
    if not os.environ.get(PASSWORD) and first != getpass("再输一次："):
        raise UserError("两次输入的口令不一样，没有建立数据。请再来一次。")
    return first
