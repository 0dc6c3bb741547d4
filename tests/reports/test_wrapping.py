"""Where lines of Chinese text are broken; every sign is as wide as 1, Latin ones half."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.wrapping import CLOSING, OPENING, balanced, cut, wrap


def measure(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("反映医药费报销慢", 5, ["反映医药费", "报销慢"]),
        ("反映医药费，请协调。", 5, ["反映医药", "费，请协", "调。"]),
        ("说明（见附件）", 3, ["说明", "（见附", "件）"]),
        ("金额3,280.50元", 5, ["金额", "3,280.50元"]),
        ("阿依古丽·买买提", 6, ["阿依古丽·", "买买提"]),
        ("第一段\n\n第二段", 9, ["第一段", "第二段"]),
        ("ABCDEFGH", 2, ["ABCD", "EFGH"]),
        ("", 5, []),
        ("  ", 5, []),
    ],
)
def test_a_line_breaks_where_chinese_allows_it(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, width, measure) == lines


def test_the_lines_of_a_centred_cell_are_about_equally_long() -> None:
    assert balanced("重阳节慰问", 4, measure) == ["重阳节", "慰问"]
    assert balanced("王镇长、张某", 5, measure) == ["王镇长、", "张某"]


@given(st.text(alphabet="老干部，。（）《》1234.5a· \n", max_size=60), st.integers(min_value=4, max_value=20))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    for broken in (wrap(text, width, measure), balanced(text, width, measure)):
        assert "".join("".join(broken).split()) == "".join(text.split())
        assert all(measure(line) <= width for line in broken)


@given(st.text(alphabet="老干部张某", min_size=1, max_size=40), st.sampled_from("，。）》·"))
def test_no_line_begins_with_a_closing_mark_nor_ends_with_an_opening_one(words: str, mark: str) -> None:
    text = mark.join(words) + "（" + words + "）"
    lines = wrap(text, 6, measure)
    assert not any(line[0] in CLOSING or line[-1] in OPENING for line in lines)


def test_a_text_that_is_cut_says_so() -> None:
    assert cut(["一二三四", "五六七八", "九十"], 2, 4, measure) == ["一二三四", "五六……"]


def test_a_text_that_fits_is_left_alone() -> None:
    assert cut(["一二三四"], 2, 4, measure) == ["一二三四"]
