"""In which order a list stands, and what is said of it."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.printing import Printing
from app.services.readings import pinyin_key
from app.services.roster_order import ORDERS, KeptOrder

PEOPLE = (
    {"name": "张一", "treatment": "142", "retired_on": "2001-05"},
    {"name": "王二", "treatment": "141", "retired_on": "2015"},
    {"name": "单三", "treatment": "141", "rank": "150", "retired_on": "1999-01"},
    {"name": "李四"},
)


def names(code: str) -> list[str]:
    return [str(one["name"]) for one in ORDERS[code].sort(PEOPLE, lambda one: one)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("pinyin", ["李四", "单三", "王二", "张一"]),
        ("strokes", ["王二", "李四", "张一", "单三"]),
        ("level", ["单三", "王二", "张一", "李四"]),
        ("retired", ["单三", "张一", "王二", "李四"]),
    ],
)
def test_a_list_is_sorted_as_it_says(code: str, expected: list[str]) -> None:
    assert names(code) == expected


def test_names_are_sorted_by_syllable_then_tone_then_character() -> None:
    listed = ["李卫", "李维", "李伟", "厉为", "张一", "章一", "单一"]
    assert sorted(listed, key=pinyin_key) == ["李维", "李伟", "李卫", "厉为", "单一", "张一", "章一"]


def test_the_choice_is_kept(database: Database) -> None:
    assert KeptOrder(database).order.code == "pinyin"
    KeptOrder(database).choose("strokes")
    assert KeptOrder(database).order.code == "strokes"


@pytest.mark.parametrize(
    ("code", "remark", "first"),
    [("pinyin", "按音序排序", "李四"), ("strokes", "按姓氏笔画排序", "王二")],
)
def test_the_printed_roster_keeps_the_order_and_says_it(
    database: Database, code: str, remark: str, first: str
) -> None:
    cadres = Cadres(database)
    for values in PEOPLE:
        cadres.save(CadreFile(values=dict(values)))
    KeptOrder(database).choose(code)
    paper = Printing(database).roster(fields=["name"])
    assert paper.look is not None
    assert paper.look.rows[0][1] == first
    assert remark in _right_line(paper.content)


def _right_line(content: bytes) -> str:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return " ".join(str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row if cell.value)
