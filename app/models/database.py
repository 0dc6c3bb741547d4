"""The one place where the database is opened (reliability.md §3.3, §4.2)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ExceptionContext, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import DamagedError, LockedError, UserError
from app.fields.actors import PROGRAM, Actor, Keys
from app.fields.acts import refuse_unless_permitted
from app.models.audit import Acting, Head, Verdict, head_of, open_act, reseal, seal_act, verify
from app.paths import Journal
from app.progress import Progress, silent

APPLICATION_ID = 0x53594C47
"""Marks the file as ours ('SYLG'); a foreign file is refused before it is touched."""

SETTINGS = (
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
PLAIN_HEADER = b"SQLite format 3\x00"
HEADER, OWNER = 100, slice(68, 72)
"""Bytes of the header of a plain file, and where its application id stands (sqlite.org/fileformat)."""


_SQLITE_OK, _SQLITE_DENY, _SQLITE_PRAGMA, _SQLITE_ATTACH = 0, 1, 19, 24
_DENIED_PRAGMAS = {"writable_schema", "key", "rekey"}


class Database:
    """One SQLite file. Sessions never leave the services; what comes out of them is plain."""

    def __init__(
        self, path: Path, keys: Keys | None = None, actor: Actor = PROGRAM, *, journal: Journal = "WAL"
    ) -> None:
        """Without keys the file is plain: for what lives in memory, and for files of the first version."""
        self.path = path
        self.actor = actor
        self._keys, self._journal, self._is_locked = keys, journal, False
        self.engine = create_engine(
            "sqlite+pysqlite://",
            module=sqlcipher,
            creator=self._open,
            poolclass=QueuePool,
            hide_parameters=True,  # what a failed statement carried is people's data
        )
        event.listen(self.engine, "begin", self._begin)
        event.listen(self.engine, "commit", self._commit)
        event.listen(self.engine, "handle_error", self._tell)
        self._reading = self.engine.execution_options(begin="DEFERRED")

    @property
    def keys(self) -> Keys:
        """For what has to be sealed anew in the key file. Raises LockedError while nobody is logged in."""
        if self._keys is None:
            raise LockedError(_LOCKED)
        return self._keys

    @property
    def audit_key(self) -> bytes:
        return self._keys.audit if self._keys else b""

    def _open(self) -> Any:
        if self._is_locked:
            raise LockedError(_LOCKED)
        return self._connected(self._keys)

    def _connected(self, keys: Keys | None) -> Any:
        _check_engine()
        try:
            connection = sqlcipher.connect(
                _address(self.path), uri=True, isolation_level=None, check_same_thread=False
            )
        except sqlcipher.OperationalError as error:
            raise UserError(_CLOSED.format(path=self.path)) from error
        try:
            _unlock(connection, keys)
            _check_owner(connection, self.path)
            connection.execute(f"PRAGMA journal_mode = {self._journal}")
            for setting in SETTINGS:
                connection.execute(f"PRAGMA {setting}")
        except sqlcipher.DatabaseError as error:
            connection.close()
            raise _told(error, self.path, keys) from error
        except UserError:
            connection.close()
            raise
        connection.set_authorizer(_allow)
        return connection

    @contextmanager
    def transaction(
        self, act: str, about: str = "", details: Mapping[str, Any] | None = None, batch: str = ""
    ) -> Iterator[Session]:
        """All or nothing: commits when the block ends, rolls back when it raises.

        What is written stands in the log as `act` (of `fields.acts`). Raises UserError where the disk, another
        program or the actor's roles forbid writing.
        """
        with self._acting(Acting(self.actor, act, about, details or {}, batch)) as session:
            yield session

    def record(self, act: str, about: str = "", details: Mapping[str, Any] | None = None) -> None:
        """Puts something into the log that is no change of a row."""
        with self._acting(Acting(self.actor, act, about, details or {}, is_event=True)):
            pass

    @contextmanager
    def _acting(self, acting: Acting) -> Iterator[Session]:
        refuse_unless_permitted(acting.actor, acting.act)
        engine = self.engine.execution_options(acting=acting)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            session.info["acting"] = acting
            session.connection()
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent view that holds up nobody; nothing written in it is kept."""
        with Session(self._reading) as session:
            yield session

    def _begin(self, connection: Connection) -> None:
        """Takes the write lock at once, so that a transaction never fails half way for want of it."""
        options = connection.get_execution_options()
        connection.exec_driver_sql("BEGIN " + options.get("begin", "IMMEDIATE"))
        if "acting" in options:
            open_act(connection)

    def _commit(self, connection: Connection) -> None:
        if acting := connection.get_execution_options().get("acting"):
            seal_act(connection, acting, self.audit_key)

    def _tell(self, context: ExceptionContext) -> None:
        """What the disk, another program or a guard says becomes a sentence."""
        told = _sentence(context.original_exception, self.path)
        if isinstance(told, DamagedError) or "disk I/O error" in str(context.original_exception):
            context.is_disconnect = True  # what this connection remembers of the file may be wrong
        if told:
            raise told from context.sqlalchemy_exception

    def head(self) -> Head:
        """The end of the log, for whoever keeps it elsewhere."""
        with self.reading() as session:
            return head_of(session.connection())

    def verify_log(self, progress: Progress = silent) -> Verdict:
        """Computes the whole chain again."""
        with self.reading() as session:
            return verify(session.connection(), self.audit_key, progress)

    def copy_to(self, target: Path) -> None:
        """A whole copy under the same keys, also while the file is in use; `target` appears only when complete."""
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        try:
            with closing(self._open()) as source, closing(sqlcipher.connect(str(part))) as copy:
                _unlock(copy, self._keys)
                source.backup(copy)
            _sync(part)
        except sqlcipher.DatabaseError as error:
            part.unlink(missing_ok=True)
            raise _told(error, part, None) from error
        part.replace(target)
        _sync(target.parent)

    def beside(self, path: Path) -> Database:
        """Another file under the same keys, such as a copy of this one; the program itself acts in it."""
        if self._is_locked:
            raise LockedError(_LOCKED)
        return Database(path, self._keys, journal="TRUNCATE")

    def checkpoint(self) -> None:
        """Folds the log file into the database: a copy made by hand is complete then (finding 10)."""
        if self._is_locked or not self.path.exists():
            return
        with self.engine.connect() as connection:
            try:
                _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            except sqlcipher.DatabaseError as error:
                # On a full disk the connection stays: opened anew, it would find the last refused step in the log.
                if "full" not in str(error):
                    connection.invalidate()
                raise _told(error, self.path, self._keys) from error

    def integrity(self) -> list[str]:
        """What SQLite, the page seals and the references say; empty when all is well.

        The order matters: `cipher_integrity_check` reads the main file only (reliability.md finding 5).
        """
        with closing(self._open()) as connection:
            try:
                return list(_integrity(connection, keyed=self._keys is not None))
            except sqlcipher.DatabaseError as error:
                return [str(error)]

    def lock(self) -> None:
        """Closes every connection and forgets the keys; until `unlock` any use raises LockedError."""
        try:
            self.checkpoint()
        finally:
            self._keys, self._is_locked = None, True
            self.engine.dispose()

    def shut(self) -> Callable[[], None]:
        """`lock`, with a way back for whoever finds that he cannot go on with what he shut it for."""
        keys = self._keys
        self.lock()

        def open_again() -> None:
            self._keys, self._is_locked = keys, False

        return open_again

    def unlock(self, keys: Keys, actor: Actor) -> None:
        self._keys, self._is_locked, self.actor = keys, False, actor

    def rekey(self, keys: Keys) -> None:
        """Encrypts every page anew and seals the log with the new key. Nobody else may have the file open.

        SQLite's own journal makes it all or nothing: killed half way, the file opens with the old keys or the
        new (reliability.md §3.3), so the key file must know both before; whoever opens it with the new ones then
        calls `seal_again`. Raises ValueError for a broken log: it must not come out whole.
        """
        old = self._keys
        assert old is not None, "a plain file is converted, not given another key"
        if self.verify_log().problems:
            raise ValueError("a broken chain is not sealed again")
        self.engine.dispose()
        with closing(self._connected(old)) as connection:
            connection.set_authorizer(None)
            connection.execute(f'PRAGMA rekey = "{_pragma(keys)}"')
        self._keys = keys
        self.seal_again(old.audit)

    def seal_again(self, old: bytes) -> None:
        """The log under the audit key of now, where it still stands under the one before."""
        with self.engine.begin() as connection:
            if verify(connection, self.audit_key).problems:
                reseal(connection, old, self.audit_key)

    def close(self) -> None:
        """Folds the log into the file, so that a copy made by hand is complete."""
        try:
            self.checkpoint()
        finally:
            self.engine.dispose()


def opens(path: Path, keys: Keys) -> bool:
    """Whether these are the keys of the file; it is not changed."""
    with closing(sqlcipher.connect(str(path), isolation_level=None)) as connection:
        try:
            _unlock(connection, keys)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.DatabaseError:
            return False
    return True


def describe(session: Session, about: str) -> None:
    """Says in the log what the running transaction is about, where that is known only inside it."""
    session.info["acting"].about = about


def keep_in_any_case(session: Session) -> None:
    """The running transaction stands in the log although it may turn out to change no row."""
    session.info["acting"].is_event = True


def actor_of(session: Session) -> Actor:
    """Who writes in the running transaction."""
    acting: Acting = session.info["acting"]
    return acting.actor


def _address(path: Path) -> str:
    """`psow=0`: a disk that loses its power in a write may spoil the whole sector. Without it SQLite takes for granted
    that what stood in the sector before stays, and the last commit of the log may go with the next one."""
    return "file::memory:" if str(path) == ":memory:" else f"{path.absolute().as_uri()}?psow=0"


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _pragma(keys: Keys) -> str:
    return f"x'{keys.database.hex()}{keys.salt.hex()}'"


def _unlock(connection: Any, keys: Keys | None) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    if keys:
        connection.execute(f'PRAGMA key = "{_pragma(keys)}"')


_LOCKED = "数据已经锁定，请先输入口令。"
_CLOSED = "数据文件夹“{path.parent}”打不开，请检查它是否还在、有没有写入权限，或换一个文件夹。"
_DAMAGED = (
    "数据文件“{path.name}”读不出来，可能已经损坏。"
    "请退出桑榆再打开一次；还是这样，请从备份恢复，损坏的文件会留着。"
)
_PLAIN = "数据文件“{path.name}”没有加密，不是这个版本写的，没有打开。请从备份恢复，或联系维护的人。"
_OTHER_KEY = (
    "数据文件“{path.name}”和钥匙文件配不上：可能放错了钥匙文件，也可能数据文件已经损坏。"
    "请把原来的钥匙文件放回来，或从备份恢复。数据没有改动。"
)
_FOREIGN = "“{path}”不是桑榆的数据文件，请换一个文件夹。"
_BUSY = "数据正被另一个窗口或程序使用，请稍等再试；若一直如此，请关掉其他桑榆窗口。数据没有改动。"
_REASONS = {
    "locked": _BUSY,
    "full": "磁盘已满，没有写入。请腾出空间后再试，数据没有改动。",
    "disk I/O error": "磁盘读写出错，没有写入。请检查硬盘或 U 盘后再试；若再次出现，请先备份。",
    "readonly": _CLOSED,
    "unable to open": _CLOSED,
}
"""What SQLite says of the disk and of other programs, as the user reads it."""
_BROKEN = ("malformed", "not a database", "HMAC")


def _sentence(error: BaseException | None, path: Path) -> UserError | None:
    """None for what is not the disk's, another program's or a guard's doing."""
    text = str(error)
    if isinstance(error, sqlcipher.IntegrityError):
        return UserError(text + "。") if re.search("[\u4e00-\u9fff]", text) else None
    if isinstance(error, sqlcipher.DatabaseError) and any(word in text for word in _BROKEN):
        return DamagedError(_DAMAGED.format(path=path))
    if isinstance(error, sqlcipher.OperationalError):
        told = next((told for word, told in _REASONS.items() if word in text), None)
        return UserError(told.format(path=path)) if told else None
    return None


def _told(error: BaseException, path: Path, keys: Keys | None) -> UserError:
    """Why a file could not be opened at all."""
    if sentence := _sentence(error, path):
        return _mismatch(path, keys) or sentence if isinstance(sentence, DamagedError) else sentence
    return DamagedError(_DAMAGED.format(path=path))


def _mismatch(path: Path, keys: Keys | None) -> UserError | None:
    """The salt stands in front of the file in plain: it tells a wrong key from damage inside."""
    with path.open("rb") as stream:
        head = stream.read(HEADER)
    if not keys or head[: len(keys.salt)] == keys.salt:
        return None
    if not head.startswith(PLAIN_HEADER):
        return DamagedError(_OTHER_KEY.format(path=path))
    owner = int.from_bytes(head[OWNER], "big")
    return UserError((_PLAIN if owner == APPLICATION_ID else _FOREIGN).format(path=path))


def _check_engine() -> None:
    if tuple(map(int, sqlcipher.sqlite_version.split("."))) < SAFE_ENGINE:
        raise UserError(f"数据库引擎 {sqlcipher.sqlite_version} 太旧，会损坏数据，请重新安装本程序。")


def _check_cipher(connection: Any) -> None:
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise UserError("本程序缺少加密部件，不能打开数据，请重新安装本程序。")


def _check_owner(connection: Any, path: Path) -> None:
    """A new file is marked as ours; a file of another program is left alone."""
    _check_cipher(connection)
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner == APPLICATION_ID:
        return
    if owner or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise UserError(_FOREIGN.format(path=path))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _allow(action: int, first: str | None, second: str | None, _schema: Any, _source: Any) -> int:
    """Denies what a hostile statement would need; nothing of ours uses it."""
    hostile = action == _SQLITE_PRAGMA and first in _DENIED_PRAGMAS and second is not None
    return _SQLITE_DENY if action == _SQLITE_ATTACH or hostile else _SQLITE_OK


def _integrity(connection: Any, *, keyed: bool) -> Iterator[str]:
    yield from (line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    if keyed:
        yield from (line for (line,) in connection.execute("PRAGMA cipher_integrity_check"))
    yield from (
        f"{row[0]} 的第 {row[1]} 行没有主人" for row in connection.execute("PRAGMA foreign_key_check")
    )


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def table_counts(session: Session) -> dict[str, int]:
    """Rows per table, to compare before and after."""
    names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
    return {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}
