"""Periods as people write them on a payment table: '2026年春节', '2026年3月', '2026年第1季度', '2026年上半年'."""

from __future__ import annotations

import re
import unicodedata

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d{3})")
_MONTHS = re.compile(r"(\d{1,2})\s*月?\s*[-~—至到]+\s*(\d{1,2})\s*月")
_MONTH = re.compile(r"^\s*(?:年|[-./])\s*(\d{1,2})(?!\d)")
_QUARTERS = {word: number for words in ("1234", "一二三四") for number, word in enumerate(words)}
_QUARTER = re.compile(r"[第Q]?([1-4一二三四])\s*季|Q([1-4])")
_HALVES = {"上半年": (1, 6), "下半年": (7, 12)}


def months_of(period: str | None) -> tuple[str, str] | None:
    """The first and the last month, as 'YYYY-MM'; the whole year where no more is said; None without a year."""
    plain = unicodedata.normalize("NFKC", period or "")
    year = _YEAR.search(plain)
    if year is None:
        return None
    first, last = _part(plain[year.end() :])
    return f"{year[1]}-{first:02d}", f"{year[1]}-{last:02d}"


def overlap(one: str | None, other: str | None) -> bool:
    """Whether both periods have a month in common, or are written alike."""
    first, second = months_of(one), months_of(other)
    if first is None or second is None:
        return bool(one) and one == other
    return first[0] <= second[1] and second[0] <= first[1]


def _part(text: str) -> tuple[int, int]:
    """The months of the year that the rest of the text names."""
    for word, months in _HALVES.items():
        if word in text:
            return months
    if found := _QUARTER.search(text):
        first = 3 * _QUARTERS[found[1] or found[2]] + 1
        return first, first + 2
    if (found := _MONTHS.search(text)) and 1 <= int(found[1]) <= int(found[2]) <= 12:
        return int(found[1]), int(found[2])
    if (found := _MONTH.search(text)) and 1 <= int(found[1]) <= 12:
        return int(found[1]), int(found[1])
    return 1, 12
