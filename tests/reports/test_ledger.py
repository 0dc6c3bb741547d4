"""How rows come to pages."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.ledger import BAND_HEIGHT, LaidRow, paginate

ROOM = 120.0
ROWS = st.lists(st.floats(min_value=10, max_value=ROOM - BAND_HEIGHT), max_size=60)


@given(ROWS, st.none() | st.integers(min_value=1, max_value=12))
def test_rows_stay_whole_in_order_and_leave_room_for_the_total(tall: list[float], most: int | None) -> None:
    rows = [LaidRow(n, (), height) for n, height in enumerate(tall)]
    pages = list(paginate(rows, ROOM, most))
    assert [row for page in pages for row in page] == rows
    assert all(sum(row.height for row in page) <= ROOM for page in pages)
    assert sum(row.height for row in pages[-1]) + BAND_HEIGHT <= ROOM
    assert all(len(page) <= (most or len(rows)) for page in pages)
    assert all(pages) or pages == [[]]


@given(ROWS)
def test_no_page_ends_while_the_next_row_would_fit(tall: list[float]) -> None:
    pages = list(paginate([LaidRow(n, (), height) for n, height in enumerate(tall)], ROOM))
    for page, following in pairwise(pages[:-1]):
        assert sum(row.height for row in page) + following[0].height > ROOM


@pytest.mark.parametrize("heavy", ["reportlab", "PIL"])
def test_a_report_costs_nothing_before_it_is_printed(heavy: str) -> None:
    reports = "visit_ledger, sign_off_sheet, visit_record, cover_sheet"
    asked = f"import sys; from app.reports import {reports}; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
