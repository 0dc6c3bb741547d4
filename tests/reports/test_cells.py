"""Cells keep what a person typed."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.fields.formula_text import clean_text
from app.reports.cells import LONGEST_AS_TEXT, write_text


def written(text: str):  # type: ignore[no-untyped-def]
    workbook, target = Workbook(), BytesIO()
    write_text(workbook.active["A1"], text)
    workbook.save(target)
    return load_workbook(target).active["A1"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", '＝HYPERLINK("x")'])
def test_what_looks_like_a_formula_stays_text_even_when_edited(text: str) -> None:
    cell = written(text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", ["529999195505148814", "0851-25500000", "#REF!", "1955.05", "王𬎆"])
def test_numbers_dates_and_error_names_stay_text(text: str) -> None:
    cell = written(text)
    assert (cell.value, cell.data_type, cell.number_format, cell.quotePrefix) == (text, "s", "@", False)


def test_control_characters_do_not_reach_the_file() -> None:
    assert written("王\x07某\u202e某\r\n第二行").value == "王某某\n第二行"


def test_long_texts_do_not_take_the_format_that_old_programs_show_as_hashes() -> None:
    assert written("长" * (LONGEST_AS_TEXT + 1)).number_format == "General"


@given(st.text(min_size=1, max_size=60))
def test_every_text_can_be_written_and_read_again(text: str) -> None:
    assert (written(text).value or "") == clean_text(text)
