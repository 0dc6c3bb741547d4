"""干部任免审批表 (.lrmx, domain.md §7.1): one person a file."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import PurePath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from app.errors import UserError
from app.exchange import file_parts, text_table
from app.exchange.tables import Table, one_person
from app.fields.codes import code_table

LARGEST = 20 * 2**20
MOST_TAGS = 20_000
"""A form has a few hundred."""
LARGEST_PHOTO = 5 * 2**20
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PHOTO_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n")

_ELEMENTS: tuple[tuple[str, str, str, str], ...] = (
    ("XingMing", "姓名", "name", ""),
    ("XingBie", "性别", "sex", ""),
    ("ChuShengNianYue", "出生年月", "birth_date", ""),
    ("MinZu", "民族", "ethnicity", ""),
    ("JiGuan", "籍贯", "native_place", ""),
    ("ChuShengDi", "出生地", "birth_place", ""),
    ("RuDangShiJian", "入党时间", "party_joined_on", ""),
    ("CanJiaGongZuoShiJian", "参加工作时间", "work_started_on", ""),
    ("JianKangZhuangKuang", "健康状况", "health_status", ""),
    ("ZhuanYeJiShuZhiWu", "专业技术职务", "professional_title", ""),
    ("ShuXiZhuanYeYouHeZhuanChang", "熟悉专业有何专长", "expertise", ""),
    ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "全日制院校及专业", "school_full_time", ""),
    ("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "在职院校及专业", "school_in_service", ""),
    ("XianRenZhiWu", "现任职务", "former_unit", "unit_post"),
    ("JianLi", "简历", "resume", "text"),
    ("JiangChengQingKuang", "奖惩情况", "awards", ""),
    ("ShenFenZheng", "身份证", "id_number", ""),
)
"""Element, its label on paper, field, part."""


def read(name: str, content: bytes) -> Table:
    """The one row of a .lrmx file. Raises UserError when it is damaged, unsafe or another kind of file."""
    person = _person(name, content)
    cells = [(label, field, part, _text(person, element)) for element, label, field, part in _ELEMENTS]
    cells += [
        ("文化程度", "education", "", _highest(person, "XueLi", "education")),
        ("学位", "degree", "", _highest(person, "XueWei", "degree")),
        ("家庭主要成员及重要社会关系", "family", "text", _family(person)),
    ]
    photo, note = _photo(person)
    stem = PurePath(name).stem
    return one_person(stem, stem, cells, photo, [note] if note else [])


def _person(name: str, content: bytes) -> Element:
    if len(content) > LARGEST:
        raise UserError(f"“{name}”超过 {LARGEST // 2**20} MB，不像任免审批表，没有读取")
    text = _NOT_XML.sub("", _DECLARATION.sub("", text_table.decode(name, content).lstrip("\ufeff"), count=1))
    if text.count("<") > MOST_TAGS:
        raise UserError(f"“{name}”的内容多得不正常，不像任免审批表，没有读取")
    try:
        root: Element = SafeTree.fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UserError(f"“{name}”里有不安全的内容（DOCTYPE），没有读取，请向来件单位重新索取") from error
    except (ParseError, ValueError) as error:
        raise UserError(f"“{name}”已损坏或没有拷完整，请用任免审批表软件打开检查后重新导出") from error
    if root.tag != "Person":
        raise UserError(f"“{name}”不是任免审批表（.lrmx），也不是工作簿，请选花名册、台账等表格文件")
    return root


def _text(person: Element, element: str) -> str:
    return (person.findtext(element) or "").strip()


def _highest(person: Element, part: str, table: str) -> str:
    """The higher one of full-time and in-service; code tables begin with the highest."""
    found = [_text(person, f"{way}JiaoYu_{part}") for way in ("QuanRiZhi", "ZaiZhi")]
    order = [item.code for item in code_table(table).items]
    known = {text: order.index(code) for text in found if text and (code := code_table(table).find(text))}
    return min(known, key=lambda text: known[text]) if known else next((text for text in found if text), "")


def _family(person: Element) -> str:
    names = ("ChengWei", "XingMing", "ChuShengRiQi", "ZhengZhiMianMao", "GongZuoDanWeiJiZhiWu")
    items = person.iterfind("JiaTingChengYuan/Item")
    return file_parts.family_text([_text(item, name) for name in names] for item in items)


def _photo(person: Element) -> tuple[bytes | None, str]:
    """The picture, or the sentence why there is none though something stood there."""
    text = "".join(_text(person, "ZhaoPian").split())
    if not text:
        return None, ""
    try:
        photo = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None, "照片已损坏，没有读入"
    if not photo.startswith(_PHOTO_STARTS) or len(photo) > LARGEST_PHOTO:
        return None, "照片不是 JPEG 或 PNG，或者太大，没有读入"
    return photo, ""
