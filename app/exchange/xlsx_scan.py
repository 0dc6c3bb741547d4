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
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, DTDForbidden
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
PIECE = 2 * 2**20
LONGEST_PIECE = 8 * 2**20
"""Between two tags of a sheet; a cell holds 32,767 characters at most."""
_TOO_MUCH_TEXT = "“{name}”里的文字多得不正常，没有读取；请在 WPS 里删去多余内容、另存后再导入"


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
    looks = {part: _look_at(name, archive, part) for part in {*targets.values(), *filter(_is_xml, names)}}
    lengths = [length for look in looks.values() for length in look.lengths]
    sheets = {part: look for part, look in looks.items() if look.is_sheet}
    for part, look in sheets.items():
        _check_texts(name, archive, part, look.values, lengths)
    hidden_in = {part: _hidden_columns(archive, part) for part in sheets}
    return {
        sheet: hidden_in.get(targets.get(relation, ""), frozenset())
        for sheet, relation in _sheets(archive, parts).items()
    }


def _is_xml(part: str) -> bool:
    return part.lower().endswith(".xml")


def _look_at(name: str, archive: zipfile.ZipFile, part: str) -> _Look:
    look = _Look(name)
    for piece in _pieces(archive, part):
        look.at(piece)
    return look


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that end before a tag: as a whole it may be larger than a refusal may take.

    Raises BadZipFile for a part that is longer than the archive says.
    """
    left = b""
    with archive.open(part) as file:
        while read := file.read(PIECE):
            left += read
            cut = left.rfind(b"<")
            while cut > 0 and left[cut + 1 : cut + 2] in (b"", b"/"):
                cut = left.rfind(b"<", 0, cut)
            if cut > 0 or len(left) > LONGEST_PIECE:
                cut = cut if cut > 0 else len(left)
                yield left[:cut]
                left = left[cut:]
    yield left


def _content(archive: zipfile.ZipFile, part: str) -> bytes:
    """Asked for all at once, zipfile unpacks what there is before it looks at what the archive has promised."""
    with archive.open(part) as file:
        return b"".join(iter(lambda: file.read(PIECE), b""))


def _targets(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Relation id → part of the archive."""
    found = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))
        for relation in _root(_content(archive, parts["xl/_rels/workbook.xml.rels"]))
    }
    known = {at: parts.get(target.lstrip("/").lower()) for at, target in found.items()}
    return {at: part for at, part in known.items() if part}


def _sheets(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, str]:
    """Sheet name → relation id."""
    elements = _root(_content(archive, parts["xl/workbook.xml"])).iter()
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


class _Look:
    """What the pieces of a part hold: cells too far away are refused as soon as they are seen."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._extent = Extent()
        self._row = self._column = -1
        self._is_unusual = self._is_texts = False
        self._merges = 0
        self.is_sheet = False
        self.values = 0
        self.lengths: list[int] = []
        """Of the texts that cells refer to."""

    def at(self, piece: bytes) -> None:
        if b"<!DOCTYPE" in piece:
            raise DTDForbidden("DOCTYPE", "", "")
        self.is_sheet = self.is_sheet or b"sheetData" in piece
        self._is_texts = self._is_texts or b"<sst" in piece or b":sst" in piece
        if self.is_sheet:
            self._look_at_cells(piece)
        if self._is_texts:
            before, *texts = _TEXT_START.split(piece)
            if self.lengths:
                self.lengths[-1] += len(before)
            self.lengths += map(len, texts)

    def _look_at_cells(self, piece: bytes) -> None:
        self.values += piece.count(b"<v>")
        self._merges += piece.count(b"mergeCell ")
        if self._merges > MOST_MERGES:
            raise UserError(f"“{self._name}”里合并的单元格太多，请在 WPS 里取消合并、另存后再导入")
        if len(piece) > LONGEST_PIECE:
            raise UserError(_TOO_MUCH_TEXT.format(name=self._name))
        self._is_unusual = self._is_unusual or bool(_UNUSUAL.search(piece) or _PREFIXED.search(piece))
        if self._is_unusual:
            self._add_unusual(piece)
        elif _FAR.search(piece):
            for cell in _FILLED.finditer(piece):
                self._extent.add(int(cell[2]) - 1, number(cell[1].decode()))
        self._extent.check(self._name)

    def _add_unusual(self, piece: bytes) -> None:
        """Cells without their address stand behind the one before."""
        for found in _TAGS.finditer(piece):
            tag, attributes, closed = found.groups()
            if tag == b"row":
                said = _ROW_NUMBER.search(attributes)
                self._row, self._column = (int(said[1]) - 1 if said else self._row + 1), -1
                continue
            address = _ADDRESS.search(attributes)
            if address:
                self._row, self._column = int(address[2]) - 1, number(address[1].decode())
            else:
                self._column += 1
            if not closed:
                self._extent.add(self._row, self._column)
            if self._extent.column >= LAST_COLUMN or self._extent.row >= LAST_ROW:
                return


def _check_texts(name: str, archive: zipfile.ZipFile, part: str, values: int, lengths: list[int]) -> None:
    """Raises UserError where the texts that the cells refer to are too much together."""
    if not lengths or values * max(lengths) <= LARGEST_TEXT:
        return
    total = 0
    for piece in _pieces(archive, part):
        references = (int(reference) for reference in _TEXT_REFERENCE.findall(piece))
        total += sum(lengths[at] for at in references if at < len(lengths))
        if total > LARGEST_TEXT:
            raise UserError(_TOO_MUCH_TEXT.format(name=name))


def _hidden_columns(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    hidden: set[int] = set()
    with archive.open(part) as file:
        for _, element in SafeTree.iterparse(file, events=("start",), forbid_dtd=True):
            if _is(element, "sheetData"):
                break
            if _is(element, "col") and element.get("hidden", "").lower() in {"1", "true"}:
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                hidden.update(range(max(first, 1) - 1, min(last, LAST_COLUMN)))
    return frozenset(hidden)
