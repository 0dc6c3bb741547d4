"""The roster and plain lists as workbooks."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.reports.roster import RosterHeading, named_roster, roster_of_fields, write_roster
from app.reports.subject import FormOffice, FormSubject
from app.reports.table_workbook import Column, Table, write_table
from tests.reports.paper_people import OFFICE, person

NAMES = ["王𬎆", "单䶮生", "阿依古丽·买买提"]
HEADING = RosterHeading(OFFICE, sorted_by="按姓氏笔画排序", choices={"sex": ["男", "女"]})


def roster(*subjects: FormSubject, heading: RosterHeading = HEADING) -> Workbook:
    target = BytesIO()
    write_roster(target, named_roster(), subjects, heading)
    return load_workbook(target)


def table(**given: object) -> BytesIO:
    target = BytesIO()
    write_table(target, Table(**given))  # type: ignore[arg-type]
    return target


def test_every_column_of_the_roster_is_a_field() -> None:
    layout = named_roster()
    assert [name for name in layout.field_names if not CADRE.has(name)] == []
    assert [pair for pair in layout.child_names if not PART_TYPES[pair[0]].has(pair[1])] == []
    assert len(layout.columns) == 23


def test_the_roster_lists_everybody_under_its_headings() -> None:
    sheet = roster(*map(person, NAMES)).worksheets[0]
    assert sheet["A1"].value == "离退休干部花名册"
    assert sheet["A2"].value == "填报单位：卫城镇人民政府"
    assert sheet["L2"].value == "（按姓氏笔画排序）　共 3 人"
    headings = {cell.value: cell.column - 1 for cell in sheet[3]}
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=6)]
    assert [row[headings["姓名"]] for row in rows] == NAMES
    assert [row[headings["序号"]] for row in rows] == ["1", "2", "3"]
    shown = [rows[0][headings[title]] for title in ("出生年月", "年龄", "原工作单位及职务", "联系人及电话")]
    assert shown == ["1955.05", "71", "卫城镇农业服务中心站长", "周淑芬\n19900000001"]
    assert "填表人：张某某" in sheet["A7"].value
    assert "日期：2026年11月22日" in sheet["A7"].value


def test_numbers_are_text_and_formulas_stay_text() -> None:
    sheet = roster(person(), person("=1+1", remarks="@SUM(A1)")).worksheets[0]
    number, name, remark = sheet["Q4"], sheet["B5"], sheet["W5"]
    assert (number.value, number.data_type, number.number_format) == ("529999195505148814", "s", "@")
    assert (name.value, name.data_type, name.quotePrefix) == ("=1+1", "s", True)
    assert (remark.value, remark.quotePrefix, number.quotePrefix) == ("@SUM(A1)", True, False)
    assert number.border.left.style == "thin"


def test_the_roster_prints_across_landscape_pages_with_its_heading_on_each() -> None:
    sheet = roster(person()).worksheets[0]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "C4")
    assert sheet.oddFooter.center.text == "第 &P 页  共 &N 页"


def test_a_drop_down_offers_what_the_office_may_choose() -> None:
    workbook = roster(person(), person())
    (rule,) = workbook.worksheets[0].data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("C4:C5", "'选项'!$A$1:$A$2")
    assert [row[0].value for row in workbook["选项"]] == ["男", "女"]
    assert workbook["选项"].sheet_state == "hidden"


def test_another_program_reads_every_row() -> None:
    target = BytesIO()
    write_roster(target, named_roster(), [person(f"周光{n}") for n in range(500)], HEADING)
    rows = CalamineWorkbook.from_filelike(BytesIO(target.getvalue())).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[3:503]] == [f"周光{n}" for n in range(500)]


@pytest.mark.parametrize("heading", [HEADING, RosterHeading(FormOffice())])
def test_a_roster_of_nobody_has_headings_only(heading: RosterHeading) -> None:
    sheet = roster(heading=heading).worksheets[0]
    assert sheet["B3"].value == "姓名"
    assert sheet["A4"].value.startswith("填表人：")
    assert "共 0 人" in sheet["L2"].value


def test_any_fields_of_a_screen_make_a_roster() -> None:
    target = BytesIO()
    shown = roster_of_fields("生日名单", [("name", "姓名"), ("birth_date", "出生年月")])
    write_roster(target, shown, [person("王𬎆")], RosterHeading(OFFICE))
    sheet = load_workbook(target)["生日名单"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=3, max_row=4)] == [
        ["序号", "姓名", "出生年月"],
        ["1", "王𬎆", "1955.05.14"],
    ]


def test_money_can_be_added_up_and_groups_stand_above_their_columns() -> None:
    columns = [
        Column("姓名"),
        Column("标准", "money", group="慰问金"),
        Column("实发", "money", group="慰问金"),
        Column("次数", "number"),
    ]
    target = table(
        title="发放表",
        columns=columns,
        rows=[("王𬎆", 50000, 50001, 2), ("周光", 80000, None, 1)],
        totals=("合计", 130000, 50001, 3),
        bottom_line="制表人：",
    )
    sheet = load_workbook(target).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        ["姓名", "慰问金", None, "次数"],
        [None, "标准", "实发", None],
        ["王𬎆", 500, 500.01, 2],
        ["周光", 800, None, 1],
        ["合计", 1300, 500.01, 3],
        ["制表人：", None, None, None],
    ]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"B3:C3", "A3:A4", "D3:D4", "A8:D8"} <= merged
    assert (sheet["C5"].number_format, sheet["C7"].number_format) == ("#,##0.00", "#,##0.00")
    assert sheet.print_title_rows == "$3:$4"


def test_a_row_is_as_high_as_its_longest_cell_needs() -> None:
    target = table(
        title="台账", columns=[Column("内容", width=20)], rows=[("短",), ("长" * 60,), ("一\n二\n三",)]
    )
    rows = load_workbook(target).worksheets[0].row_dimensions
    assert rows[4].height < rows[6].height < rows[5].height


def test_control_characters_and_brackets_do_not_break_the_file() -> None:
    target = table(title="<表>&", columns=[Column("a<b")], rows=[("x\x00<&>\x1by",), ("]]>",)])
    sheet = load_workbook(target).worksheets[0]
    assert [sheet["A4"].value, sheet["A5"].value] == ["x<&>y", "]]>"]
