"""When the desk counts as left alone, without a window and without waiting."""

from __future__ import annotations

import datetime as dt

import pytest

from app.ui.login.away import Idle, Jump
from app.ui.login.system_messages import POWER, SESSION, reason_to_lock

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def test_ten_minutes_without_a_hand_on_it_are_enough() -> None:
    idle = Idle(None, 0)
    assert not idle.due(599, at_work=False)
    assert idle.due(600, at_work=False)


def test_every_sign_of_life_begins_anew() -> None:
    idle = Idle(None, 0)
    idle.moved(599)
    assert not idle.due(1198, at_work=False)


def test_work_that_matters_is_not_cut_off() -> None:
    idle = Idle(3, 0)
    assert not idle.due(3600, at_work=True)
    assert not idle.due(3779, at_work=False)
    assert idle.due(3780, at_work=False)


@pytest.mark.parametrize(("wished", "kept"), [(None, 10), (1, 3), (3, 3), (20, 20), (90, 30)])
def test_the_office_chooses_within_limits(wished: int | None, kept: int) -> None:
    assert Idle(wished, 0).minutes == kept


def test_a_quiet_clock_is_no_sleep() -> None:
    jump = Jump(NOON, 0)
    assert not jump.seen(NOON + dt.timedelta(seconds=5), 5)
    assert not jump.seen(NOON + dt.timedelta(seconds=11), 10.2)


def test_sleep_is_seen_whether_the_steady_clock_stops_or_runs_on() -> None:
    assert Jump(NOON, 0).seen(NOON + dt.timedelta(hours=2), 5)
    assert Jump(NOON, 0).seen(NOON + dt.timedelta(hours=2), 7200)


def test_a_clock_put_back_is_seen() -> None:
    assert Jump(NOON, 0).seen(NOON - dt.timedelta(days=1), 5)


def test_a_jump_is_told_once() -> None:
    jump = Jump(NOON, 0)
    later = NOON + dt.timedelta(hours=2)
    assert jump.seen(later, 5)
    assert not jump.seen(later + dt.timedelta(seconds=5), 10)


@pytest.mark.parametrize(
    ("message", "about", "reason"),
    [
        (POWER, 0x04, "sleep"),
        (POWER, 0x12, "sleep"),
        (POWER, 0x0A, ""),
        (SESSION, 0x07, "screen"),
        (SESSION, 0x08, ""),
        (0x000F, 0x04, ""),
    ],
)
def test_windows_is_understood(message: int, about: int, reason: str) -> None:
    assert reason_to_lock(message, about) == reason
