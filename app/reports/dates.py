"""Dates on paper, from the plain text YYYY, YYYY-MM or YYYY-MM-DD."""

from __future__ import annotations

from app.fields import dates


def long_date(text: str | None) -> str:
    """2025-01-20 → 2025年1月20日; without a date, room to write one."""
    return dates.show(text, "年") if text else "　　年　　月　　日"
