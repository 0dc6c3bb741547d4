"""Birthdays as people keep them, in both calendars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UnreadableError
from app.fields.birthdays import Birthday, MonthDay

KIND = Birthday()


@pytest.mark.parametrize(
    ("written", "stored", "shown"),
    [
        ("3.8", "公历03-08", "公历3月8日"),
        ("3月8日", "公历03-08", "公历3月8日"),
        ("公历3-8", "公历03-08", "公历3月8日"),
        ("阳历 12/31", "公历12-31", "公历12月31日"),
        ("2月29日", "公历02-29", "公历2月29日"),
        ("农历3.8", "农历03-08", "农历3月8日"),
        ("阴历3月8日", "农历03-08", "农历3月8日"),
        ("农历三月初八", "农历03-08", "农历3月8日"),
        ("三月初八", "农历03-08", "农历3月8日"),
        ("正月十五", "农历01-15", "农历1月15日"),
        ("农历冬月二十", "农历11-20", "农历11月20日"),
        ("腊月廿三", "农历12-23", "农历12月23日"),
        ("腊月三十", "农历12-30", "农历12月30日"),
        ("十一月二十九", "农历11-29", "农历11月29日"),
        ("农历闰四月十五", "农历闰04-15", "农历闰4月15日"),
        ("农历闰4月8日", "农历闰04-08", "农历闰4月8日"),
        ("公历03-08", "公历03-08", "公历3月8日"),
        ("", None, ""),
    ],
)
def test_every_written_form_is_read_and_shown(written: str, stored: str | None, shown: str):
    assert KIND.parse(written) == stored
    assert KIND.format(stored) == shown


@pytest.mark.parametrize(
    "written", ["13.1", "2.30", "4.31", "农历3月31日", "0.5", "闰4月8日", "三月八日", "不记得", "1950.3.8"]
)
def test_a_day_that_no_year_has_is_refused(written: str):
    with pytest.raises(UnreadableError, match=r"请按 3\.8 或 农历三月初八 的样式填写"):
        KIND.parse(written)


def test_a_birthday_taken_apart():
    assert MonthDay.of("农历闰04-15") == MonthDay(lunar=True, leap=True, month=4, day=15)


lunar_days = st.builds(MonthDay, st.just(True), st.booleans(), st.integers(1, 12), st.integers(1, 30))
solar_days = st.dates().map(lambda day: MonthDay(False, False, day.month, day.day))


@given(lunar_days | solar_days)
def test_what_is_shown_is_read_back(day: MonthDay):
    stored = day.stored()
    assert KIND.parse(KIND.format(stored)) == stored
    assert MonthDay.of(stored) == day
