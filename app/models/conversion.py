"""Files of the first version were plain: they are copied into an encrypted one and then wiped."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import UserError
from app.fields.actors import Keys
from app.models.database import APPLICATION_ID, PLAIN_HEADER

_CHUNK = 1 << 20


def is_plain(path: Path) -> bool:
    """Whether a database can be read by anybody."""
    with path.open("rb") as stream:
        return stream.read(len(PLAIN_HEADER)) == PLAIN_HEADER


def encrypt(plain: Path, target: Path, keys: Keys) -> None:
    """A copy under the keys, compared table by table. The log of `plain` is folded into it first, and is gone.

    Raises UserError when the file is not ours, is damaged or open elsewhere, or the copy does not come out the same.
    """
    target.unlink(missing_ok=True)
    try:
        with closing(sqlcipher.connect(str(plain), isolation_level=None)) as connection:
            _check(connection, plain)
            # Refused while another program has the file open: its log would be laid over the encrypted file later.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute(
                f"ATTACH DATABASE ? AS sealed KEY \"x'{keys.database.hex()}{keys.salt.hex()}'\"",
                (str(target),),
            )
            connection.execute("SELECT sqlcipher_export('sealed')").fetchall()
            connection.execute(f"PRAGMA sealed.application_id = {APPLICATION_ID}")
            _compare(connection)
    except sqlcipher.DatabaseError as error:
        target.unlink(missing_ok=True)
        if "locked" in str(error):
            raise UserError("旧版本的桑榆还开着这份数据，没有加密。请先关掉它，再来一次。") from error
        raise UserError(
            f"“{plain.name}”读不完整，没有加密，原来的文件没有动。请从备份恢复后再试。"
        ) from error


def _check(connection: Any, plain: Path) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError(f"“{plain}”不是桑榆的数据文件，请换一个文件夹。")
    if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        raise sqlcipher.DatabaseError("malformed")


def _compare(connection: Any) -> None:
    names = [
        name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
    ]
    for name in names:
        both = f'SELECT * FROM {{}}."{name}" EXCEPT SELECT * FROM {{}}."{name}"'
        for sides in (("main", "sealed"), ("sealed", "main")):
            if connection.execute(both.format(*sides)).fetchone():
                raise sqlcipher.DatabaseError(f"{name} differs")


def wipe(path: Path) -> None:
    """Overwritten before it is removed, with its side files. On a flash disk old copies of blocks may live on."""
    for each in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        if each.exists():
            _overwrite(each)
            each.unlink()


def _overwrite(path: Path) -> None:
    with path.open("r+b") as stream:
        left = path.stat().st_size
        while left > 0:
            left -= stream.write(bytes(min(_CHUNK, left)))
        stream.flush()
        os.fsync(stream.fileno())
