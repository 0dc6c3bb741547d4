"""Numbers on screens and in logs: what is left of them, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fields.masking import covered, last_four, last_four_digits, scrubbed

NUMBER = "529999195505148814"


@pytest.mark.parametrize(
    ("number", "left"),
    [
        (NUMBER, "**************8814"),
        ("52999919550514881X", "**************881X"),
        ("529999550514881", "***********4881"),
        ("1234", "1234"),
        ("", ""),
    ],
)
def test_a_number_keeps_its_length_and_its_last_four(number: str, left: str) -> None:
    assert last_four(number) == left


@pytest.mark.parametrize(
    ("card", "left"),
    [
        ("6210003110539454122", "***************4122"),
        ("6210 0031 1053 9454 122", "**** **** **** ***4 122"),
        ("6210003110539454122（农信社）", "***************4122（农信社）"),
        ("发现金", "发现金"),
    ],
)
def test_what_stands_beside_a_card_number_stays(card: str, left: str) -> None:
    assert last_four_digits(card) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"身份证{NUMBER}，请核对", "身份证**************8814，请核对"),
        ("529999 19550514 881x", "****** ******** 881x"),
        ("卡号6210 0031 1053 9454 122", "卡号**** **** **** ***4 122"),
        ("6210-0031-1053-9454", "****-****-****-9454"),
        ("５２９９９９１９５５０５１４８８１４", "**************８８１４"),
    ],
)
def test_long_numbers_in_a_text_are_covered(text: str, left: str) -> None:
    assert covered(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "19900001111",
        "8619900001111",
        "085182345678",
        "0851-82345678",
        "199 0000 1111、19900002222",
        "黔老干发〔2026〕12号",
        "2026-01-20 08:30:00",
        "1,234,567.00",
    ],
)
def test_telephones_dates_and_amounts_stay_as_they_are(text: str) -> None:
    assert covered(text) == text


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.text("号：，、（）的x ", max_size=5))
def test_no_identity_number_can_be_read_beside_any_words(number: str, words: str) -> None:
    assert number[:-4] not in covered(words + number + words)
    assert covered(words + number + words).replace(words, "").endswith(number[-4:])


@pytest.mark.parametrize(
    "secret",
    [
        NUMBER,
        "52999919550514881X",
        "529999550514881",
        "19900001111",
        "0851-82345678",
        "085182345678",
        "199 0000 1111",
        "6210003110539454122",
        "6210 0031 1053 9454 122",
    ],
)
def test_a_text_that_is_sent_away_has_no_number_at_all(secret: str) -> None:
    told = scrubbed(f"ValueError: “{secret}”不对")
    assert "位号码］" in told
    assert secret[-4:] not in told


def test_the_values_of_a_failed_statement_are_left_out() -> None:
    told = scrubbed(
        "[SQL: UPDATE cadre SET name=?]\n[parameters: ('张志国', '[密]')]\n(Background on this error)"
    )
    assert told == "[SQL: UPDATE cadre SET name=?]\n[parameters: …]\n(Background on this error)"


def test_what_a_maintainer_needs_of_a_trace_stays() -> None:
    trace = '  File "app/services/cadres.py", line 1234, in save\n2026-11-22 06:11:01.123456  Python 3.11.2'
    assert scrubbed(trace) == trace
