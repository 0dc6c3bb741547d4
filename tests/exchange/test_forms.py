"""Filled forms as offices lay them out: read by what their labels mean, wherever they stand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from app.exchange import form_values
from app.exchange.readings import Reading
from tests.exchange.sheets import GUANG, SAMPLES, find, read, understand

FILLED = SAMPLES / "采集表_已填.xlsx"
ABOVE: tuple[tuple[str, ...], ...] = (
    ("离退休干部信息登记表", "", "", ""),
    ("姓名", "性别", "民族", "出生年月"),
    ("周光", "男", "苗族", "1955 年 5 月"),
    ("身份证号码", "政治面貌", "入党时间", "参加工作时间"),
    (GUANG, "中共党员", "1974年5月", "1972年1月"),
    ("离退休类别", "退休时间", "原工作单位", "原职务"),
    ("退休", "2015年5月", "卫城镇农业服务中心", "站长"),
    ("健康状况", "婚姻状况", "手机号码", "家庭住址"),
    ("有慢性病", "已婚", "19900006374", "卫城镇新桥村8组78号"),
)


def workbook_of(
    folder: Path, sheets: Mapping[str, tuple[tuple[Any, ...], ...]], merges: tuple[str, ...] = ()
) -> Path:
    book = Workbook()
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        for merge in merges:
            page.merge_cells(merge)
    book.remove(book.worksheets[0])
    book.save(folder / "登记表.xlsx")
    return folder / "登记表.xlsx"


def one(path: Path) -> Reading:
    (reading,) = read(path)
    return reading


def test_labels_above_their_answers(tmp_path: Path):
    values = one(workbook_of(tmp_path, {"登记表": ABOVE})).values
    assert (values["name"], values["id_number"], values["birth_date"]) == ("周光", GUANG, "1955-05")
    assert (values["political_status"], values["party_joined_on"]) == ("01", "1974-05")
    assert (values["former_unit"], values["former_post"]) == ("卫城镇农业服务中心", "站长")
    assert (values["mobile"], values["home_address"]) == ("19900006374", "卫城镇新桥村8组78号")


def test_labels_inside_the_cells_of_their_answers(tmp_path: Path):
    rows = tuple(
        tuple(f"{label}：{answer}" for label, answer in zip(labels, answers, strict=True))
        for labels, answers in zip(ABOVE[1::2], ABOVE[2::2], strict=True)
    )
    values = one(
        workbook_of(tmp_path, {"登记表": (("登记表",), *rows, ("填表人：张某某   审核人：李某某",))})
    ).values
    assert (values["name"], values["sex"], values["ethnicity"]) == ("周光", "1", "06")
    assert (values["retired_on"], values["marital_status"]) == ("2015-05", "20")
    assert (values["preparer"], values["reviewer"]) == ("张某某", "李某某")


def test_cells_that_were_moved_do_not_matter(tmp_path: Path):
    book = load_workbook(FILLED)
    sheet = book["采集表"]
    for merge in list(sheet.merged_cells.ranges):
        merge.shift(2, 3)
    sheet.move_range("A1:G26", rows=3, cols=2)
    book.save(tmp_path / "移动过.xlsx")
    assert one(tmp_path / "移动过.xlsx").values == one(FILLED).values


def test_a_form_over_two_sheets_is_one_person(tmp_path: Path):
    second = (
        ("称谓", "姓名", "出生年月", "政治面貌", "工作单位及职务", "联系电话"),
        ("妻子", "苏素华", "1955.07", "中共党员", "退休", "19900001234"),
        ("长女", "周淑芬", "1977.09", "中共党员", "个体", ""),
        ("", "", "", "", "", ""),
        ("奖惩及荣誉", "1999年优秀党员", "", "", "", ""),
        ("兴趣爱好", "二胡", "专业特长", "果树嫁接", "", ""),
    )
    values = one(workbook_of(tmp_path, {"第一页": ABOVE, "第二页": second})).values
    assert [member["name"] for member in values["family"]] == ["苏素华", "周淑芬"]
    assert values["family"][0]["phone"] == "19900001234"
    assert (values["awards"], values["expertise"]) == ("1999年优秀党员", "果树嫁接")


def test_a_sheet_for_each_person(tmp_path: Path):
    other = tuple(tuple("廖开" if cell == "周光" else cell for cell in row) for row in ABOVE)
    tables = find(workbook_of(tmp_path, {"周光": ABOVE, "廖开": other})).tables
    assert [understand(table).rows[0].values["name"] for table in tables] == ["周光", "廖开"]


def test_the_resume_and_the_contacts_may_be_tables(tmp_path: Path):
    more = (
        ("起止年月", "工作单位", "职务", ""),
        ("1972年1月至1993年3月", "卫城镇农业服务中心", "职工", ""),
        ("1993.03—2015.05", "卫城镇农业服务中心", "站长", ""),
        ("联系人姓名", "关系", "联系电话", ""),
        ("周淑芬", "长女", "19900001111", ""),
        ("周强", "儿子", "19900002222", ""),
        ("备注：身体尚可", "", "", ""),
    )
    values = one(workbook_of(tmp_path, {"登记表": (*ABOVE, *more)})).values
    assert values["resume"] == [
        {"started_on": "1972-01", "ended_on": "1993-03", "text": "卫城镇农业服务中心 职工"},
        {"started_on": "1993-03", "ended_on": "2015-05", "text": "卫城镇农业服务中心 站长"},
    ]
    assert [(each["name"], each["relation"], each["mobile"]) for each in values["contacts"]] == [
        ("周淑芬", "长女", "19900001111"),
        ("周强", "儿子", "19900002222"),
    ]
    assert values["name"] == "周光"
    assert values["remarks"] == "身体尚可"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("□患病 ☑丧偶 ☑独居", "丧偶、独居"),
        ("[ ]患病 [√]丧偶", "丧偶"),
        ("（ ）是 （√）否", "否"),
        ("是√  否", "是"),
        ("■是 □否", "是"),
        ("□是  □否", ""),
        ("患有高血压", "患有高血压"),
    ],
)
def test_ticks_as_people_make_them(written: str, said: str):
    assert form_values.chosen(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1955 年 5 月 14 日", "1955年5月14日"),
        ("1955.05（71岁）", "1955.05"),
        ("    年    月    日", ""),
        ("195505", "195505"),
    ],
)
def test_dates_as_forms_print_them(written: str, said: str):
    assert form_values.date_text(written) == said


def test_a_number_that_lost_its_tail_is_refused_with_its_cell(tmp_path: Path):
    rows = tuple(tuple(529999195505148814.0 if cell == GUANG else cell for cell in row) for row in ABOVE)
    reading = one(workbook_of(tmp_path, {"登记表": rows}))
    assert "id_number" not in reading.values
    assert [(each.code, each.message[:3]) for each in reading.problems if each.severity == "E"] == [
        ("R-09", "A5：")
    ]


def test_the_photo_on_the_form_is_taken(tmp_path: Path):
    picture = io.BytesIO()
    Image.new("RGB", (70, 98), "navy").save(picture, "JPEG")
    book = load_workbook(FILLED)
    book["采集表"].add_image(SheetImage(io.BytesIO(picture.getvalue())), "G3")
    book.save(tmp_path / "有照片.xlsx")
    photo = one(tmp_path / "有照片.xlsx").photo
    assert photo is not None
    with Image.open(io.BytesIO(photo)) as taken:
        assert taken.size == (70, 98)


def test_a_drawing_that_is_harmful_costs_the_photo_and_not_the_form(tmp_path: Path):
    picture = io.BytesIO()
    Image.new("RGB", (70, 98)).save(picture, "PNG")
    book = load_workbook(FILLED)
    book["采集表"].add_image(SheetImage(io.BytesIO(picture.getvalue())), "G3")
    book.save(tmp_path / "有照片.xlsx")
    harmful = tmp_path / "有害.xlsx"
    with zipfile.ZipFile(tmp_path / "有照片.xlsx") as source, zipfile.ZipFile(harmful, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part.endswith("drawing1.xml"):
                content = content.replace(b'r:embed="rId1"', b'r:embed="../../../etc/passwd"')
            target.writestr(part, content)
    reading = one(harmful)
    assert (reading.values["name"], reading.photo) == ("周光", None)


def test_a_roster_is_no_form(tmp_path: Path):
    (table,) = [each for each in find(SAMPLES / "花名册_卫城镇.xlsx").tables if each.kind == "cadres"]
    assert table.header_rows
