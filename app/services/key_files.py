"""Whether the key file beside the data is the right one, and putting another in its place."""

from __future__ import annotations

from pathlib import Path

from app import clock
from app.errors import UserError
from app.exchange.safe_write import write_file
from app.paths import DATA_FILE
from app.services.vault import Vault

SALT = 16
"""Bytes in plain in front of an encrypted database; its key file knows them."""
OTHER = "这个钥匙文件是好的，但不是这份数据的。请选和这份数据一起备份的那一个，或者从备份恢复整个文件夹。"


def trouble(vault: Vault) -> str:
    """Why no password can open the data, as a sentence; '' when one can."""
    if vault.state == "keyless":
        return (
            f"数据在，可是钥匙文件“{vault.path.name}”不在数据文件夹里，没有它谁也打不开。"
            "它可能被挪走或误删了；每份备份里都带着一份。"
        )
    try:
        vault.logins()
    except UserError as error:
        return str(error)
    return "" if belongs(vault.path, vault.folder / DATA_FILE) else OTHER_HERE


OTHER_HERE = "数据文件夹里的钥匙文件是另一份数据的，打不开这一份。可能是拷贝的时候混了。"


def belongs(key_file: Path, data: Path) -> bool:
    """By the salt alone. Raises UserError for what is no whole key file."""
    from app.vault.key_file import KeyFile

    with data.open("rb") as stream:
        return KeyFile.read(_bytes(key_file), key_file.name).salt == stream.read(SALT)


def take_key_file(vault: Vault, chosen: Path) -> None:
    """The chosen file becomes the key file; the former one is kept. Raises UserError when it does not fit."""
    if not belongs(chosen, vault.folder / DATA_FILE):
        raise UserError(OTHER)
    content = _bytes(chosen)
    put_aside(vault)
    write_file(vault.path, content)


def put_aside(vault: Vault) -> None:
    """The key file gets another name; whatever it belongs to can still be opened with it."""
    if vault.path.exists():
        vault.path.replace(vault.path.with_name(f"{vault.path.name}.{clock.now():%Y%m%d-%H%M%S}.bak"))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"“{path.name}”读不出来，请检查 U 盘是否插好，或另选一个。") from error
