"""Opening what offices keep their lists in: .xlsx, .xls, .et, .csv, .txt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, NamedTuple

from app.errors import UserError
from app.exchange import file_kind, text_table, xls_scan, xlsx_scan

Row = Sequence[Any]
"""Raw cells: str, int, float, bool, date, datetime, time or timedelta; '' where nothing is."""


class Merge(NamedTuple):
    """A merged rectangle, counted from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One worksheet as it is kept. `rows[0]` is row 1 and `rows[0][0]` is A1, whatever is filled."""

    name: str
    rows: Sequence[Row]
    merges: Sequence[Merge] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False


def open_workbook(name: str, content: bytes, kind: file_kind.TableFile) -> list[Sheet]:
    """The sheets of a file that has been read. Raises UserError, whatever it holds, with its name and what to do."""
    if kind == "text":
        sheets = [Sheet(PurePath(name).stem, text_table.read(name, content))]
    else:
        sheets = _read_binary(name, content, kind)
    if not any(sheet.rows for sheet in sheets):
        raise UserError(f"“{name}”里没有内容，请看看是否选错了文件")
    return sheets


def _read_binary(name: str, content: bytes, kind: file_kind.TableFile) -> list[Sheet]:
    if kind == "xlsx":
        hidden = xlsx_scan.scan(name, content)
        return [_with_hidden(sheet, hidden.get(sheet.name, frozenset())) for sheet in _parse(name, content)]
    columns = xls_scan.scan(name, content)
    sheets = _parse(name, content)
    if len(columns) != len(sheets):
        return sheets
    return [_with_hidden(sheet, hidden) for sheet, hidden in zip(sheets, columns, strict=True)]


def _with_hidden(sheet: Sheet, columns: frozenset[int]) -> Sheet:
    return Sheet(sheet.name, sheet.rows, sheet.merges, columns, sheet.hidden)


def _parse(name: str, content: bytes) -> list[Sheet]:
    from python_calamine import PasswordError  # costs a shared library that the window does not need

    try:
        return _sheets(content)
    except PasswordError as error:
        raise UserError(xls_scan.locked(name)) from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the parser is no Exception
        raise UserError(file_kind.damaged(name)) from error


def _sheets(content: bytes) -> list[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = []
    for described in workbook.sheets_metadata:
        if described.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(described.name)
        rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
        merges = [Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        found.append(
            Sheet(described.name, rows, sorted(merges), hidden=described.visible != SheetVisibleEnum.Visible)
        )
    return found
