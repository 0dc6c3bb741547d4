"""The one place where the database is opened (reliability.md §3.3, §4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import UserError

APPLICATION_ID = 0x53594C47
"""Marks the file as ours ('SYLG'); a foreign file is refused before it is touched."""

SETTINGS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "recursive_triggers = ON",
    "busy_timeout = 5000",
    "wal_autocheckpoint = 1000",
    "journal_size_limit = 4194304",
)
SAFE_ENGINE = (3, 51, 3)
"""Older SQLite engines can corrupt a WAL when it is reset (reliability.md finding 2)."""

_SQLITE_OK, _SQLITE_DENY, _SQLITE_PRAGMA, _SQLITE_ATTACH = 0, 1, 19, 24


class Database:
    """One SQLite file. Sessions never leave the services; what comes out of them is plain."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = create_engine(
            "sqlite+pysqlite://", module=sqlcipher, creator=self._open, poolclass=QueuePool
        )
        event.listen(self.engine, "begin", _begin)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(begin="DEFERRED"))

    def _open(self) -> Any:
        _check_engine()
        try:
            connection = sqlcipher.connect(str(self.path), isolation_level=None, check_same_thread=False)
        except sqlcipher.OperationalError as error:
            raise UserError(_CLOSED.format(path=self.path)) from error
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            _check_owner(connection, self.path)
            for setting in SETTINGS:
                connection.execute(f"PRAGMA {setting}")
        except sqlcipher.DatabaseError as error:
            connection.close()
            raise UserError(_sentence(error, self.path) or _DAMAGED.format(name=self.path.name)) from error
        except UserError:
            connection.close()
            raise
        connection.set_authorizer(_allow)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """All or nothing: commits when the block ends, rolls back when it raises.

        Raises UserError where the disk or another program forbids writing.
        """
        try:
            with self._writing.begin() as session:
                yield session
        except OperationalError as error:
            if sentence := _sentence(error.orig, self.path):
                raise UserError(sentence) from error
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent view that holds up nobody; nothing written in it is kept."""
        with self._reading() as session:
            yield session

    def copy_to(self, target: Path) -> None:
        """A whole copy, also while the file is in use; `target` appears only when complete."""
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        source, copy = self._open(), sqlcipher.connect(str(part))
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
        part.replace(target)

    def close(self) -> None:
        """Folds the log into the file, so that a copy made by hand is complete."""
        if self.path.exists():
            with self.engine.connect() as connection:
                connection.connection.driver_connection.execute(  # type: ignore[union-attr]
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                ).close()
        self.engine.dispose()


_CLOSED = "数据文件夹“{path.parent}”打不开，请检查它是否还在、有没有写入权限，或换一个文件夹。"
_DAMAGED = "数据文件“{name}”打不开，可能已损坏。请先把整个数据文件夹复制一份，再从备份恢复。"
_REASONS = {
    "locked": "数据正被另一个窗口或程序使用，请稍等再试；若一直如此，请关掉其他桑榆窗口。数据没有改动。",
    "full": "磁盘已满，没有写入。请腾出空间后再试，数据没有改动。",
    "readonly": _CLOSED,
    "unable to open": _CLOSED,
}
"""What SQLite says of the disk and of other programs, as the user reads it."""


def _sentence(error: BaseException | None, path: Path) -> str:
    """'' for what is not the disk's or another program's doing."""
    return next((told.format(path=path) for word, told in _REASONS.items() if word in str(error)), "")


def _begin(connection: Connection) -> None:
    """Takes the write lock at once, so that a transaction never fails half way for want of it."""
    connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("begin", "IMMEDIATE"))


def _check_engine() -> None:
    if tuple(map(int, sqlcipher.sqlite_version.split("."))) < SAFE_ENGINE:
        raise UserError(f"数据库引擎 {sqlcipher.sqlite_version} 太旧，会损坏数据，请重新安装本程序。")


def _check_owner(connection: Any, path: Path) -> None:
    """A new file is marked as ours; a file of another program is left alone."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner == APPLICATION_ID:
        return
    if owner or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise UserError(f"“{path}”不是桑榆的数据文件，请换一个文件夹。")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _allow(action: int, first: str | None, second: str | None, _schema: Any, _source: Any) -> int:
    """Denies what a hostile statement would need; nothing of ours uses it."""
    writes_schema = action == _SQLITE_PRAGMA and first == "writable_schema" and second is not None
    return _SQLITE_DENY if action == _SQLITE_ATTACH or writes_schema else _SQLITE_OK


def table_counts(session: Session) -> dict[str, int]:
    """Rows per table, to compare before and after."""
    names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
    return {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}
