"""Tables kept as text: .csv and .txt, in UTF-8, UTF-16 with its mark, or GB18030."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator

from app.errors import UserError
from app.exchange.extent import Extent
from app.exchange.limits import LARGEST_TEXT_FILE, LAST_COLUMN

_DELIMITERS = ",\t;|"
_LOOKED_AT = 200
_LINE_END = re.compile(r"\r\n|\r|\n|(?<=[^\r\n])\Z")
MOST_MARKS = 20 * LAST_COLUMN
"""Delimiters in one line; some may stand inside a long remark."""
_MOVED_IN_2022 = {
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9,
    0xE854: 0x9FBA, 0xE864: 0x9FBB,
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
    0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19,
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
}  # fmt: skip
"""Private-use characters that Python's gb18030 (2005) yields and their places since 2022 (domain.md §8.1)."""
_TEXT_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
"""How web systems keep Excel from eating the digits of an identity number in a CSV."""


def read(name: str, content: bytes) -> list[list[str]]:
    """The rows of a text table. Raises UserError when the text is no table or its characters are unknown."""
    if len(content) > LARGEST_TEXT_FILE:
        raise UserError(
            f"“{name}”超过 {LARGEST_TEXT_FILE // 2**20} MB，不像花名册；"
            "若确是自己的表，请用 WPS 打开后另存为 .xlsx 再导入"
        )
    text = decode(name, content)
    try:
        rows = _rows(name, text)
    except csv.Error as error:
        raise UserError(f"“{name}”的文本表格有错（{error}），请用 WPS 打开后另存为 .xlsx 再导入") from error
    if not any(len(row) > 1 for row in rows):
        raise UserError(f"“{name}”其实是普通文本，里面没有表格，请选花名册、台账等表格文件")
    width = max(map(len, rows))
    return [[_plain(cell) for cell in row] + [""] * (width - len(row)) for row in rows]


def _rows(name: str, text: str) -> list[list[str]]:
    """Row by row, and no further than the table may reach."""
    delimiter, extent = _delimiter(text), Extent()
    rows: list[list[str]] = []
    for row in csv.reader(_lines(name, text, delimiter), delimiter=delimiter):
        rows.append(row)
        extent.add(len(rows) - 1, len(row) - 1)
        extent.check(name)
    return rows


def _lines(name: str, text: str, delimiter: str) -> Iterator[str]:
    """One after the other: all at once they take ten times the memory of the text."""
    start = 0
    for end in _LINE_END.finditer(text):
        line = text[start : end.end()]
        if line.count(delimiter) > MOST_MARKS:
            Extent(0, line.count(delimiter)).check(name)
        yield line
        start = end.end()


def decode(name: str, content: bytes) -> str:
    """The text by its byte order mark, else UTF-8, else GB18030."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(name, content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(name, content, "gb18030").translate(_MOVED_IN_2022)


def _decoded(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(f"认不出“{name}”的文字编码，请用 WPS 打开后另存为 .xlsx 再导入") from error


def _delimiter(text: str) -> str:
    lines = text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    used = {mark: sum(line.count(mark) for line in lines) for mark in _DELIMITERS}
    return max(used, key=lambda mark: used[mark])


def _plain(cell: str) -> str:
    match = _TEXT_FORMULA.fullmatch(cell) if cell.startswith("=") else None
    return match[1] if match else cell
