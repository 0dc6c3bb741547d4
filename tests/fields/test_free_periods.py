"""Periods as payment tables name them."""

from __future__ import annotations

import pytest

from app.fields.free_periods import months_of, overlap


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2026年春节", ("2026-01", "2026-12")),
        ("2026", ("2026-01", "2026-12")),
        ("2026年", ("2026-01", "2026-12")),
        ("2026年3月", ("2026-03", "2026-03")),
        ("2026年12月", ("2026-12", "2026-12")),
        ("2026-03", ("2026-03", "2026-03")),
        ("2026.3", ("2026-03", "2026-03")),
        ("２０２６年３月", ("2026-03", "2026-03")),
        ("2026年第1季度", ("2026-01", "2026-03")),
        ("2026年四季度", ("2026-10", "2026-12")),
        ("2026-Q2", ("2026-04", "2026-06")),
        ("2026年1-6月", ("2026-01", "2026-06")),
        ("2026年7月至9月", ("2026-07", "2026-09")),
        ("2026年上半年", ("2026-01", "2026-06")),
        ("2026年下半年", ("2026-07", "2026-12")),
        ("2026年13月", ("2026-01", "2026-12")),
    ],
)
def test_a_period_has_a_first_and_a_last_month(period: str, months: tuple[str, str]):
    assert months_of(period) == months


@pytest.mark.parametrize("period", ["", None, "春节", "第一批", "20260301"])
def test_without_a_year_there_are_no_months(period: str | None):
    assert months_of(period) is None


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2026年3月", "2026年第1季度", True),
        ("2026年3月", "2026年", True),
        ("2026年3月", "2026年4月", False),
        ("2025年", "2026年", False),
        ("春节", "春节", True),
        ("春节", "2026年", False),
        ("", "", False),
        (None, None, False),
    ],
)
def test_periods_overlap_where_they_have_a_month_in_common(
    one: str | None, other: str | None, together: bool
):
    assert overlap(one, other) is overlap(other, one) is together
