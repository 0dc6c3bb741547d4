"""Identity numbers by GB 11643-1999; the numbers belong to nobody (area 529999 is unallocated)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UnreadableError
from app.fields import identity
from app.fields.kinds import Identity


def flaws(number: str) -> list[tuple[str, str]]:
    return [(flaw.severity, flaw.code) for flaw in Identity().flaws(number)]


@pytest.mark.parametrize(
    ("number", "sex", "birth"),
    [
        ("529999195203170012", "1", "1952-03-17"),
        ("529999192801050025", "2", "1928-01-05"),
        ("52999919640229002X", "2", "1964-02-29"),
    ],
)
def test_a_valid_number_says_sex_and_birth(number: str, sex: str, birth: str):
    assert flaws(number) == []
    assert (identity.sex(number), identity.birth_date(number)) == (sex, birth)


def test_an_unknown_province_is_only_worth_a_look():
    assert flaws("62999919350930003X") == []
    number = "99999919350930003"
    assert flaws(number + identity.check_character(number)) == [("W", "R-03")]


@pytest.mark.parametrize(
    ("number", "problems"),
    [
        ("529999195203170013", [("E", "R-02")]),
        ("529999196202290017", [("E", "R-04")]),
        ("52999919520317001", [("E", "R-01")]),
        ("5299991952031700123", [("E", "R-01")]),
        ("52999919520317X012", [("E", "R-01")]),
        ("无", [("E", "R-01")]),
        ("529999280105002", [("I", "R-07")]),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong(number: str, problems: list[tuple[str, str]]):
    assert flaws(number) == problems


def test_the_message_says_what_would_be_right():
    (flaw,) = Identity().flaws("529999195203170013")
    assert flaw.message == "末位校验码不符：应为 2，现为 3，请照证件核对每一位"


def test_fifteen_digits_become_eighteen():
    assert identity.from_old("529999280105002") == "529999192801050025"


@pytest.mark.parametrize("serial", ["996", "997", "998", "999"])
def test_a_serial_that_meant_before_1900_is_not_converted(serial: str):
    assert identity.from_old("529999280105" + serial) is None


@pytest.mark.parametrize(
    "written",
    [
        "52999919640229002x",
        "'52999919640229002X",
        " 529999 19640229 002X ",
        "529999-19640229-002X",
        "５２９９９９１９６４０２２９００２Ｘ",
        "５２９９９９１９６４０２２９００２ｘ",
        "52999919640229002X\u200b",
    ],
)
def test_spellings_of_one_number_are_one_number(written: str):
    assert Identity().parse(written) == "52999919640229002X"


@pytest.mark.parametrize("cell", [529999195203170012, 5.29999195203170e17, 5.3e15])
def test_a_number_out_of_a_numeric_cell_has_lost_its_tail(cell: float):
    with pytest.raises(UnreadableError, match="末几位已经丢失"):
        Identity().read_cell(cell)


@pytest.mark.parametrize("cell", ["", None, "  "])
def test_an_empty_cell_is_no_number(cell: str | None):
    assert Identity().read_cell(cell) is None


numbers = st.from_regex(r"[1-9][0-9]{16}", fullmatch=True)


@given(numbers)
def test_the_check_character_makes_a_number_fit(digits: str):
    assert "R-02" not in [code for _, code in flaws(digits + identity.check_character(digits))]


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits: str, place: int, off: int):
    wrong = digits[:place] + str((int(digits[place]) + off) % 10) + digits[place + 1 :]
    assert ("E", "R-02") in flaws(wrong + identity.check_character(digits))


@given(numbers, st.integers(0, 15))
def test_two_digits_swapped_are_always_noticed(digits: str, place: int):
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped != digits:
        assert ("E", "R-02") in flaws(swapped + identity.check_character(digits))
