"""Dates on paper, from the plain text YYYY, YYYY-MM or YYYY-MM-DD."""

from __future__ import annotations


def long_date(text: str | None) -> str:
    """2025-01-20 → 2025年1月20日; without a date, room to write one."""
    if not text:
        return "　　年　　月　　日"
    return "".join(f"{int(part)}{unit}" for part, unit in zip(text.split("-"), "年月日", strict=False))


def short_date(text: str | None) -> str:
    """2025-01-20 → 2025.01.20, for columns."""
    return (text or "").replace("-", ".")
