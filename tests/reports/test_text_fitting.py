"""How much text a cell can show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.text_fitting import PADDING, Box, broken_at_spaces, fits, largest_size, lines_needed

TEN = 100 + PADDING  # room for ten Chinese characters of 10 points


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("一二三四五六七八九十", 1),
        ("一二三四五六七八九十一", 2),
        ("一二三四五六七八九十。", 2),
        ("一\n二\n三", 3),
        ("一二三四五六529999195505", 2),
        ("5" * 60, 4),
    ],
)
def test_lines_break_where_programs_break_them(text: str, lines: int) -> None:
    assert lines_needed(text, TEN, 10) == lines


@given(st.text(max_size=200), st.floats(min_value=20, max_value=400))
def test_the_size_found_fits_and_the_next_larger_does_not(text: str, width: float) -> None:
    box = Box(width, 40)
    size = largest_size(text, box, 11)
    if size is None:
        assert not fits(text, box, 7)
    else:
        assert fits(text, box, size)
        assert size == 11 or not fits(text, box, size + 0.5)


def test_a_box_and_its_word_stay_on_one_line() -> None:
    text = "□集体学习 □送学上门 □网上自学"
    assert broken_at_spaces(text, TEN, 10) == "□集体学习\n□送学上门\n□网上自学"
    assert broken_at_spaces("□是  □否", TEN, 10) == "□是  □否"
