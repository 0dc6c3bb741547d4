"""The collection form, filled from a mapping."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from python_calamine import CalamineWorkbook

from app.errors import UserError
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.paths import resource
from app.reports.collection_form import form_files, named_form, write_form_book
from app.reports.form_mapping import read_form
from app.reports.form_sheet import FormProblem
from app.reports.subject import FormOffice, FormSubject
from tests.reports.paper_people import OFFICE, person

PHOTOS = Path(__file__).parent.parent / "samples" / "照片"
FORMS = ["collection", "collection_full"]
LONG_ADDRESS = "贵州省清镇市卫城镇新桥村第八村民小组七十八号附一号（老供销社宿舍二单元三楼左手）"


def filled(subject: FormSubject, form: str = "collection", office: FormOffice = OFFICE) -> Workbook:
    file = next(form_files(named_form(form), [subject], office))
    return load_workbook(BytesIO(file.content))


def book(*subjects: FormSubject, form: str = "collection") -> tuple[Workbook, list[FormProblem]]:
    target = BytesIO()
    problems = write_form_book(target, named_form(form), subjects, OFFICE)
    return load_workbook(target), problems


def blank(form: str = "collection") -> Worksheet:
    return load_workbook(named_form(form).blank)[named_form(form).sheet]


def layout(sheet: Worksheet) -> dict[str, object]:
    """What makes the paper what it is."""
    return {
        "merged": sorted(str(merged) for merged in sheet.merged_cells.ranges),
        "widths": {letters: column.width for letters, column in sheet.column_dimensions.items()},
        "heights": {number: row.height for number, row in sheet.row_dimensions.items() if row.height},
        "choices": [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation],
        "area": str(sheet.print_area).rpartition("!")[2],
        "paper": [sheet.page_setup.paperSize, sheet.page_setup.orientation],
        "pages": [sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight],
        "fits": sheet.sheet_properties.pageSetUpPr.fitToPage,
        "margins": dict(sheet.page_margins),
        "centred": sheet.print_options.horizontalCentered,
        "breaks": [page_break.id for page_break in sheet.row_breaks.brk],
        "borders": {cell.coordinate: cell.border.left.style for row in sheet for cell in row},
    }


@pytest.mark.parametrize("form", FORMS)
def test_the_form_keeps_its_layout_alone_and_in_a_book(form: str) -> None:
    wanted = layout(blank(form))
    wanted["heights"] = {1: pytest.approx(29, abs=1)} | wanted["heights"]  # type: ignore[operator]
    alone = filled(person(), form).worksheets[0]
    together = book(person("周光"), person("王𬎆"), form=form)[0]
    assert layout(alone) == wanted
    assert [layout(sheet) for sheet in together.worksheets] == [wanted, wanted]


@pytest.mark.parametrize("form", FORMS)
def test_every_name_in_a_mapping_is_a_field(form: str) -> None:
    mapping = named_form(form)
    assert [name for name in mapping.field_names if not CADRE.has(name)] == []
    assert [pair for pair in mapping.child_names if not PART_TYPES[pair[0]].has(pair[1])] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_mapped_cell_is_empty_on_the_blank_and_has_a_label(form: str) -> None:
    mapping, sheet = named_form(form), blank(form)
    assert {at for at in mapping.cells if sheet[at].value} == set()
    assert {at for at in mapping.cells if not sheet[at].border.left.style} == set()


def test_the_cells_say_what_the_file_says() -> None:
    sheet = filled(person("王𬎆")).worksheets[0]
    shown = {at: sheet[at].value for at in ("B3", "D3", "F3", "B5", "B9", "F12", "D6", "B4")}
    assert shown == {
        "B3": "王𬎆",
        "D3": "男",
        "F3": "1955.05",
        "B5": "529999195505148814",
        "B9": "卫城镇农业服务中心站长",
        "F12": "19900006374",
        "D6": "1974.05",
        "B4": None,
    }
    assert (sheet["B5"].data_type, sheet["B5"].number_format) == ("s", "@")
    assert sheet["B17"].value.splitlines()[::2] == [
        "1972.01--1973.01  清镇市卫城镇农业服务中心第1段，任技术员，其间在省农学院进修",
        "1974.01--         清镇市卫城镇农业服务中心第3段，任技术员，其间在省农学院进修",
    ]
    assert [cell.value for cell in sheet[20][1:6]] == ["长女", "周淑芬2", "1977.09", "群众", "个体"]


def test_another_program_reads_the_same() -> None:
    file = next(form_files(named_form(), [person("阿依古丽·买买提")], OFFICE))
    rows = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert rows[2][:6] == ["姓名", "阿依古丽·买买提", "性别", "男", "出生年月", "1955.05"]


def test_boxes_are_ticked_and_apps_are_those_the_office_asks_for() -> None:
    sheet = filled(person()).worksheets[0]
    assert sheet["B13"].value == "□是  ☑否"
    assert "".join(sheet["F13"].value.split()) == "□夕阳红□数字黔老☑未安装：用老人机"
    assert sheet["B16"].value == "□患病 □丧偶 ☑独居 □长期卧床 □长期住院 □特殊困难 □易地安置"


def test_a_word_without_a_box_is_named() -> None:
    subject = person()
    apps = {"apps": [{"app": "学习强国", "installed": "是"}]}
    problems = book(FormSubject(subject.texts, children=apps))[1]
    assert problems == [FormProblem("周光", "手机App", "“手机App”里没有“学习强国”这一项，没有打勾")]


def test_the_office_is_written_behind_its_words() -> None:
    sheet = filled(person()).worksheets[0]
    assert sheet["A2"].value == "填报单位（盖章）：卫城镇人民政府"
    assert sheet["E2"].value == "填表日期：2026年11月22日"
    assert sheet["A26"].value == "填表人：张某某            审核人：李某某            联系电话：0851-25500000"


def test_what_the_office_leaves_open_stays_for_the_pen() -> None:
    sheet = filled(person(), office=FormOffice()).worksheets[0]
    open_cells = ("A1", "A2", "E2", "A26")
    assert [sheet[at].value for at in open_cells] == [blank()[at].value for at in open_cells]


def test_long_text_wraps_and_shrinks_and_short_text_does_not() -> None:
    sheet = filled(person(home_address=LONG_ADDRESS)).worksheets[0]
    assert sheet["B11"].value == LONG_ADDRESS
    assert sheet["B11"].alignment.wrap_text
    assert 7 <= sheet["B11"].font.sz < sheet["F5"].font.sz == 11


def test_a_resume_and_a_family_too_long_go_on_on_the_next_sheet() -> None:
    workbook, problems = book(person("王𬎆", periods=25, relatives=12), person("单䶮生"))
    assert workbook.sheetnames == ["王𬎆", "王𬎆（续页）", "单䶮生"]
    assert problems == []
    first, following = workbook["王𬎆"], workbook["王𬎆（续页）"]
    assert first["A17"].value.endswith("（续页）")
    assert first["A18"].value.endswith("（续页）")
    shown = len(first["B17"].value.splitlines())
    printed = [[cell.value for cell in row if cell.value] for row in following]
    assert printed[0] == ["全省离退休干部基本信息采集表（续页）"]
    assert printed[1] == ["姓名：王𬎆    身份证号：529999195505148814"]
    periods = [row for row in printed if "--" in row[0]]
    assert 0 < len(periods) == 25 - shown
    assert periods[0][0] == f"{1972 + shown}.01--{1973 + shown}.01"
    relatives = [row for row in printed if row[0].isdigit()]
    assert [row[0] for row in relatives] == [str(number) for number in range(7, 13)]
    assert relatives[0] == ["7", "长女", "周淑芬7", "1977.09", "群众", "个体"]
    assert following.page_setup.paperSize == first.page_setup.paperSize
    assert dict(following.page_margins) == dict(first.page_margins)


def test_a_cell_too_small_for_its_text_says_so_and_prints_it_whole_on_the_next_sheet() -> None:
    workbook, problems = book(person(former_name="很长的曾用名" * 12))
    assert [problem.place for problem in problems] == ["曾用名"]
    assert ["曾用名", "很长的曾用名" * 12] in [
        [cell.value for cell in row if cell.value] for row in workbook["周光（续页）"]
    ]


@pytest.mark.parametrize("name", ["03司徒美蓉-1寸.jpg", "周光.jpg", "廖开.jpg"])
@pytest.mark.parametrize("form", FORMS)
def test_a_photo_stands_upright_and_whole_inside_its_cell(form: str, name: str) -> None:
    sheet = filled(person(photo=(PHOTOS / name).read_bytes()), form).worksheets[0]
    (image,) = sheet._images
    printed = image.anchor.ext
    with Image.open(BytesIO(image._data())) as picture:
        assert picture.height > picture.width
        assert not picture.getexif()
        assert printed.width / printed.height == pytest.approx(picture.width / picture.height, rel=0.01)
    room = sum(sheet.row_dimensions[row].height for row in range(3, 7)) * 12_700
    assert (image.anchor._from.col, image.anchor._from.row) == (6, 2)
    assert image.anchor._from.rowOff > 0
    assert image.anchor._from.rowOff + printed.height < room
    assert image.anchor._from.colOff + printed.width < sheet.column_dimensions["G"].width * 7 * 9525
    assert sheet["G3"].value is None


def test_without_a_photo_the_cell_still_asks_for_one() -> None:
    sheet = filled(person()).worksheets[0]
    assert sheet["G3"].value == "照\n\n片"
    assert sheet._images == []


def test_a_photo_that_is_none_is_named() -> None:
    problems = book(person(photo=b"not a picture"))[1]
    assert problems == [FormProblem("周光", "照片", "照片打不开，没有放进表里。请换一张照片。")]


def test_names_that_look_like_formulas_stay_names() -> None:
    sheet = filled(person('=HYPERLINK("http://x")', hobbies="＝1+1")).worksheets[0]
    assert (sheet["B3"].data_type, sheet["B3"].quotePrefix) == ("s", True)
    assert (sheet["F15"].data_type, sheet["F15"].quotePrefix) == ("s", True)


def test_everybody_gets_a_file() -> None:
    files = list(
        form_files(named_form(), [person("王𬎆"), person("王𬎆"), person("周光", id_number="")], OFFICE)
    )
    assert [file.name for file in files] == [
        "采集表_王𬎆_8814.xlsx",
        "采集表_王𬎆_8814_2.xlsx",
        "采集表_周光.xlsx",
    ]


def test_a_book_of_nobody_is_refused() -> None:
    with pytest.raises(UserError, match="没有选中任何人"):
        book()


def test_the_office_can_word_the_title_itself() -> None:
    office = FormOffice(title="贵州省离退休干部信息采集表")
    assert filled(person(), office=office).worksheets[0]["A1"].value == "贵州省离退休干部信息采集表"


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ({"form.toml": None}, "没有 form.toml"),
        ({"form.toml": "title = "}, "写得不对"),
        ({"form.toml": 'title = "表"'}, "写得不对"),
        ({"blank.xlsx": None}, "没有空表"),
        ({"blank.xlsx": "不是工作簿"}, "打不开"),
    ],
)
def test_a_form_that_cannot_be_used_is_explained(
    tmp_path: Path, spoilt: dict[str, str | None], sentence: str
) -> None:
    folder = shutil.copytree(resource("forms/collection"), tmp_path / "表样")
    for name, content in spoilt.items():
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=sentence):
        list(form_files(read_form(folder), [person()], OFFICE))
