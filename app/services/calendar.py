"""Birthdays in both calendars (domain.md §4.4). The lunar calendar is borax's, 1900 to 2100."""

from __future__ import annotations

import datetime as dt

from app.fields.birthdays import MonthDay


def next_birthday(birth_date: str | None, birthday: str | None, today: dt.date) -> dt.date | None:
    """The next day to congratulate, today included; None when month or day is not known.

    A custom birthday goes before the archive's date. Born in a leap month: the plain month in ordinary
    years; a missing lunar day 30 becomes 29; 29 February becomes 28 February.
    """
    kept = MonthDay.of(birthday) if birthday else _of_birth(birth_date)
    if kept is None:
        return None
    years = range(today.year - 1, today.year + 2)
    days = (day for year in years if (day := _in_year(kept, year)) and day >= today)
    return min(days, default=None)


def lunar_words(day: dt.date) -> str:
    """'十月十四'; '闰六月初八' in a leap month."""
    from borax.calendars.lunardate import LunarDate

    words: str = LunarDate.from_solar_date(day.year, day.month, day.day).strftime("%L%M月%D")
    return words.strip()


def _of_birth(birth_date: str | None) -> MonthDay | None:
    if not birth_date or len(birth_date) != 10:
        return None
    return MonthDay(False, False, int(birth_date[5:7]), int(birth_date[8:]))


def _in_year(kept: MonthDay, year: int) -> dt.date | None:
    if kept.lunar:
        return _lunar_day(kept, year)
    day = 28 if (kept.month, kept.day) == (2, 29) and not _is_leap(year) else kept.day
    return dt.date(year, kept.month, day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _lunar_day(kept: MonthDay, year: int) -> dt.date | None:
    from borax.calendars.lunardate import LunarDate  # 15 ms, for few people

    for leap in (kept.leap, False):
        for day in (kept.day, kept.day - 1):
            try:
                solar: dt.date = LunarDate(year, kept.month, day, leap).to_solar_date()
                return solar
            except ValueError:
                continue
    return None
