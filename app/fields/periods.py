"""Reporting periods: 'YYYY', 'YYYY-MM' or 'YYYY-Q1'; '' is all time."""

from __future__ import annotations

MONTHS_OF_QUARTER = 3


def said(period: str) -> str:
    """2026年, 2026年6月, 2026年第2季度."""
    if not period:
        return "全部"
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年"
    return f"{year}年第{part[1:]}季度" if part.startswith("Q") else f"{year}年{int(part)}月"


def beginnings(period: str) -> tuple[str, ...]:
    """How dates of the period begin."""
    year, _, part = period.partition("-")
    if not part.startswith("Q"):
        return (period,)
    last = int(part[1:]) * MONTHS_OF_QUARTER
    return tuple(f"{year}-{month:02d}" for month in range(last - MONTHS_OF_QUARTER + 1, last + 1))


def holds(period: str, date: str) -> bool:
    """True only for a date that surely lies in the period: '2026' is of no quarter."""
    return date.startswith(beginnings(period))


def may_hold(period: str, date: str) -> bool:
    """Also for dates that do not say enough, and for no date at all."""
    return any(date.startswith(beginning) or beginning.startswith(date) for beginning in beginnings(period))


def quarter_of(month: int) -> int:
    return (month - 1) // MONTHS_OF_QUARTER + 1
