"""How long one waits after wrong passwords."""

from __future__ import annotations

import datetime as dt

import pytest

from app.vault.lockout import KEPT, Lockout
from tests.vault.key_files import NOON


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def shut(times: int, now: dt.datetime = NOON) -> Lockout:
    """As many locks as given, each after five tries."""
    lockout = Lockout()
    for _ in range(5 * times):
        lockout = lockout.failed(now, "u1")
    return lockout


def test_four_wrong_passwords_are_forgiven_the_fifth_is_not() -> None:
    lockout = Lockout()
    waits = []
    for _ in range(5):
        lockout = lockout.failed(NOON)
        waits.append(lockout.wait(NOON))
    assert waits == [0, 0, 0, 0, 300]


def test_each_further_five_double_the_wait_up_to_an_hour() -> None:
    assert [shut(times).wait(NOON) // 60 for times in range(9)] == [0, 5, 10, 20, 40, 60, 60, 60, 60]


def test_the_wait_passes() -> None:
    lockout = shut(1)
    waits = [lockout.wait(NOON + minutes(gone)) for gone in (0, 1, 4.999, 5, 5.001, 10_000)]
    assert waits == [300, 240, 1, 0, 0, 0]


def test_after_the_wait_there_are_five_tries_again() -> None:
    later = NOON + minutes(6)
    lockout = shut(1)
    waits = []
    for _ in range(5):
        lockout = lockout.failed(later)
        waits.append(lockout.wait(later))
    assert waits == [0, 0, 0, 0, 600]


@pytest.mark.parametrize("back", [minutes(1), dt.timedelta(days=1), dt.timedelta(days=4000)])
def test_a_clock_put_back_makes_nobody_wait_longer_than_the_lock_is(back: dt.timedelta) -> None:
    lockout = shut(2)
    now = NOON - back
    assert lockout.wait(now) == 600
    begun = lockout.begun(now)
    assert begun.wait(now) == 600
    assert begun.wait(now + minutes(9)) == 60
    assert begun.wait(now + minutes(10)) == 0


def test_a_clock_that_runs_rightly_changes_nothing() -> None:
    assert shut(1).begun(NOON + minutes(1)) == shut(1)
    assert Lockout().begun(NOON) == Lockout()


def test_the_wait_is_the_same_in_every_time_zone() -> None:
    assert shut(1).wait((NOON + minutes(2)).astimezone(dt.UTC)) == 180


def test_the_log_hears_of_every_failure_with_its_time_and_login() -> None:
    lockout = Lockout().failed(NOON, "u1").failed(NOON + minutes(1))
    assert [(one.at, one.uid) for one in lockout.failures] == [(NOON, "u1"), (NOON + minutes(1), "")]


def test_endless_failures_do_not_fill_the_file() -> None:
    lockout = shut(KEPT)
    assert len(lockout.failures) == KEPT
    assert lockout.wait(NOON) == 3600
