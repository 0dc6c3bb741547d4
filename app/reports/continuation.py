"""The page that follows a form: what the first page had no room for, with the same paper and margins."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

from app.reports.cells import write_text
from app.reports.form_mapping import Family, FormMapping
from app.reports.form_sheet import CONTINUED, Overflow
from app.reports.sheet_geometry import SheetGeometry
from app.reports.subject import FormSubject
from app.reports.text_fitting import height_needed, text_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE_SIZE, TEXT_SIZE = 16.0, 10.5
ROW_SPACE = 6.0
FONT = "宋体"
DATES_WIDTH = text_width("YYYY.MM--YYYY.MM") * TEXT_SIZE + 8


class ContinuationSheet:
    """Written from top to bottom into an empty sheet; `form` is the filled first page."""

    def __init__(self, sheet: Worksheet, form: Worksheet, mapping: FormMapping) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._form = form
        self._row = 0
        _same_paper(form, sheet)
        self._geometry = SheetGeometry(sheet)
        self._last = _last_column(form)
        self._split = self._columns_for(DATES_WIDTH)

    def write(self, title: str, subject: FormSubject, overflow: Overflow) -> None:
        self._wide(title + CONTINUED, size=TITLE_SIZE, bold=True, centred=True)
        number = subject.texts.get("id_number", "")
        self._wide(f"姓名：{subject.name}" + (f"    身份证号：{number}" if number else ""))
        self._sheet.print_title_rows = f"1:{self._row}"
        if overflow.periods:
            self._pairs("简历（续）", overflow.periods)
        if overflow.family and self._mapping.family:
            self._family(self._mapping.family, overflow)
        if overflow.texts:
            self._pairs("首页未印全的内容", overflow.texts)

    def _columns_for(self, width: float) -> int:
        column = 1
        while self._geometry.width(1, column) < width and column < self._last - 1:
            column += 1
        return column

    def _wide(self, text: str, *, size: float = TEXT_SIZE, bold: bool = False, centred: bool = False) -> None:
        self._row += 1
        self._write(1, self._last, text, size=size, bold=bold, centred=centred, bordered=False)
        self._grow([(1, self._last, text)], size)

    def _pairs(self, heading: str, pairs: Sequence[tuple[str, str]]) -> None:
        self._heading(heading)
        for left, right in pairs:
            self._row += 1
            self._write(1, self._split, left, centred=True)
            self._write(self._split + 1, self._last, right)
            self._grow([(1, self._split, left), (self._split + 1, self._last, right)])

    def _family(self, family: Family, overflow: Overflow) -> None:
        from openpyxl.utils import column_index_from_string, get_column_letter

        self._heading("家庭主要成员及重要社会关系（续）")
        form = SheetGeometry(self._form)
        starts = [column_index_from_string(letters) for letters in family.columns]
        areas = [form.area(f"{get_column_letter(start)}{family.heading_row}") for start in starts]
        spans = [(area.min_col, area.max_col) for area in areas]
        titles = [str(self._form.cell(family.heading_row, start).value or "") for start in starts]
        rows = [
            [filling.text(FormSubject(member)) for filling in family.columns.values()]
            for member in overflow.family
        ]
        for number, texts in enumerate([titles, *rows], overflow.family_from - 1):
            first = "序号" if texts is titles else str(number)
            cells = [(1, starts[0] - 1, first)] if starts[0] > 1 else []
            cells += [(*span, text) for span, text in zip(spans, texts, strict=True)]
            self._line(cells, bold=texts is titles)

    def _line(self, cells: Sequence[tuple[int, int, str]], *, bold: bool) -> None:
        self._row += 1
        for first, last, text in cells:
            self._write(first, last, text, bold=bold, centred=True)
        self._grow(cells)

    def _heading(self, text: str) -> None:
        self._row += 1
        self._write(1, self._last, text, bold=True, centred=True)
        self._grow([(1, self._last, text)])

    def _write(
        self,
        first: int,
        last: int,
        text: str,
        *,
        size: float = TEXT_SIZE,
        bold: bool = False,
        centred: bool = False,
        bordered: bool = True,
    ) -> None:
        from openpyxl.styles import Alignment, Border, Font, Side

        line = Side(style="thin") if bordered else Side()
        for column in range(first, last + 1):
            cell = self._sheet.cell(self._row, column)
            cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell = self._sheet.cell(self._row, first)
        write_text(cell, text)
        cell.font = Font(name=FONT, sz=size, b=bold)
        cell.alignment = Alignment("center" if centred else "left", "center", wrap_text=True)
        if last > first:
            self._sheet.merge_cells(None, self._row, first, self._row, last)

    def _grow(self, cells: Sequence[tuple[int, int, str]], size: float = TEXT_SIZE) -> None:
        """As high as the fullest cell of the row needs; programs do not do that for merged cells."""
        needed = [height_needed(text, self._geometry.width(first, last), size) for first, last, text in cells]
        self._sheet.row_dimensions[self._row].height = max(needed) + ROW_SPACE


def _same_paper(form: Worksheet, sheet: Worksheet) -> None:
    for letters, dimension in form.column_dimensions.items():
        sheet.column_dimensions[letters] = copy(dimension)
    sheet.page_margins = copy(form.page_margins)
    sheet.page_setup = copy(form.page_setup)
    sheet.print_options = copy(form.print_options)
    sheet.sheet_properties = copy(form.sheet_properties)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.page_setup.fitToWidth = 1


def _last_column(form: Worksheet) -> int:
    from openpyxl.utils import range_boundaries

    if form.print_area:
        area = str(form.print_area).rpartition("!")[2]
        return int(range_boundaries(area)[2] or form.max_column)
    return form.max_column
