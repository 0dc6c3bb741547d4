"""Dates that know their precision: 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. Text sorts as time does.

Rules R-20, R-34 of domain.md §3.2: the precision is kept, and day 01 is never invented.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from app import clock
from app.errors import UnreadableError

HINT = "请按 1952、1952.03 或 1952.03.17 的样式填写"
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_YEARS = range(1850, 2101)
_WORDS = re.compile(
    r"(?P<year>\d{2}|\d{4})\s*[年./\-]\s*(?P<month>\d{1,2})\s*(?:月份?|[./\-])?"
    r"(?:\s*(?P<day>\d{1,2})\s*[日号]?)?"
)
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?")
_YEAR = re.compile(r"(?P<year>\d{4})\s*年?")
_SHORT_YEAR = re.compile(r"(?P<year>\d{2})\s*年")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


def read(text: str, *, newest: int = 0) -> str | None:
    """What the text says, with its precision. Raises UnreadableError.

    Two-digit years mean the latest year that is not after `newest` (0: this year), so that '28.5'
    is a veteran's 1928 and never a year to come.
    """
    plain = unicodedata.normalize("NFKC", text).strip().strip("'").strip()
    plain = _TIME.sub("", plain)
    if not plain:
        return None
    for pattern in (_DIGITS, _WORDS, _YEAR, _SHORT_YEAR):
        if match := pattern.fullmatch(plain):
            return _compose(match, newest)
    raise UnreadableError(f"“{text.strip()}”看不出是什么日期，{HINT}")


def _compose(match: re.Match[str], newest: int) -> str:
    parts = match.groupdict()
    year = _full_year(parts["year"], newest)
    month, day = parts.get("month"), parts.get("day")
    if not month:
        return f"{year:04d}"
    if not day:
        return _month(year, int(month), match.group())
    try:
        return dt.date(year, int(month), int(day)).isoformat()
    except ValueError as error:
        raise UnreadableError(f"没有“{match.group()}”这一天，{HINT}") from error


def _full_year(digits: str, newest: int) -> int:
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year + 2000 > (newest or clock.today().year) else 2000
    if year not in _YEARS:
        raise UnreadableError(f"年份“{digits}”不在 1850 到 2100 之间，{HINT}")
    return year


def _month(year: int, month: int, text: str) -> str:
    if not 1 <= month <= 12:
        raise UnreadableError(f"“{text}”的月份不对，{HINT}")
    return f"{year:04d}-{month:02d}"


def read_number(number: float) -> str | None:
    """A number out of a cell: 195108, 19510817, 1951, 51.8 as typed, or an Excel serial day."""
    if isinstance(number, float) and not number.is_integer():
        return read(repr(number))
    whole = int(number)
    if 185001 <= whole <= 210012 or 18500101 <= whole <= 21001231 or whole in _YEARS:
        return read(str(whole))
    if 10_000 <= whole <= 60_000:  # 1927-05-18 … 2064-04-08
        return (_EXCEL_EPOCH + dt.timedelta(days=whole)).isoformat()
    raise UnreadableError(f"数字“{whole}”看不出是什么日期，{HINT}")


def month_of(date: str) -> str:
    """The date with no more than month precision."""
    return date[:7]


def show(date: str, style: str = ".") -> str:
    """'1952.03.17', or in words with style '年': '1952年3月17日'."""
    if style != "年":
        return date.replace("-", style)
    return "".join(f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))


@lru_cache(maxsize=4096)
def first_day(date: str) -> dt.date:
    """The earliest day that the date can mean."""
    parts = [int(part) for part in date.split("-")]
    return dt.date(*[*parts, 1, 1][:3])


@lru_cache(maxsize=4096)
def last_day(date: str) -> dt.date:
    """The latest day that the date can mean."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    year, month = (parts[0], 12) if len(parts) == 1 else parts
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def surely_before(earlier: str, later: str) -> bool:
    """True only when every day of `earlier` comes before every day of `later`."""
    known = min(len(earlier), len(later))
    return earlier[:known] < later[:known]


def least_years(earlier: str, later: str) -> int:
    """The fewest whole years that two dates of any precision can be apart."""
    return _years(earlier, later, 12, 1)


def most_years(earlier: str, later: str) -> int:
    """The most whole years that two dates of any precision can be apart."""
    return _years(earlier, later, 1, 12)


def _years(earlier: str, later: str, first: int, last: int) -> int:
    """`first` and `last` are the months taken where a date says none."""
    month, other = int(earlier[5:7] or first), int(later[5:7] or last)
    return int(later[:4]) - int(earlier[:4]) - (other < month)


def months_between(earlier: str, later: str) -> int | None:
    """Months from one to the other, below zero for the other way round; None unless both say the month."""
    if len(earlier) < 7 or len(later) < 7:
        return None
    return 12 * (int(later[:4]) - int(earlier[:4])) + int(later[5:7]) - int(earlier[5:7])


def may_be_same(one: str, other: str) -> bool:
    """Whether both can mean the same month, as far as they say it."""
    known = min(len(one), len(other), len("2026-11"))
    return one[:known] == other[:known]


def years_later(date: str, years: int) -> str:
    """The same day, month or year that many years on; 29 February becomes 28 February."""
    later = f"{int(date[:4]) + years:04d}{date[4:]}"
    return later.replace("-02-29", "-02-28")


def age(birth: str, on: dt.date) -> int:
    """Whole years on a day; by day where the birth day is known, by month otherwise."""
    born = first_day(birth)
    before = (on.month, on.day) < (born.month, born.day) if len(birth) == 10 else on.month < born.month
    return on.year - born.year - before
