"""The birthday a person keeps: month and day, in the solar or the lunar calendar (domain.md A6, §4.4).

Stored as '公历03-08', '农历03-08' or '农历闰04-08'.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.errors import UnreadableError
from app.fields.kinds import Kind

_MONTHS = {name: number for number, name in enumerate("正二三四五六七八九十冬腊", 1)} | {
    "一": 1,
    "十一": 11,
    "十二": 12,
}
_ONES = "一二三四五六七八九"
_DAYS = (
    {f"初{one}": day for day, one in enumerate(_ONES + "十", 1)}
    | {f"十{one}": 10 + day for day, one in enumerate(_ONES, 1)}
    | {f"{ten}{one}": 20 + day for ten in ("廿", "二十") for day, one in enumerate(("", *_ONES))}
    | {"三十": 30}
)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days that a solar month can have."""
_STORED = re.compile(r"(公历|农历)(闰?)(\d{2})-(\d{2})")
_TYPED = re.compile(r"(公历|阳历|新历|农历|阴历|旧历)?(闰?)(\d{1,2})[月./\-](\d{1,2})[日号]?")
_LUNAR = re.compile(r"(?:农历|阴历|旧历)?(闰?)(十[一二]|[正一二三四五六七八九十冬腊])月(\w{1,3})")


@dataclass(frozen=True)
class MonthDay:
    """A birthday taken apart."""

    lunar: bool
    leap: bool
    month: int
    day: int

    @classmethod
    def of(cls, stored: str) -> MonthDay:
        """Raises ValueError for a text that `Birthday.parse` did not make."""
        match = _STORED.fullmatch(stored)
        if not match:
            raise ValueError(stored)
        calendar, leap, month, day = match.groups()
        return cls(calendar == "农历", bool(leap), int(month), int(day))

    def stored(self) -> str:
        return f"{'农历' if self.lunar else '公历'}{'闰' if self.leap else ''}{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True)
class Birthday(Kind):
    """Reads '3.8', '农历三月初八', '阴历3月8日', '农历闰四月十五'."""

    def parse(self, text: str) -> str | None:
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        if not plain:
            return None
        found = _digits(plain) or _characters(plain)
        if not found or not _exists(found):
            raise UnreadableError(f"“{text.strip()}”看不出是哪一天，请按 3.8 或 农历三月初八 的样式填写")
        return found.stored()

    def format(self, value: str | None) -> str:
        if not value:
            return ""
        day = MonthDay.of(value)
        return f"{'农历' if day.lunar else '公历'}{'闰' if day.leap else ''}{day.month}月{day.day}日"


def _exists(found: MonthDay) -> bool:
    """Whether some year has this day; only the lunar calendar has leap months."""
    if not 1 <= found.month <= 12 or (found.leap and not found.lunar):
        return False
    return 1 <= found.day <= (30 if found.lunar else _LONGEST[found.month - 1])


def _digits(text: str) -> MonthDay | None:
    if match := _STORED.fullmatch(text):
        return MonthDay.of(match.group())
    if not (match := _TYPED.fullmatch(text)):
        return None
    calendar, leap, month, day = match.groups()
    return MonthDay(calendar in {"农历", "阴历", "旧历"}, bool(leap), int(month), int(day))


def _characters(text: str) -> MonthDay | None:
    match = _LUNAR.fullmatch(text)
    if not match or match.group(3) not in _DAYS:
        return None
    leap, month, day = match.groups()
    return MonthDay(True, bool(leap), _MONTHS[month], _DAYS[day])
