"""The key file: the keys of the database, once for each login and once for the recovery sheet.

It is a value: every change gives a new one, and somebody above writes it to the disk.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.errors import UserError
from app.fields.actors import Keys
from app.paths import KEY_FILE
from app.vault import key_file_json, recovery
from app.vault.costs import Cost
from app.vault.key_file_json import MAGIC, VERSION, Contents, Slot
from app.vault.lockout import TRIES, Failure, Lockout
from app.vault.phrases import canonical
from app.vault.recovery import WrongRecoveryError
from app.vault.sealing import Sealed, WrongSecretError, seal, unseal

__all__ = ["KeyFile", "Slot", "WrongPasswordError", "WrongRecoveryError"]

WRONG = "口令不对。请看大写锁定（Caps Lock）和输入法状态后重新输入；忘了口令，请用恢复单打开。"
NO_RECOVERY = "这份数据还没有印过恢复单，只能用口令打开。"
OTHER_SHEET = "这些恢复词抄得没有错，但不是这份数据的。请核对恢复单上的数据编号，用最近一次印的恢复单。"
OTHER_KEYS = "these keys belong to another database"


class WrongPasswordError(UserError):
    """No login opens with this password."""


@dataclass(frozen=True)
class KeyFile:
    """`salt` stands in the open: it tells which database the file belongs to."""

    contents: Contents

    @classmethod
    def new(cls, file_id: str, keys: Keys, cost: Cost) -> KeyFile:
        return cls(Contents(file_id, keys.salt, cost))

    @classmethod
    def read(cls, raw: bytes, name: str = KEY_FILE) -> KeyFile:
        """`name` is how the message calls the file. Raises UserError for anything but a whole key file."""
        return cls(key_file_json.read(raw, name))

    def to_bytes(self) -> bytes:
        return key_file_json.write(self.contents)

    @property
    def file_id(self) -> str:
        return self.contents.file_id

    @property
    def salt(self) -> bytes:
        return self.contents.salt

    @property
    def slots(self) -> list[Slot]:
        return list(self.contents.slots)

    @property
    def tries_left(self) -> int:
        """Before the door stays shut for a while."""
        return TRIES - self.contents.lockout.tries

    @property
    def failures(self) -> list[Failure]:
        """Wrong passwords since the last `cleared`."""
        return list(self.contents.lockout.failures)

    def with_slot(self, keys: Keys, uid: str, name: str, password: str) -> KeyFile:
        """A new login, or the same login with a new password."""
        self._insist(keys)
        slot = Slot(uid, name, self._seal(keys, "login", uid, canonical(password)))
        known = [one.uid for one in self.contents.slots]
        if uid not in known:
            return self._with_slots((*self.contents.slots, slot))
        return self._with_slots(slot if one.uid == uid else one for one in self.contents.slots)

    def without(self, uid: str) -> KeyFile:
        return self._with_slots(slot for slot in self.contents.slots if slot.uid != uid)

    def renamed(self, uid: str, name: str) -> KeyFile:
        slots = (replace(slot, name=name) if slot.uid == uid else slot for slot in self.contents.slots)
        return self._with_slots(slots)

    def open(self, password: str, uid: str | None = None) -> tuple[Keys, str]:
        """The keys and whose login it was; without `uid` every login is tried."""
        secret = canonical(password)
        for slot in self.contents.slots:
            if uid in (None, slot.uid):
                try:
                    return self._unseal(slot.sealed, "login", slot.uid, secret), slot.uid
                except WrongSecretError:
                    continue
        raise WrongPasswordError(WRONG)

    def with_recovery(self, keys: Keys) -> tuple[KeyFile, str]:
        """A new recovery code; the one before opens no longer."""
        self._insist(keys)
        code = recovery.new_code()
        sealed = self._seal(keys, "recovery", "", code)
        return KeyFile(replace(self.contents, recovery=sealed)), code

    def recover(self, code: str) -> Keys:
        """Open to whoever holds the sheet, also while wrong passwords hold up the logins."""
        if self.contents.recovery is None:
            raise WrongRecoveryError(NO_RECOVERY)
        try:
            return self._unseal(self.contents.recovery, "recovery", "", recovery.read_code(code))
        except WrongSecretError:
            raise WrongRecoveryError(OTHER_SHEET) from None

    def failed(self, now: dt.datetime, uid: str = "") -> KeyFile:
        return KeyFile(replace(self.contents, lockout=self.contents.lockout.begun(now).failed(now, uid)))

    def cleared(self) -> KeyFile:
        """After a login that has written the failures into the log."""
        return KeyFile(replace(self.contents, lockout=Lockout()))

    def wait(self, now: dt.datetime) -> int:
        """Seconds until the next try is allowed."""
        return self.contents.lockout.wait(now)

    def begun(self, now: dt.datetime) -> KeyFile:
        """To be kept before waiting: a clock that was put back would otherwise make the wait endless."""
        return KeyFile(replace(self.contents, lockout=self.contents.lockout.begun(now)))

    def _with_slots(self, slots: Iterable[Slot]) -> KeyFile:
        return KeyFile(replace(self.contents, slots=tuple(slots)))

    def _insist(self, keys: Keys) -> None:
        if keys.salt != self.salt:
            raise ValueError(OTHER_KEYS)

    def _seal(self, keys: Keys, kind: str, uid: str, secret: str) -> Sealed:
        return seal(keys.to_bytes(), secret, self._belonging(kind, uid), self.contents.cost)

    def _unseal(self, sealed: Sealed, kind: str, uid: str, secret: str) -> Keys:
        return Keys.from_bytes(unseal(sealed, secret, self._belonging(kind, uid)))

    def _belonging(self, kind: str, uid: str) -> bytes:
        """What a slot is sealed to, so that it opens in no other file and for no other login."""
        return json.dumps([MAGIC, VERSION, kind, self.file_id, uid, self.salt.hex()]).encode()
