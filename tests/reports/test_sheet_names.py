"""Titles of sheets and names of files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.reports.sheet_names import LONGEST, FileNames, SheetNames, form_file_name, units


def test_people_of_the_same_name_get_sheets_of_their_own() -> None:
    names = SheetNames()
    assert [names.take("周光"), names.take("周光"), names.take("周光", "（续页）")] == [
        "周光",
        "周光_2",
        "周光（续页）",
    ]


@given(st.lists(st.text(max_size=50), max_size=8))
def test_every_name_gives_a_title_that_a_workbook_takes(wanted: list[str]) -> None:
    names, workbook = SheetNames(), Workbook()
    titles = [names.take(name, "（续页）") for name in wanted]
    for title in titles:
        workbook.create_sheet().title = title
    assert workbook.sheetnames[1:] == titles
    assert all(units(title) <= LONGEST for title in titles)
    assert len({title.casefold() for title in titles}) == len(titles)


def test_files_carry_name_and_last_four_of_the_number() -> None:
    assert form_file_name("阿依古丽·买买提", "529999194006215002") == "采集表_阿依古丽·买买提_5002.xlsx"
    assert form_file_name("王𬎆", "") == "采集表_王𬎆.xlsx"
    assert form_file_name('a/b:"c"', "12") == "采集表_a_b__c__12.xlsx"


def test_no_two_files_of_a_folder_have_the_same_name() -> None:
    names = FileNames()
    assert [names.take("采集表_周光.xlsx"), names.take("采集表_周光.xlsx")] == [
        "采集表_周光.xlsx",
        "采集表_周光_2.xlsx",
    ]
