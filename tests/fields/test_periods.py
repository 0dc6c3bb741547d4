"""Periods: what they are called and which dates lie in them."""

from __future__ import annotations

import pytest

from app.fields import periods


@pytest.mark.parametrize(
    ("period", "said"),
    [("", "全部"), ("2026", "2026年"), ("2026-06", "2026年6月"), ("2026-Q2", "2026年第2季度")],
)
def test_a_period_is_said_in_words(period: str, said: str) -> None:
    assert periods.said(period) == said


@pytest.mark.parametrize(
    ("period", "date", "surely", "perhaps"),
    [
        ("2026-Q1", "2026-03-31", True, True),
        ("2026-Q1", "2026-04-01", False, False),
        ("2026-Q4", "2026-12", True, True),
        ("2026-Q1", "2026", False, True),
        ("2026-06", "2026", False, True),
        ("2026-06", "2026-06", True, True),
        ("2026", "2025-12-31", False, False),
        ("2026", "", False, True),
        ("", "1999", True, True),
    ],
)
def test_a_date_that_does_not_say_enough_is_in_a_period_only_perhaps(
    period: str, date: str, surely: bool, perhaps: bool
) -> None:
    assert (periods.holds(period, date), periods.may_hold(period, date)) == (surely, perhaps)


def test_every_month_is_in_one_quarter() -> None:
    assert [periods.quarter_of(month) for month in range(1, 13)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
