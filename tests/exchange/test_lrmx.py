"""干部任免审批表: as its own program writes it, and as other programs do."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from app.errors import UserError
from app.exchange.readings import Reading
from tests.exchange.sheets import SAMPLES, codes_of, read

JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
PERSON = """<Person><XingMing>单䶮生</XingMing><XingBie>男</XingBie>
<ChuShengNianYue>19640121</ChuShengNianYue><RuDangShiJian>1985.06；民革</RuDangShiJian>
<QuanRiZhiJiaoYu_XueLi>中专</QuanRiZhiJiaoYu_XueLi><ZaiZhiJiaoYu_XueLi>大学</ZaiZhiJiaoYu_XueLi>
<XianRenZhiWu>卫城镇政府办公室主任</XianRenZhiWu>
<JianLi>1980.09--1984.03  师范学习
1984.03--2024.01  卫城中学教师
（其间：1990.09--1992.07在省教育学院在职学习）
2024.01--         退休</JianLi>
<JiaTingChengYuan><Item><ChengWei>父亲</ChengWei><XingMing>单 某</XingMing><ChuShengRiQi/>
<ZhengZhiMianMao>群众</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>已去世</GongZuoDanWeiJiZhiWu></Item>
<Item><ChengWei> </ChengWei></Item></JiaTingChengYuan>
<ShenFenZheng>529999196401217859</ShenFenZheng><ZhaoPian>{photo}</ZhaoPian><Fremd>x</Fremd></Person>"""


def person(folder: Path, photo: str = "", head: str = "", encoding: str = "utf-8") -> Reading:
    path = folder / "单䶮生.lrmx"
    path.write_bytes((head + PERSON.replace("{photo}", photo)).encode(encoding))
    (reading,) = read(path)
    return reading


def test_fields_of_the_form(tmp_path: Path):
    row = person(tmp_path)
    assert row.row == 0
    assert row.values["birth_date"] == "1964-01"
    assert row.values["education"] == "20"
    assert "party_joined_on" not in row.values
    assert codes_of(row, "party_joined_on") == [("W", "C-04")]


def test_the_old_post_is_shown_for_editing_where_it_cannot_be_parted(tmp_path: Path):
    row = person(tmp_path)
    assert row.values["former_unit"] == "卫城镇政府办公室主任"
    assert codes_of(row, "former_unit") == [("W", "C-04")]


def test_the_resume_keeps_side_periods_with_their_segment(tmp_path: Path):
    row = person(tmp_path)
    assert [part.get("text", "").count("\n") for part in row.values["resume"]] == [0, 1, 0]
    assert row.values["resume"][2] == {"started_on": "2024-01", "text": "退休"}
    assert row.values["retired_on"] == "2024-01"


def test_the_dead_are_known_and_empty_items_are_nobody(tmp_path: Path):
    assert person(tmp_path).values["family"] == [
        {"relation": "父亲", "name": "单某", "political_status": "13", "alive": False}
    ]


def test_a_photo_may_be_broken_into_lines(tmp_path: Path):
    text = base64.encodebytes(JPEG).decode()
    assert person(tmp_path, photo=text).photo == JPEG


@pytest.mark.parametrize("photo", ["", "\n"])
def test_no_photo_is_no_fault(tmp_path: Path, photo: str):
    assert person(tmp_path, photo=photo).photo is None


def test_the_samples_hold_photos():
    assert [read(SAMPLES / f"任免表{at}.lrmx")[0].photo is not None for at in (1, 2)] == [True, True]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("\ufeff<?xml version='1.0' encoding='utf-8'?>", "utf-8"),
        ("<?xml version='1.0' encoding='utf-8'?>", "gb18030"),
        ("<?xml version='1.0' encoding='GBK'?>", "utf-8"),
        ("<?xml version='1.0' encoding='utf-16'?>", "utf-16"),
    ],
)
def test_a_wrong_declaration_does_not_matter(tmp_path: Path, head: str, encoding: str):
    assert person(tmp_path, head=head, encoding=encoding).values["name"] == "单䶮生"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<Person><XingMing>廖开", "没有拷完整"),
        ("<!DOCTYPE Person []><Person/>", "不安全"),
        ("<Persons/>", "不是任免审批表"),
    ],
)
def test_what_is_no_such_file_is_told(tmp_path: Path, content: str, says: str):
    path = tmp_path / "坏.lrmx"
    path.write_text(f"<?xml version='1.0'?>{content}", encoding="utf-8")
    with pytest.raises(UserError, match=says):
        read(path)
