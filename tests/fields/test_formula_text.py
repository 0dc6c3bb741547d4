"""What begins like a formula stays a text on its way to a spreadsheet program, and is itself again on its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fields.formula_text import clean_text, looks_like_formula, marked, unmarked


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_every_beginning_of_a_formula_is_marked(start: str) -> None:
    assert marked(f"{start}1") == f"'{clean_text(start)}1"


@pytest.mark.parametrize("text", ["", "廖开", "529999196609223019", "1-2", "'已有'", "1=1"])
def test_other_texts_stand_as_they_are(text: str) -> None:
    assert marked(text) == text == unmarked(text)


def test_a_control_character_in_front_hides_no_formula() -> None:
    assert marked("\x07\u202e=1+1") == "'=1+1"


@given(st.text())
def test_nothing_that_is_marked_looks_like_a_formula(text: str) -> None:
    assert not looks_like_formula(marked(text))
    if not text.startswith("'"):
        assert unmarked(marked(text)) == clean_text(text)
