"""The rows that were not taken leave as the user's own sheet with a reason, are mended, and taken in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from app.errors import UserError
from app.fields.identity import check_character
from app.reports.failed_rows import ADDED
from app.services.desk import Desk
from app.services.import_preview import Decision
from tests.desks import desk_of
from tests.exchange.sheets import SAMPLES, find
from tests.services.test_imports import ROSTER, SCHOOLS, VISITS, person, take

MENDED = "52999919660710801"
MENDED += check_character(MENDED)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = desk_of(tmp_path / "desk")
    opened.imports.apply(opened.imports.preview(SAMPLES / ROSTER))
    yield opened
    opened.close()


def newest(desk: Desk) -> str:
    return desk.import_history.all()[0].uid


def saved(desk: Desk, folder: Path, *, masked: bool = False) -> Path:
    paper = desk.failed_rows.paper(newest(desk), masked=masked)
    (folder / paper.name).write_bytes(paper.content)
    return folder / paper.name


def rows_in(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_the_sheet_is_the_users_own_with_the_reason_and_the_row(desk: Desk, tmp_path: Path):
    theirs = rows_in(SAMPLES / ROSTER)
    found = rows_in(saved(desk, tmp_path))
    heads = find(SAMPLES / ROSTER).tables[0].header_rows
    width = len(found[0]) - 2
    assert [row[:width] for row in found[: heads[-1]]] == [row[:width] for row in theirs[: heads[-1]]]
    assert [row[-1] for row in found[heads[-1] :]] == [10, 20, 59]
    assert found[heads[-1] - 1][-2:] == ["没有导入的原因", "原来的行号"]
    assert "身份证号存成了数字" in found[heads[-1]][-2]
    assert found[heads[-1] + 1][:5] == theirs[19][:5]


def test_a_number_that_lost_its_end_is_not_written_as_if_it_were_whole(desk: Desk, tmp_path: Path):
    sheet = load_workbook(saved(desk, tmp_path)).worksheets[0]
    numbers = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("529999")]
    assert [cell.number_format for cell in numbers] == ["@"] * 3
    assert all(isinstance(cell.value, str) for cell in numbers)
    assert numbers[0].value.endswith("****")


def test_a_mended_row_is_taken_in_and_the_reason_is_passed_over(desk: Desk, tmp_path: Path):
    path = saved(desk, tmp_path)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).endswith("****")]
    cell.value = MENDED
    workbook.save(path)
    preview = desk.imports.preview(path)
    assert [column.field for column in preview.sheets[0].columns if column.heading in ADDED] == [None, None]
    assert {row.label: row.pile for row in preview.rows()}["阎光荣"] == "new"
    desk.imports.apply(preview)
    assert person(desk.database, "阎光荣").values["id_number"] == MENDED


def test_the_rest_of_it_is_understood_as_the_whole_was(desk: Desk, tmp_path: Path):
    whole = {
        column.heading: column.meaning for column in desk.imports.preview(SAMPLES / ROSTER).sheets[0].columns
    }
    again = {
        column.heading: column.meaning
        for column in desk.imports.preview(saved(desk, tmp_path)).sheets[0].columns
    }
    assert {heading: meaning for heading, meaning in again.items() if heading in whole} == {
        heading: meaning for heading, meaning in whole.items() if heading in again
    }
    assert again["姓  名"] == "name"


def test_numbers_can_leave_covered(desk: Desk, tmp_path: Path):
    texts = [str(cell) for row in rows_in(saved(desk, tmp_path, masked=True)) for cell in row]
    assert not [text for text in texts if "529999" in text]
    assert desk.failed_rows.paper(newest(desk), masked=True).facts.masked


def test_what_was_decided_against_leaves_too(desk: Desk, tmp_path: Path):
    preview = desk.import_doubts.open(newest(desk))
    desk.import_doubts.decide(newest(desk), preview, {id(row): Decision(False) for row in preview.rows()})
    reasons = [row[-2] for row in rows_in(saved(desk, tmp_path))[-3:]]
    assert all(reason.startswith("定了不导入；") for reason in reasons)


def test_a_visit_ledger_and_an_old_workbook_come_back_too(desk: Desk, tmp_path: Path):
    take(desk.imports, SAMPLES / SCHOOLS)
    take(desk.imports, SAMPLES / VISITS)
    waiting = desk.import_history.all()[0].waiting
    preview = desk.imports.preview(saved(desk, tmp_path))
    assert (preview.sheets[0].kind, len(preview.sheets[0].rows)) == ("visits", waiting)


def test_a_text_file_of_any_name_leaves_as_a_sheet(desk: Desk, tmp_path: Path):
    path = tmp_path / "走访[补]：二月.csv"
    path.write_text("姓名,走访时间,类型\n查无此人,2026-03-08,日常走访\n", encoding="utf-8")
    desk.imports.apply(desk.imports.preview(path))
    assert load_workbook(saved(desk, tmp_path)).sheetnames == ["走访_补_：二月"]


def test_a_number_in_the_name_of_the_file_does_not_leave_with_it(desk: Desk):
    assert desk.failed_rows.name("52999919410203002X.xlsx") == "002X_没有导入的行.xlsx"


def test_where_all_was_taken_there_is_nothing_to_save(desk: Desk):
    preview = desk.import_doubts.open(newest(desk))
    decisions = {id(row): Decision(True, row.uid, ("id_number",)) for row in preview.rows()}
    desk.import_doubts.decide(newest(desk), preview, decisions)
    with pytest.raises(UserError, match="没有留下的行"):
        desk.failed_rows.paper(newest(desk), masked=False)
