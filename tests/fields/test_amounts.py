"""人民币大写, by the vectors of the payment rules and by reading the words back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fields.amounts import DIGITS, LARGEST, in_words, yuan

VECTORS = [
    (0, "零元整"),
    (2, "贰分"),
    (50, "伍角整"),
    (53, "伍角叁分"),
    (10_00, "壹拾元整"),
    (10_01, "壹拾元零壹分"),
    (1409_50, "壹仟肆佰零玖元伍角整"),
    (6007_14, "陆仟零柒元壹角肆分"),
    (1680_32, "壹仟陆佰捌拾元叁角贰分"),
    (107000_53, "壹拾万柒仟元伍角叁分"),
    (16409_02, "壹万陆仟肆佰零玖元零贰分"),
    (10010_00, "壹万零壹拾元整"),
    (1000100_00, "壹佰万零壹佰元整"),
    (20000000_50, "贰仟万元伍角整"),
    (25100_00, "贰万伍仟壹佰元整"),
    (100000001_00, "壹亿零壹元整"),
    (100010000_00, "壹亿零壹万元整"),
    (1_0000_0000_0000_00, "壹万亿元整"),
    (-300_00, "负叁佰元整"),
]


@pytest.mark.parametrize(("fen", "words"), VECTORS)
def test_an_amount_is_written_as_the_payment_rules_say(fen: int, words: str) -> None:
    assert in_words(fen) == words


@given(st.integers(min_value=0, max_value=LARGEST - 1))
def test_the_words_read_back_as_the_same_amount(fen: int) -> None:
    assert read_words(in_words(fen)) == fen


@given(st.integers(min_value=0, max_value=LARGEST - 1))
def test_there_is_never_a_double_zero_nor_one_before_a_unit(fen: int) -> None:
    words = in_words(fen) if fen else "壹元整"
    assert "零零" not in words
    assert not any("零" + unit in words for unit in "拾佰仟万亿元角分整")


def test_an_amount_too_large_for_words_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        in_words(LARGEST)


@pytest.mark.parametrize(("fen", "figures"), [(0, "0.00"), (5, "0.05"), (123400, "1,234.00"), (-5, "-0.05")])
def test_figures_have_thousands_and_two_decimals(fen: int, figures: str) -> None:
    assert yuan(fen) == figures


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_figures_read_back_as_the_same_amount(fen: int) -> None:
    assert int(yuan(fen).replace(",", "").replace(".", "")) == fen


def read_words(words: str) -> int:
    whole, _, part = words.rpartition("元") if "元" in words else ("", "", words)
    fen = read_number(whole) * 100
    for digit, unit in pairwise(part):
        if digit in DIGITS:
            fen += DIGITS.index(digit) * {"角": 10, "分": 1}.get(unit, 0)
    return fen


def read_number(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, _, rest = words.rpartition(unit)
            return read_number(high) * size + read_number(rest)
    total = digit = 0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            total += digit * {"拾": 10, "佰": 100, "仟": 1000}[sign]
            digit = 0
    return total + digit
