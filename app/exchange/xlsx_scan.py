"""A look through an .xlsx before it is parsed: bombs, far cells, hidden columns.

Parsers lay out the whole rectangle around the filled cells and copy shared texts into every cell,
so a few kilobytes can ask for gigabytes (reliability.md §5.3).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from app.errors import UserError
from app.exchange import file_kind
from app.exchange.extent import Extent, number
from app.exchange.limits import (
    HIGHEST_RATIO,
    LARGEST_PART,
    LARGEST_TEXT,
    LARGEST_WORKBOOK,
    LAST_COLUMN,
    LAST_ROW,
    MOST_MERGES,
    RATIO_MATTERS_FROM,
)

Hidden = dict[str, frozenset[int]]
"""Sheet name → hidden columns, counted from 0."""

_UNUSUAL = re.compile(rb"<c(?! r=\"|ol|on)[\s/>]")
_PREFIXED = re.compile(rb":c\s*>")
"""Cells whose address is not where every office program writes it."""
_FAR = re.compile(
    rb'r="(?:A[E-Z]\d|[B-Z][A-Z]\d|[A-Za-z]{3}|[A-Z]{1,3}[2-9]\d{5}|[A-Z]{1,3}\d{7}|[a-z])[^>]*(?<!/)>'
)
"""A filled cell beyond column AD or row 200,000: only then are all addresses read."""
_FILLED = re.compile(rb'<c\s[^>]*?\br="([A-Za-z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!\s*</)')
_TAGS = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*?)(/?)>")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_ADDRESS = re.compile(rb"""\br=["']([A-Za-z]{1,3})(\d{1,9})["']""")
_TEXT_REFERENCE = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})""")
_TEXT_START = re.compile(rb"<(?:\w+:)?si[\s/>]")


def scan(name: str, content: bytes) -> Hidden:
    """Hidden columns of each sheet. Raises UserError for what is damaged or unsafe to read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(name, archive)
            return _scan_parts(name, archive)
    except DefusedXmlException as error:
        raise UserError(f"“{name}”里有不安全的内容，请用 WPS 打开后另存为新的 .xlsx 再导入") from error
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, EOFError, OSError) as error:
        raise UserError(file_kind.damaged(name)) from error
    except (NotImplementedError, RuntimeError) as error:  # an encrypted or oddly packed zip member
        raise UserError(f"“{name}”设了密码或压缩方式特殊，请用 WPS 打开后另存为 .xlsx 再导入") from error


def _check_sizes(name: str, archive: zipfile.ZipFile) -> None:
    total = 0
    for part in archive.infolist():
        total += part.file_size
        ratio = part.file_size / max(part.compress_size, 1)
        if (
            part.file_size > LARGEST_PART
            or total > LARGEST_WORKBOOK
            or (ratio > HIGHEST_RATIO and part.file_size > RATIO_MATTERS_FROM)
        ):
            raise UserError(
                f"“{name}”解开后大得不正常，可能是有害文件，没有读取；"
                "若确是自己的表，请在 WPS 里删去多余的行列、另存后再导入"
            )


def _scan_parts(name: str, archive: zipfile.ZipFile) -> Hidden:
    """Looks at everything that is a sheet by its content: what a parser reads may hang on any name."""
    names = archive.namelist()
    if len(names) != len({part.lower() for part in names}):
        raise zipfile.BadZipFile("two parts of one name")
    parts = {part.lower(): part for part in names}
    targets = _targets(archive, parts)
    content = {part: archive.read(part) for part in {*targets.values(), *filter(_is_xml, names)}}
    lengths = [length for xml in content.values() for length in _lengths(xml)]
    hidden_in = {
        part: _scan_sheet(name, xml, lengths) for part, xml in content.items() if b"sheetData" in xml
    }
    return {
        sheet: hidden_in.get(targets.get(relation, ""), frozenset())
        for sheet, relation in _sheets(archive, parts).items()
    }


def _is_xml(part: str) -> bool:
    return part.lower().endswith(".xml")


def _scan_sheet(name: str, xml: bytes, lengths: list[int]) -> frozenset[int]:
    _check_extent(name, xml)
    _check_merges(name, xml)
    _check_texts(name, xml, lengths)
    return _hidden_columns(xml)


def _targets(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Relation id → part of the archive."""
    found = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))
        for relation in _root(archive.read(parts["xl/_rels/workbook.xml.rels"]))
    }
    known = {at: parts.get(target.lstrip("/").lower()) for at, target in found.items()}
    return {at: part for at, part in known.items() if part}


def _sheets(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Sheet name → relation id."""
    elements = _root(archive.read(parts["xl/workbook.xml"])).iter()
    return {
        element.get("name", ""): next((value for at, value in element.items() if at.endswith("}id")), "")
        for element in elements
        if _is(element, "sheet")
    }


def _root(xml: bytes) -> Element:
    root: Element = SafeTree.fromstring(xml, forbid_dtd=True)
    return root


def _is(element: Element, tag: str) -> bool:
    return element.tag.rpartition("}")[2] == tag


def _check_extent(name: str, xml: bytes) -> None:
    if _UNUSUAL.search(xml) or _PREFIXED.search(xml):
        _extent_of_unusual(xml).check(name)
    elif _FAR.search(xml):
        extent = Extent()
        for cell in _FILLED.finditer(xml):
            extent.add(int(cell[2]) - 1, number(cell[1].decode()))
        extent.check(name)


def _extent_of_unusual(xml: bytes) -> Extent:
    extent, row, column = Extent(), -1, -1
    for found in _TAGS.finditer(xml):
        tag, attributes, closed = found.groups()
        if tag == b"row":
            said = _ROW_NUMBER.search(attributes)
            row, column = (int(said[1]) - 1 if said else row + 1), -1
            continue
        address = _ADDRESS.search(attributes)
        row, column = (int(address[2]) - 1, number(address[1].decode())) if address else (row, column + 1)
        if not closed:
            extent.add(row, column)
        if extent.column >= LAST_COLUMN or extent.row >= LAST_ROW:
            break
    return extent


def _check_merges(name: str, xml: bytes) -> None:
    if xml.count(b"mergeCell ") > MOST_MERGES:
        raise UserError(f"“{name}”里合并的单元格太多，请在 WPS 里取消合并、另存后再导入")


def _lengths(xml: bytes) -> list[int]:
    """Of the texts that cells refer to."""
    return [len(text) for text in _TEXT_START.split(xml)[1:]] if b"sst>" in xml else []


def _check_texts(name: str, xml: bytes, lengths: list[int]) -> None:
    if not lengths or xml.count(b"<v>") * max(lengths) <= LARGEST_TEXT:
        return
    references = (int(reference) for reference in _TEXT_REFERENCE.findall(xml))
    if sum(lengths[at] for at in references if at < len(lengths)) > LARGEST_TEXT:
        raise UserError(f"“{name}”里的文字多得不正常，没有读取；请在 WPS 里删去多余内容、另存后再导入")


def _hidden_columns(xml: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for _, element in SafeTree.iterparse(io.BytesIO(xml), events=("start",), forbid_dtd=True):
        if _is(element, "sheetData"):
            break
        if _is(element, "col") and element.get("hidden", "").lower() in {"1", "true"}:
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            hidden.update(range(max(first, 1) - 1, min(last, LAST_COLUMN)))
    return frozenset(hidden)
