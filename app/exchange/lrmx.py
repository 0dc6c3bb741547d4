"""干部任免审批表 (.lrmx, domain.md §7.1): one person a file."""

from __future__ import annotations

import base64
import binascii
import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from app.errors import UserError
from app.exchange import text_table
from app.exchange.appointment import ALL_ELEMENTS, FAMILY, MEMBER, PHOTO, person_table
from app.exchange.tables import Table

LARGEST = 20 * 2**20
MOST_TAGS = 20_000
"""A form has a few hundred."""
LARGEST_PHOTO = 5 * 2**20
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PHOTO_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n")


def read(name: str, content: bytes) -> Table:
    """The one row of a .lrmx file. Raises UserError when it is damaged, unsafe or another kind of file."""
    person = _person(name, content)
    texts = {element: _text(person, element) for element in ALL_ELEMENTS}
    items = person.iterfind(f"{FAMILY}/Item")
    family = ([_text(item, part) for part in MEMBER] for item in items)
    return person_table(name, texts, family, *_photo(texts[PHOTO]))


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


def _photo(text: str) -> tuple[bytes | None, str]:
    """The picture, or the sentence why there is none though something stood there."""
    text = "".join(text.split())
    if not text:
        return None, ""
    try:
        photo = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None, "照片已损坏，没有读入"
    if not photo.startswith(_PHOTO_STARTS) or len(photo) > LARGEST_PHOTO:
        return None, "照片不是 JPEG 或 PNG，或者太大，没有读入"
    return photo, ""
