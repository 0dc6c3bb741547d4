"""The rows that were not taken in, as the sheets they came from, with a column that says why."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.reports.cells import write_number, write_text
from app.reports.text_fitting import text_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WHY, WHERE = "没有导入的原因", "原来的行号"
ADDED = (WHY, WHERE)
"""Headings of the columns that such a workbook has beside the user's own."""
NARROWEST, WIDEST, WIDTH_WHY = 6.0, 40.0, 60.0
LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\\*?:/\[\]]")
_EXACT = 10**15
"""From here on a number out of a numeric cell has lost its last figures."""


@dataclass(frozen=True)
class FailedSheet:
    """One table: the rows above it as they stood, and of its rows those that were left."""

    name: str
    head: Sequence[Sequence[Any]]
    merges: Sequence[tuple[int, int, int, int]]
    rows: Sequence[tuple[int, Sequence[Any], str]]
    """(row number in the user's sheet, cells, why it was left)."""
    texts: frozenset[int] = frozenset()
    """Columns of identity numbers, cards and telephones: always text cells."""

    @property
    def width(self) -> int:
        rows = [*self.head, *(cells for _, cells, _ in self.rows)]
        return max((_filled(row) for row in rows), default=0)


def _filled(row: Sequence[Any]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell not in ("", None)), default=0)


def write_failed_rows(sheets: Sequence[FailedSheet]) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _write(workbook.create_sheet(_sheet_name(sheet.name)), sheet)
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def _sheet_name(name: str) -> str:
    """A table out of a text file has the name of the file, which may say more than a sheet's may."""
    return _NOT_IN_A_NAME.sub("_", name)[:LONGEST_NAME].strip("'")


def _write(page: Worksheet, sheet: FailedSheet) -> None:
    last = sheet.width
    for number, row in enumerate(sheet.head, 1):
        for place, cell in enumerate(row[:last], 1):
            _put(page, number, place, cell, as_text=False)
    for top, left, bottom, right in sheet.merges:
        page.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    heading = len(sheet.head)
    for place, text in enumerate(ADDED, last + 1):
        write_text(page.cell(max(heading, 1), place), text)
    for number, (where, cells, why) in enumerate(sheet.rows, heading + 1):
        for place, cell in enumerate(cells[:last], 1):
            _put(page, number, place, cell, as_text=place - 1 in sheet.texts)
        write_text(page.cell(number, last + 1), why)
        write_number(page.cell(number, last + 2), where, "0")
    _set_widths(page, sheet)
    page.freeze_panes = f"A{heading + 1}"


def _put(page: Worksheet, row: int, place: int, cell: Any, *, as_text: bool) -> None:
    if cell in ("", None):
        return
    at = page.cell(row, place)
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if is_number and abs(cell) >= _EXACT:
        write_text(at, _without_tail(cell))
    elif is_number and not as_text:
        write_number(at, cell, "General")
    else:
        write_text(at, _whole(cell))


def _without_tail(number: float) -> str:
    """What such a cell showed looks like a number and is none: written whole it might pass for one."""
    return f"{int(number):d}"[:-4] + "****"


def _whole(cell: Any) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def _set_widths(page: Worksheet, sheet: FailedSheet) -> None:
    from openpyxl.utils import get_column_letter

    headings = sheet.head[-1:] if sheet.head else []
    rows = [*headings, *(cells for _, cells, _ in sheet.rows)]
    for place in range(sheet.width):
        texts = [str(row[place]) for row in rows if place < len(row) and row[place] not in ("", None)]
        widest = max((text_width(text) * 2 for text in texts), default=0.0) + 1.5
        page.column_dimensions[get_column_letter(place + 1)].width = min(max(widest, NARROWEST), WIDEST)
    page.column_dimensions[get_column_letter(sheet.width + 1)].width = WIDTH_WHY
    page.column_dimensions[get_column_letter(sheet.width + 2)].width = 11
