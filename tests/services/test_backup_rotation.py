"""Which backups stay, on calendars small enough to count by hand; years of it are in test_a12_rotation."""

from __future__ import annotations

import datetime as dt

from app.services.backup_rotation import MOST, kept

NOW = dt.datetime(2026, 10, 23, 17, 0)  # noqa: DTZ001 - the clock on the wall
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def test_nothing_made_is_nothing_kept() -> None:
    assert kept([], NOW) == set()


def test_the_only_one_stays_however_old_it_is() -> None:
    old = NOW - 4000 * DAY
    assert kept([old], NOW) == {old}


def test_the_last_two_days_stay_whole() -> None:
    made = [NOW - n * 6 * HOUR for n in range(8)]
    assert kept(made, NOW) == {*made}


def test_a_day_long_ago_keeps_its_last() -> None:
    morning, evening = NOW - 5 * DAY - 8 * HOUR, NOW - 5 * DAY
    assert kept([morning, evening, NOW], NOW) == {evening, NOW}


def test_a_year_of_evenings_keeps_seven_days_four_weeks_twelve_months() -> None:
    made = [NOW - n * DAY for n in range(500)]
    stay = sorted(kept(made, NOW), reverse=True)
    assert stay[:7] == made[:7]
    sundays = [moment for moment in made if moment.weekday() == 6][:3]
    assert {*sundays} <= {*stay}
    lasts = {moment for moment in made if (moment + DAY).month != moment.month}
    assert {*sorted(lasts, reverse=True)[:11]} <= {*stay}
    assert len(stay) == len({*made[:7], *sundays, *sorted(lasts, reverse=True)[:11]})


def test_an_office_that_works_once_a_quarter_keeps_three_years_of_it() -> None:
    made = [NOW - n * 91 * DAY for n in range(12)]
    assert kept(made, NOW) == {*made}


def test_one_dated_in_the_future_stays_and_pushes_nothing_out() -> None:
    made = [NOW - n * DAY for n in range(100)]
    ahead = NOW + 900 * DAY
    assert kept([*made, ahead], NOW) == kept(made, NOW) | {ahead}


def test_a_clock_set_back_ten_years_loses_nothing_that_was_there() -> None:
    stay = kept([NOW - n * DAY for n in range(500)], NOW)
    back = NOW - 3650 * DAY
    assert kept([*stay, back], back) == stay | {back}


def test_a_clock_set_forward_ten_years_ages_nothing_away() -> None:
    stay = kept([NOW - n * DAY for n in range(500)], NOW)
    forward = NOW + 3650 * DAY
    left = kept([*stay, forward], forward)
    assert {forward, NOW} <= left
    assert len(left) >= len(stay) - 9  # the two days no longer count as recent, each slot moves by one


def test_a_day_of_frantic_work_fills_the_room_that_is_left_with_the_newest() -> None:
    made = [NOW - n * dt.timedelta(minutes=10) for n in range(60)]
    stay = kept(made, NOW)
    assert len(stay) == MOST
    assert {*made[:MOST]} == stay
