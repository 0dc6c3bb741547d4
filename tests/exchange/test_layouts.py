"""Shapes of rosters that the samples do not have: found by meaning, wherever they stand."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exchange.sheets import (
    GUANG,
    KAI,
    SAMPLES,
    find,
    ignored,
    only_table,
    read,
    save,
    understand,
    understood,
)

PEOPLE = [["廖开", "男", KAI, "1966.09"], ["周光", "男", GUANG, "1955.05"]]
HEAD = ["姓名", "性别", "身份证号", "出生年月"]


def names(path: Path) -> list[str]:
    return [row.values.get("name", "") for row in read(path)]


def test_a_table_may_begin_anywhere(tmp_path: Path):
    path = save(tmp_path, [HEAD, *PEOPLE], at=(7, 3))
    table = only_table(path)
    assert (table.header_rows, table.first_row, table.columns[0].letter) == ([7], 8, "C")
    assert names(path) == ["廖开", "周光"]


def test_columns_may_stand_in_any_order(tmp_path: Path):
    path = save(tmp_path, [HEAD[::-1], *(row[::-1] for row in PEOPLE)])
    assert [row.values["id_number"] for row in read(path)] == [KAI, GUANG]


def test_a_column_of_the_office_s_own_is_shown_and_can_be_mapped_by_hand(tmp_path: Path):
    path = save(tmp_path, [[*HEAD, "片区"], *([*row, "东片"] for row in PEOPLE)])
    table = only_table(path)
    assert (table.columns[4].certainty, ignored(table)) == ("unknown", ["片区"])
    mapped = table.mapped({4: "village"})
    assert understood(mapped)["片区"] == "village"
    assert [row.values["village"] for row in understand(mapped).rows] == ["东片", "东片"]


def test_a_column_can_be_left_out_by_hand(tmp_path: Path):
    table = only_table(save(tmp_path, [HEAD, *PEOPLE])).mapped({1: None})
    assert all("sex" not in row.values for row in understand(table).rows)
    assert ignored(table) == ["性别"]


def test_a_column_without_a_heading_is_shown(tmp_path: Path):
    path = save(tmp_path, [HEAD, *([*row, "随便"] for row in PEOPLE)])
    assert ignored(only_table(path)) == ["（E列）"]


def test_hainan_s_head_of_two_rows_with_a_group(tmp_path: Path):
    top = [
        "序号",
        "姓名",
        "手机号码",
        "人员类别",
        "单位全称",
        "身份证号码",
        "职务（职级）",
        "组织区域",
        "基础信息",
    ]
    under = ["性别", "出生日期", "民族", "籍贯", "政治面貌", "入党时间", "文化程度", "职称"]
    person = [
        1,
        "廖开",
        "19900009785",
        "公务员",
        "卫城派出所",
        KAI,
        "副乡科级",
        "乡镇街道",
        "男",
        "1966-09",
        "回族",
    ]
    person += ["贵州清镇", "中共党员", "1990-05", "大专", "无"]
    rows = [
        ["附件4"],
        ["离退休干部职工信息收集模版"],
        top,
        [""] * 8 + under,
        person,
        ["注：每个单位一张表，更新则替代旧表。"],
    ]
    merges = ["A1:P1", "A2:P2", "I3:P3", *(f"{column}3:{column}4" for column in "ABCDEFGH"), "A6:P6"]
    table = only_table(save(tmp_path, rows, merges=merges))
    assert (table.header_rows, table.title) == ([3, 4], "离退休干部职工信息收集模版")
    assert understood(table)["职务（职级）"] == "rank"
    (row,) = understand(table).rows
    assert row.values["birth_date"] == "1966-09"
    assert (row.values["political_status"], row.values["former_unit"]) == ("01", "卫城派出所")
    assert "professional_title" not in row.values
    assert table.skipped == [(6, "表下说明")]


def test_groups_whose_cells_were_not_merged(tmp_path: Path):
    rows = [
        ["姓名", "性别", "离退休情况", "", "", "联系方式", ""],
        ["", "", "类别", "时间", "职务", "手机", "住址"],
        ["廖开", "男", "退休", "2026.09", "所长", "19900009785", "北门社区"],
    ]
    (row,) = read(save(tmp_path, rows))
    assert row.values == {
        "name": "廖开",
        "sex": "1",
        "retirement_kind": "TX",
        "retired_on": "2026-09",
        "former_post": "所长",
        "mobile": "19900009785",
        "home_address": "北门社区",
    }


def test_groups_above_a_complete_row_of_headings(tmp_path: Path):
    rows = [
        ["基本情况", "", "", "离退休情况", ""],
        ["姓名", "性别", "民族", "时间", "职务"],
        ["廖开", "男", "回", "2026.09", "所长"],
    ]
    table = only_table(save(tmp_path, rows, merges=["A1:C1", "D1:E1"]))
    assert table.header_rows == [1, 2]
    assert understand(table).rows[0].values["retired_on"] == "2026-09"


def test_the_same_heading_under_two_groups_is_named_with_its_group(tmp_path: Path):
    rows = [
        ["姓名", "性别", "本人", "", "联系人", ""],
        ["", "", "身份证号", "电话", "姓名", "电话"],
        ["廖开", "男", KAI, "19900009785", "廖翠莲（女儿）", "19900008020"],
    ]
    table = only_table(save(tmp_path, rows, merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"]))
    headings = [column.heading for column in table.columns]
    assert headings == ["姓名", "性别", "身份证号", "本人·电话", "联系人·姓名", "联系人·电话"]
    (row,) = understand(table).rows
    assert (row.values["name"], row.values["mobile"]) == ("廖开", "19900009785")
    assert row.values["contacts"] == [{"name": "廖翠莲", "relation": "女儿", "mobile": "19900008020"}]


def test_headings_printed_again_on_the_next_page_are_nobody(tmp_path: Path):
    table = only_table(save(tmp_path, [["花名册"], HEAD, PEOPLE[0], HEAD, PEOPLE[1]]))
    assert [line.number for line in table.lines] == [3, 5]
    assert table.skipped == [(4, "重复的表头")]


def test_two_tables_in_one_sheet(tmp_path: Path):
    rows = [
        ["离休干部"],
        HEAD,
        PEOPLE[0],
        [],
        ["走访台账"],
        ["走访时间", "走访对象", "慰问金（元）"],
        ["2025.1.20", "周光", 500],
    ]
    found = find(save(tmp_path, rows))
    assert [(table.kind, table.first_row, len(table.lines)) for table in found.tables] == [
        ("cadres", 3, 1),
        ("visits", 7, 1),
    ]


def test_hidden_and_empty_sheets_are_listed(tmp_path: Path):
    path = save(tmp_path, [HEAD, *PEOPLE])
    workbook = load_workbook(path)
    workbook.create_sheet("空表")
    last_year = workbook.copy_worksheet(workbook.worksheets[0])
    last_year.title, last_year.sheet_state = "去年", "hidden"
    workbook.save(path)
    assert find(path).ignored == [("空表", "空的工作表"), ("去年", "隐藏的工作表")]


def test_sections_totals_notes_samples_and_blank_numbers_are_nobody(tmp_path: Path):
    rows = [
        ["序号", *HEAD],
        ["例", "张三", "男", "520000000000000000", "1950.01"],
        ["（一）离休干部"],
        [1, *PEOPLE[0]],
        ["小  计", "1人"],
        [],
        ["二、退休干部"],
        [2, *PEOPLE[1]],
        [3],
        [4],
        ["总计：2人"],
        ["制表人：张某"],
        ["说明：出生年月以档案为准"],
    ]
    table = only_table(save(tmp_path, rows))
    assert [(line.number, line.section) for line in table.lines] == [
        (4, "（一）离休干部"),
        (8, "二、退休干部"),
    ]
    assert [why for _, why in table.skipped] == [
        "填写示例",
        "分类行",
        "合计行",
        "分类行",
        "合计行",
        "表下说明",
        "表下说明",
    ]


def test_a_total_with_a_running_number_is_nobody(tmp_path: Path):
    rows = [["序号", *HEAD], [1, *PEOPLE[0]], [2, "合 计", "1人"]]
    assert names(save(tmp_path, rows)) == ["廖开"]


def test_hidden_columns_of_an_xls_are_known(tmp_path: Path):
    content = (SAMPLES / "退休教师花名册.xls").read_bytes()
    window = struct.pack("<HH", 0x23E, 18)
    hides_the_telephone = struct.pack("<HH5H", 0x7D, 18, 7, 7, 2048, 15, 1)
    assert content.count(window) == 1
    at = content.index(window)
    changed = content[:at] + hides_the_telephone + content[at + len(hides_the_telephone) :]
    (tmp_path / "花名册.xls").write_bytes(changed)
    table = only_table(tmp_path / "花名册.xls")
    assert [column.heading for column in table.columns if column.hidden] == ["电话"]


def test_words_that_only_look_like_headings_do_not_end_a_table(tmp_path: Path):
    rows = [HEAD, PEOPLE[0], ["审核人：", "", "填表人："], ["", "备注", "说明"], PEOPLE[1]]
    assert [name for name in names(save(tmp_path, rows)) if name] == ["廖开", "周光"]


def test_a_person_with_nothing_but_a_name_is_somebody(tmp_path: Path):
    assert names(save(tmp_path, [HEAD, ["廖开"], PEOPLE[1]])) == ["廖开", "周光"]


def test_a_row_without_a_name_is_kept_and_told(tmp_path: Path):
    first, _ = read(save(tmp_path, [HEAD, ["", "男", KAI, "1966.09"], PEOPLE[1]]))
    assert [(each.field, each.severity) for each in first.problems] == [("name", "E")]


def test_rows_under_a_merged_name_are_told(tmp_path: Path):
    rows = [HEAD, PEOPLE[0], ["", "", "", "1966.10"], PEOPLE[1]]
    first, second = read(save(tmp_path, rows, merges=["A2:A3"]))
    assert [(each.code, each.message[:5]) for each in first.problems] == [("C-05", "第 3 行")]
    assert second.values["name"] == "周光"


def test_a_merged_cell_below_the_people_fills_nobody_in(tmp_path: Path):
    rows = [["姓名", "性别", "单位"], ["廖开", "男", "卫城中学"], [], []]
    assert names(save(tmp_path, rows, merges=["C2:C4"])) == ["廖开"]


@pytest.mark.parametrize(
    ("title", "sheet", "name", "date"),
    [
        ("2025年走访台账", "走访", "台账.xlsx", "2025-01-20"),
        ("走访台账", "2024年", "台账.xlsx", "2024-01-20"),
        ("走访台账", "走访", "走访台账_2023年.xlsx", "2023-01-20"),
    ],
)
def test_a_ledger_s_year_stands_in_its_title_sheet_or_file(
    tmp_path: Path, title: str, sheet: str, name: str, date: str
):
    rows = [[title], ["时间", "慰问对象", "慰问金"], ["1月20日", "廖开", 500]]
    (row,) = read(save(tmp_path, rows, sheet=sheet, name=name))
    assert row.values["date"] == date


def test_a_day_without_any_year_is_asked_about(tmp_path: Path):
    (row,) = read(save(tmp_path, [["时间", "慰问对象", "慰问金"], ["1月20日", "廖开", 500]]))
    assert "date" not in row.values
    assert [(each.field, each.severity) for each in row.problems] == [("date", "E")]


def test_a_sheet_that_is_no_list_gives_no_table(tmp_path: Path):
    found = find(save(tmp_path, [["关于报送花名册的通知"], ["各单位：", "请于月底前报送"], ["姓名", "写全"]]))
    assert found.tables == []


def test_a_sign_off_sheet_is_payments_though_it_names_rank_and_kind(tmp_path: Path):
    head = [
        "序号",
        "姓名",
        "身份证号",
        "离退休类别",
        "职级/享受待遇",
        "发放标准",
        "月（次）数",
        "应发金额",
        "签领人",
    ]
    path = save(tmp_path, [head, [1, "廖开", KAI, "退休", "副科", 200, 3, 600, ""]])
    table = only_table(path)
    (row,) = understand(table).rows
    assert table.kind == "payments"
    assert row.values == {"name": "廖开", "id_number": KAI, "standard": 20000, "times": 3, "amount": 60000}
