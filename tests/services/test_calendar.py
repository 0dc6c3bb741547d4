"""Birthdays in both calendars, by the vectors on which two libraries agree."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.calendar import next_birthday

NEW_YEAR = (
    "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03", "2031-01-23",
    "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08",
)  # fmt: skip
DOUBLE_NINTH = (
    "2025-10-29", "2026-10-18", "2027-10-08", "2028-10-26", "2029-10-16", "2030-10-05", "2031-10-24",
    "2032-10-12", "2033-10-01", "2034-10-20", "2035-10-09",
)  # fmt: skip
MID_AUTUMN = (
    "2025-10-06", "2026-09-25", "2027-09-15", "2028-10-03", "2029-09-22", "2030-09-12",
)  # fmt: skip
DRAGON_BOAT = (
    "2025-05-31", "2026-06-19", "2027-06-09", "2028-05-28", "2029-06-16", "2030-06-05",
)  # fmt: skip
VECTORS = [
    (stored, day)
    for stored, days in (
        ("农历01-01", NEW_YEAR), ("农历09-09", DOUBLE_NINTH), ("农历08-15", MID_AUTUMN), ("农历05-05", DRAGON_BOAT)
    )
    for day in days
]  # fmt: skip


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("stored", "day"), VECTORS)
def test_a_lunar_day_falls_where_the_almanac_says(stored: str, day: str):
    assert next_birthday(None, stored, on(day[:4] + "-01-01")) == on(day)


@pytest.mark.parametrize(
    ("birth", "today", "day"),
    [
        ("1952-03-17", "2026-03-17", "2026-03-17"),
        ("1952-03-17", "2026-03-16", "2026-03-17"),
        ("1952-03-17", "2026-03-18", "2027-03-17"),
        ("1952-01-02", "2026-12-31", "2027-01-02"),
        ("1964-02-29", "2026-02-01", "2026-02-28"),
        ("1964-02-29", "2028-02-01", "2028-02-29"),
    ],
)
def test_the_next_birthday_is_today_or_later(birth: str, today: str, day: str):
    assert next_birthday(birth, None, on(today)) == on(day)


@pytest.mark.parametrize("birth", [None, "1952", "1952-03"])
def test_without_a_day_there_is_no_birthday(birth: str | None):
    assert next_birthday(birth, None, on("2026-01-01")) is None


def test_the_day_that_somebody_keeps_goes_before_the_archive():
    assert next_birthday("1952-03-17", "公历05-01", on("2026-01-01")) == on("2026-05-01")


def test_who_was_born_in_a_leap_month_keeps_the_plain_one_in_ordinary_years():
    assert next_birthday(None, "农历闰06-10", on("2025-07-20")) == on("2025-08-03")
    assert next_birthday(None, "农历闰06-10", on("2026-01-01")) == next_birthday(
        None, "农历06-10", on("2026-01-01")
    )


def test_a_thirtieth_that_is_missing_becomes_the_twenty_ninth():
    """腊月 of the year of the snake, 2025, has 29 days: its eve is 2026-02-16."""
    assert next_birthday(None, "农历12-30", on("2026-02-01")) == on("2026-02-16")


def test_a_lunar_birthday_at_the_turn_of_the_year_is_not_missed():
    assert next_birthday(None, "农历12-08", on("2026-12-30")) == on("2027-01-15")


stored = st.builds(
    "农历{}{:02d}-{:02d}".format, st.sampled_from(["", "闰"]), st.integers(1, 12), st.integers(1, 30)
)


@given(stored, st.dates(dt.date(1990, 1, 1), dt.date(2098, 12, 31)))
def test_everybody_has_a_birthday_within_thirteen_months(birthday: str, today: dt.date):
    found = next_birthday(None, birthday, today)
    assert found is not None
    assert 0 <= (found - today).days <= 400
