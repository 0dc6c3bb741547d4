"""The door of a data folder: who may open it, and how the key file beside the database comes to be.

The key file is written before what depends on it, so that no moment leaves data without a key (reliability.md §3.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Literal

from app import clock
from app.errors import UserError
from app.exchange.file_lock import alone
from app.exchange.file_names import free_name
from app.exchange.safe_write import sync_folder, write_file
from app.fields.actors import Keys
from app.fields.acts import refuse_unless_permitted
from app.models import conversion
from app.models.base import new_uid
from app.paths import DATA_FILE, KEY_FILE
from app.services import rekeying
from app.services.readings import search_key

if TYPE_CHECKING:
    from app.models.database import Database
    from app.vault.key_file import KeyFile

State = Literal["new", "plain", "locked", "keyless"]
LOCK = "sangyu.key.lock"
FORMER = ".旧"
PLAIN_LEFTOVERS = ("before-upgrade.sqlite",)
"""Plain copies that the first version made."""


@dataclass(frozen=True)
class Login:
    """One who can be chosen at the door."""

    uid: str
    name: str


@dataclass(frozen=True)
class Failure:
    """A wrong password before this login, which only now can be written into the log."""

    at: str
    name: str


@dataclass(frozen=True)
class Opened:
    """What somebody got who was let in. An empty uid has come with the recovery words."""

    keys: Keys
    uid: str
    name: str
    failures: tuple[Failure, ...] = ()
    recovery_code: str = ""
    """Only right after it was made; it is kept nowhere."""

    @property
    def recovery_words(self) -> tuple[str, ...]:
        """The code as it is written on the sheet."""
        from app.vault.recovery import words_of

        return tuple(word.text for word in words_of(self.recovery_code))


class Vault:
    """The key file of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / KEY_FILE
        self._turn = RLock()
        self._turns = 0
        self._data = folder / DATA_FILE
        self._plain = folder / (DATA_FILE + ".plain")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Whoever reads the key file to write it anew is the only one: a try meanwhile would put the old one back."""
        with self._turn:
            self._turns += 1
            try:
                with nullcontext() if self._turns > 1 else alone(self.folder / LOCK):
                    yield
            finally:
                self._turns -= 1

    @property
    def state(self) -> State:
        """`plain` is a database of the first version, `keyless` one whose key file is missing."""
        self._finish_conversion()
        if not self._data.exists():
            return "new"
        if conversion.is_plain(self._data):
            return "plain"
        return "locked" if self.path.exists() else "keyless"

    def _finish_conversion(self) -> None:
        """One that was cut off goes on from where it was: back before the swap, forward after it."""
        if not self._plain.exists():
            return
        if self._data.exists():
            self._wipe_plain()
        else:
            self._plain.replace(self._data)

    def _wipe_plain(self) -> None:
        for leftover in (self._plain, *(self.folder / each for each in PLAIN_LEFTOVERS)):
            conversion.wipe(leftover)

    def logins(self) -> list[Login]:
        """Raises UserError when the key file is damaged."""
        return [Login(slot.uid, slot.name) for slot in self._read().slots]

    def wait(self) -> int:
        """Seconds until the next try is allowed, after too many wrong ones."""
        with self._alone():
            file = self._read()
            begun = file.begun(clock.now())
            if begun != file:
                self._write(begun)
            return begun.wait(clock.now())

    @property
    def tries_left(self) -> int:
        return self._read().tries_left

    def problem_with(self, password: str, *names: str) -> str | None:
        """What makes the password too weak, as a sentence; None when it will do."""
        from app.vault.passwords import problem_with

        return problem_with(
            password, [*names, *(word for name in names for word in search_key(name).split())]
        )

    def create(self, name: str, password: str) -> Opened:
        """Keys, a login and recovery words for data that does not exist yet. Raises UserError for a weak password."""
        if self.state != "new":
            raise UserError(f"“{self.folder}”里已经有数据，没有改动。请换一个空文件夹。")
        if self.path.exists():
            raise UserError(
                f"“{self.folder}”里有钥匙，没有它的数据，没有改动。请把数据放回来，或换一个空文件夹。"
            )
        make_folder(self.folder)
        return self._first(Keys.new(), name, password)

    def _first(self, keys: Keys, name: str, password: str) -> Opened:
        from app.vault.costs import calibrate
        from app.vault.key_file import KeyFile

        self._insist_on_strength(password, name)
        uid = new_uid()
        file = KeyFile.new(new_uid(), keys, calibrate()).with_slot(keys, uid, name, password)
        file, code = file.with_recovery(keys)
        self._write(file)
        return Opened(keys, uid, name, recovery_code=code)

    def unlock(self, password: str, uid: str = "") -> Opened:
        """Raises UserError: wrong password with the tries left, shut for a while, damaged key file."""
        from app.vault.key_file import WrongPasswordError

        with self._alone():  # tries at the same time would all be the first
            self._insist_on_waiting()
            self._settle(password, uid)
            file = self._read()
            try:
                keys, found = file.open(password, uid or None)
            except WrongPasswordError as error:
                self._write(file.failed(clock.now(), uid))
                raise UserError(self._told(str(error))) from None
            return self._let_in(file, keys, found)

    def _settle(self, password: str, uid: str) -> None:
        """After a change of keys that was cut off: finds out which of the two key files has its database."""
        from app.vault.key_file import KeyFile, WrongPasswordError

        waiting = rekeying.next_of(self.path)
        if not waiting.exists():
            return
        try:
            keys, _ = KeyFile.read(waiting.read_bytes(), waiting.name).open(password, uid or None)
            old, _ = self._read().open(password, uid or None)
        except WrongPasswordError:
            return  # somebody else is at the door; who changed the keys will be asked
        if rekeying.fits(self._data, keys):
            rekeying.finish(self._data, keys, old)
            rekeying.settle(self.path)
        else:
            rekeying.give_up(self.path)

    def rekey(self, database: Database, opened: Opened, password: str) -> Opened:
        """Other keys. Only the one who asks keeps his login; the others are given new passwords, and new recovery
        words are made. Raises UserError for a wrong password; nothing is changed then."""
        from app.vault.costs import calibrate
        from app.vault.key_file import KeyFile

        refuse_unless_permitted(database.actor, "rekey")
        with self._alone():
            log_failures(database, self.unlock(password, opened.uid))
            if database.verify_log().problems:
                raise UserError("操作日志核对不上，没有换密钥。请先告诉负责人，查清以后再换。")
            keys = Keys.new()
            file = KeyFile.new(self.file_id, keys, calibrate())
            file, code = file.with_slot(keys, opened.uid, opened.name, password).with_recovery(keys)
            rekeying.take_over(self.path, file.to_bytes(), database, keys)
        database.record("rekey", opened.name)
        return Opened(keys, opened.uid, opened.name, recovery_code=code)

    def recover(self, code: str) -> Opened:
        """Opens with the words of the recovery sheet. Raises UserError for words that do not fit."""
        file = self._read()
        return self._let_in(file, file.recover(code), "")

    def _let_in(self, file: KeyFile, keys: Keys, uid: str) -> Opened:
        if rekeying.next_of(self.path).exists() and not rekeying.fits(self._data, keys):
            raise UserError("换密钥做到一半断了。请换密钥的管理员用自己的口令打开一次，就会接着做完。")
        names = {slot.uid: slot.name for slot in file.slots}
        failures = tuple(Failure(each.at.isoformat(), names.get(each.uid, "")) for each in file.failures)
        return Opened(keys, uid, names.get(uid, ""), failures)

    def forget_failures(self) -> None:
        """After the log has them."""
        with self._alone():
            file = self._read()
            if file.cleared() != file:
                self._write(file.cleared())

    def set_password(self, keys: Keys, uid: str, name: str, password: str) -> None:
        """A first password for somebody new, or another one; only his slot is written, never the database."""
        self._insist_on_strength(password, name)
        with self._alone():
            self._write(self._read().with_slot(keys, uid, name, password))

    def rename(self, uid: str, name: str) -> None:
        with self._alone():
            self._write(self._read().renamed(uid, name))

    def remove(self, uid: str) -> None:
        """Takes the login away. Whoever knew the keys needs other keys to be kept out for good (`rekey`)."""
        with self._alone():
            self._write(self._read().without(uid))

    def new_recovery(self, keys: Keys) -> str:
        """New words; those of the former sheet open no longer."""
        with self._alone():
            file, code = self._read().with_recovery(keys)
            self._write(file)
        return code

    @property
    def file_id(self) -> str:
        """What the recovery sheet calls this data by."""
        return self._read().file_id

    def key_file(self) -> bytes:
        """For the copy beside every backup."""
        return self._bytes()

    def convert(self, name: str, password: str, progress: Callable[[str], object] = lambda _: None) -> Opened:
        """Encrypts a database of the first version: copy, compare, take its place, wipe what was plain.

        Whatever stops it before the new file has its name leaves the plain data as it was.
        """
        if self.state != "plain":
            raise UserError("这份数据不是旧版本的，不需要加密。")
        progress("正在加密并逐行核对…")
        if self.path.exists():  # of an encryption that was cut off, or of somebody who knows why
            self.path.replace(free_name(self.path.with_name(KEY_FILE + FORMER)))
        keys = Keys.new()
        part = self._data.with_name(DATA_FILE + ".加密中.part")
        conversion.encrypt(self._data, part, keys)
        opened = self._first(keys, name, password)
        progress("正在抹去没有加密的旧文件…")
        if self._data.with_name(DATA_FILE + "-wal").exists():
            raise UserError("旧版本的桑榆还开着这份数据，没有加密。请先关掉它，再来一次。")
        try:
            self._data.replace(self._plain)
            part.replace(self._data)
            sync_folder(self.folder)
        except OSError as error:
            self._finish_conversion()
            raise UserError(f"“{self.folder}”写不进去，没有加密，数据没有改动。请检查权限后再试。") from error
        self._wipe_plain()
        return opened

    def _insist_on_strength(self, password: str, name: str) -> None:
        if told := self.problem_with(password, name):
            raise UserError(told)

    def _insist_on_waiting(self) -> None:
        if seconds := self.wait():
            raise UserError(f"输错次数太多，请过 {_minutes(seconds)}再试。忘了口令，可以用恢复单打开。")

    def _told(self, wrong: str) -> str:
        if seconds := self.wait():
            return f"口令不对，而且输错次数太多，请过 {_minutes(seconds)}再试。忘了口令，可以用恢复单打开。"
        return f"{wrong}（还可以试 {self.tries_left} 次）"

    def _read(self) -> KeyFile:
        from app.vault.key_file import KeyFile

        return KeyFile.read(self._bytes(), self.path.name)

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise UserError(
                f"钥匙文件“{self.path.name}”读不出来，数据打不开。请检查它是否还在数据文件夹里，或从备份恢复。"
            ) from error

    def _write(self, file: KeyFile) -> None:
        write_file(self.path, file.to_bytes())


def log_failures(database: Database, opened: Opened) -> None:
    """The wrong tries before this one, which only now can be written."""
    for failure in opened.failures:
        database.record("login_failed", failure.name, {"at": failure.at})


def make_folder(folder: Path) -> None:
    """Raises UserError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"数据文件夹“{folder}”建不起来，请换一个文件夹或检查权限。") from error


def _minutes(seconds: int) -> str:
    return f"{-(-seconds // 60)} 分钟"
