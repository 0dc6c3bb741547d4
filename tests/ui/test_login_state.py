"""What the login says and allows, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from app.services.vault import Login
from app.ui.login.caps_lock import caps_lock_on
from app.ui.login.login_state import CAPS_HINT, PINYIN_HINT, LoginState, spoken

LIN, WANG = Login("1", "林晓芸"), Login("2", "王建国")


@dataclass
class Door:
    """Stands for the vault where only its answers matter."""

    people: Sequence[Login] = (LIN, WANG)
    seconds: int = 0
    asked: list[str] = field(default_factory=list)

    def logins(self) -> Sequence[Login]:
        return self.people

    def wait(self) -> int:
        return self.seconds


def test_the_one_who_was_here_last_is_chosen() -> None:
    assert LoginState(Door(), "2").name == "王建国"


def test_somebody_who_has_left_is_not_chosen() -> None:
    assert LoginState(Door(), "3").name == "林晓芸"


def test_one_person_need_not_be_chosen() -> None:
    assert not LoginState(Door([LIN])).several
    assert LoginState(Door()).several


def test_after_too_many_tries_nobody_may_try() -> None:
    state = LoginState(Door(seconds=299))
    assert not state.may_try
    assert "4 分 59 秒" in state.waiting()
    assert "恢复单" in state.waiting()


def test_nobody_tries_twice_at_once() -> None:
    state = LoginState(Door())
    state.busy = True
    assert not state.may_try


@pytest.mark.parametrize(
    ("seconds", "words"), [(299, "4 分 59 秒"), (60, "1 分"), (59, "59 秒"), (3600, "60 分"), (0, "0 秒")]
)
def test_a_time_is_spoken(seconds: int, words: str) -> None:
    assert spoken(seconds) == words


def test_caps_lock_is_told_before_pinyin() -> None:
    state = LoginState(Door())
    assert (state.hint(caps_lock=True), state.hint(caps_lock=False)) == (CAPS_HINT, PINYIN_HINT)


@pytest.mark.parametrize(
    ("typed", "shift", "before", "on"),
    [
        ("A", False, False, True),
        ("a", False, True, False),
        ("a", True, False, True),
        ("A", True, True, False),
        ("7", False, True, True),
        ("", True, True, True),
        ("春", False, False, False),
    ],
)
def test_caps_lock_is_betrayed_by_letters_only(typed: str, shift: bool, before: bool, on: bool) -> None:
    assert caps_lock_on(typed, shift=shift, before=before) is on


def test_a_locked_window_says_that_nothing_is_lost() -> None:
    state = LoginState(Door(), locked=True)
    assert state.title == "已锁定"
    assert "都还在" in state.why
