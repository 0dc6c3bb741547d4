"""A look through a legacy .xls before it is parsed: password, size, hidden columns."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from app.errors import UserError
from app.exchange import file_kind
from app.exchange.extent import Extent
from app.exchange.ole import CompoundFile, DamagedError

_STREAMS = ("Workbook", "Book")
_START, _END, _FILEPASS, _COLUMNS, _MANY_NUMBERS = 0x809, 0x0A, 0x2F, 0x7D, 0xBD
_FILLED = {0xFD, 0x203, 0x27E, 0x204, 0x06, 0x206, 0x406, 0x205, 0xD6, _MANY_NUMBERS}
_WORKSHEET = 0x10
_DIMENSIONS, _LONG_DIMENSIONS = 0x200, 14
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
"""Of the format itself. Parsers lay out what a sheet says it has: one bit turned over asked for 429 GB."""


def scan(name: str, content: bytes) -> list[frozenset[int]]:
    """Hidden columns of each worksheet, in the order of the file. Raises UserError for what is unsafe to read."""
    try:
        stream = _workbook_stream(name, CompoundFile(content))
        return _scan_records(name, stream)
    except (DamagedError, struct.error, IndexError) as error:
        raise UserError(file_kind.damaged(name)) from error


def _workbook_stream(name: str, file: CompoundFile) -> bytes:
    if "EncryptedPackage" in file:
        raise UserError(locked(name))
    for stream in _STREAMS:
        if stream in file:
            return file.stream(stream)
    if "WordDocument" in file:
        raise UserError(f"“{name}”其实是 Word 文档，请把里面的表格复制到工作簿里再导入")
    raise UserError(f"“{name}”里没有工作表，请用 WPS 打开后另存为 .xlsx 再导入")


def locked(name: str) -> str:
    """The sentence for a workbook with a password."""
    return f"“{name}”设了打开密码，请用 WPS 或 Excel 打开、去掉密码、另存后再导入"


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at, unpack = 0, struct.Struct("<HH").unpack_from
    while at + 4 <= len(stream):
        kind, length = unpack(stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _scan_records(name: str, stream: bytes) -> list[frozenset[int]]:
    sheets: list[frozenset[int]] = []
    hidden: set[int] = set()
    extent, in_sheet = Extent(), False
    for kind, at, length in _records(stream):
        if kind == _FILEPASS:
            raise UserError(locked(name))
        if kind == _START:
            in_sheet = struct.unpack_from("<H", stream, at + 2)[0] == _WORKSHEET
            hidden, extent = set(), Extent()
        elif kind == _END and in_sheet:
            extent.check(name)
            sheets.append(frozenset(hidden))
            in_sheet = False
        elif kind in _FILLED:
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind == _MANY_NUMBERS else column
            extent.add(row, last)
        elif kind == _DIMENSIONS and length >= _LONG_DIMENSIONS:
            _check_dimensions(stream, at)
        elif kind == _COLUMNS:
            hidden.update(_hidden_columns(stream, at))
    return sheets


def _check_dimensions(stream: bytes, at: int) -> None:
    first_row, rows, first_column, columns = struct.unpack_from("<IIHH", stream, at)
    if not (first_row <= rows <= _MOST_ROWS and first_column <= columns <= _MOST_COLUMNS):
        raise DamagedError("dimensions")


def _hidden_columns(stream: bytes, at: int) -> range:
    first, last, _, _, options = struct.unpack_from("<5H", stream, at)
    return range(first, min(last, 255) + 1) if options & 1 else range(0)
