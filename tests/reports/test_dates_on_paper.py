"""Dates as paper shows them."""

from __future__ import annotations

import pytest

from app.reports.dates import long_date, short_date


@pytest.mark.parametrize(
    ("kept", "long", "short"),
    [
        ("2025-01-20", "2025年1月20日", "2025.01.20"),
        ("1937-02", "1937年2月", "1937.02"),
        ("1937", "1937年", "1937"),
    ],
)
def test_a_date_shows_what_is_known_of_it(kept: str, long: str, short: str) -> None:
    assert (long_date(kept), short_date(kept)) == (long, short)


def test_an_open_date_leaves_room_to_write_it() -> None:
    assert long_date(None).split() == ["年", "月", "日"]
    assert short_date(None) == ""
