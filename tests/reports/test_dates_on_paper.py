"""Dates as paper shows them."""

from __future__ import annotations

import pytest

from app.reports.dates import long_date


@pytest.mark.parametrize(
    ("kept", "long"), [("2025-01-20", "2025年1月20日"), ("1937-02", "1937年2月"), ("1937", "1937年")]
)
def test_a_date_shows_what_is_known_of_it(kept: str, long: str) -> None:
    assert long_date(kept) == long


def test_an_open_date_leaves_room_to_write_it() -> None:
    assert long_date(None).split() == ["年", "月", "日"]
