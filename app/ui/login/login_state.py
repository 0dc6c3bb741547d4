"""What the login says and allows; no Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

FIRST_WORDS = "请输入口令，打开数据。"
LOCKED_WORDS = "输入口令，接着刚才的做。没有保存的内容都还在。"
PINYIN_HINT = "口令是几个词的，直接打拼音就行，不用换输入法。"
CAPS_HINT = "大写锁定（Caps Lock）开着，字母会变成大写。"
EMPTY = "请先输入口令。"


class Person(Protocol):
    """One who may log in."""

    @property
    def uid(self) -> str: ...
    @property
    def name(self) -> str: ...


class Door(Protocol):
    """What the login asks of the vault."""

    def logins(self) -> Sequence[Person]: ...
    def wait(self) -> int: ...


class LoginState:
    """Who is at the door, and whether he may try."""

    def __init__(self, vault: Door, usual: str = "", *, locked: bool = False) -> None:
        """`usual` is the uid of the one who was here last; `locked` when his work stands behind the door."""
        self._vault = vault
        self.logins = list(vault.logins())
        self.locked = locked
        uids = [each.uid for each in self.logins]
        self.uid = usual if usual in uids else next(iter(uids), "")
        self.busy = False

    @property
    def several(self) -> bool:
        return len(self.logins) > 1

    @property
    def name(self) -> str:
        return next((each.name for each in self.logins if each.uid == self.uid), "")

    @property
    def title(self) -> str:
        return "已锁定" if self.locked else "桑榆"

    @property
    def why(self) -> str:
        return LOCKED_WORDS if self.locked else FIRST_WORDS

    @property
    def wait(self) -> int:
        """Seconds until the next try is allowed."""
        return self._vault.wait()

    @property
    def may_try(self) -> bool:
        return not self.busy and not self.wait

    def hint(self, *, caps_lock: bool) -> str:
        return CAPS_HINT if caps_lock else PINYIN_HINT

    def waiting(self) -> str:
        """'' when one may try."""
        seconds = self.wait
        if not seconds:
            return ""
        return f"口令错得太多了，请等 {spoken(seconds)}再试。记不起来，可以用恢复单打开。"


def spoken(seconds: int) -> str:
    """'4 分 59 秒', '59 秒', '60 分'."""
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} 分"] * bool(minutes) + [f"{rest} 秒"] * bool(rest or not minutes)
    return " ".join(parts)
