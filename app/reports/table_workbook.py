"""A list as a workbook: title, heading rows repeated on every page, bordered rows, a line for the signatures.

openpyxl makes the frame (styles, merges, print set-up); the rows are written into it as XML text. Measured with
10,000 rows of 23 columns: a seventh of the time that openpyxl's own write-only sheet takes for the bare values.
Nothing of the rows goes through the system's folder of temporary files, where openpyxl puts its sheets.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO, Literal

from app.reports.cells import TEXT_FORMAT, empty_xml, number_xml, text_xml, write_number, write_text
from app.reports.imprint import NOBODY, Imprint
from app.reports.sheet_foot import set_foot
from app.reports.sheet_geometry import SheetGeometry
from app.reports.text_fitting import LINE_HEIGHT, height_needed, lines_needed, text_width

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | None
Align = Literal["left", "center", "right"]
SHEET_PART = "xl/worksheets/sheet1.xml"
CHOICES_SHEET = "选项"
NARROWEST, WIDEST = 5.0, 30.0
SAMPLE_ROWS = 300
ROW_SPACE = 5.0
FONT, TEXT_SIZE, TITLE_SIZE, SENTENCE_SIZE = "宋体", 10, 18, 9
NUMBER_FORMATS = {"text": TEXT_FORMAT, "number": "0", "money": "#,##0.00"}
_DIMENSION = re.compile(r'<dimension ref="[^"]*"')


@dataclass(frozen=True)
class Column:
    """One column. Texts stay texts; a column of `money` takes 分 and shows 元 that can be added up."""

    title: str
    kind: Literal["text", "number", "money"] = "text"
    width: float = 0
    """In characters; 0 takes what the longest text needs, within bounds."""
    align: Align = "center"
    group: str = ""
    """A heading that stands above this column and its neighbours of the same group."""
    choices: Sequence[str] = ()
    """Offered as a drop-down to whoever fills the workbook in; other texts are warned about, not refused."""


@dataclass(frozen=True)
class Table:
    """What goes onto the sheet."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    sheet: str = "Sheet1"
    left_line: str = ""
    """Under the title, such as the reporting unit."""
    right_line: str = ""
    totals: Sequence[Value] = ()
    bottom_line: str = ""
    """Below the rows: 填表人、审核人、日期."""
    imprint: Imprint = NOBODY
    frozen_columns: int = 0
    landscape: bool = True


def write_table(target: BinaryIO, table: Table) -> None:
    frame = _Frame(table)
    with zipfile.ZipFile(frame.saved()) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in made.namelist():
            if name == SHEET_PART:
                with whole.open(name, "w") as part:
                    for piece in frame.filled(made.read(name).decode()):
                        part.write(piece.encode())
            else:
                whole.writestr(name, made.read(name))


class _Frame:
    """Everything of the workbook but its rows."""

    def __init__(self, table: Table) -> None:
        from openpyxl import Workbook
        from openpyxl.utils import get_column_letter

        self._table = table
        self._letters = [get_column_letter(number) for number in range(1, len(table.columns) + 1)]
        self._workbook = Workbook()
        self._sheet: Worksheet = self._workbook.worksheets[0]
        self._sheet.title = table.sheet
        self._heading = 3
        self._first = self._heading + (2 if any(column.group for column in table.columns) else 1)
        self._after = self._first + len(table.rows)
        self._write_top()
        self._write_headings()
        self._styles = [self._style_of(column) for column in table.columns]
        self._write_bottom()
        self._set_widths()
        self._set_heading_height()
        self._set_sentence_height()
        self._set_up_page()
        _offer_choices(self._workbook, self._sheet, table.columns, self._first, self._after - 1)

    def saved(self) -> io.BytesIO:
        made = io.BytesIO()
        self._workbook.save(made)
        return made

    def filled(self, sheet: str) -> Iterator[str]:
        """The XML of the sheet, the rows in their place."""
        last = f"{self._letters[-1]}{max(self._sheet.max_row, self._after - 1)}"
        sheet = _DIMENSION.sub(f'<dimension ref="A1:{last}"', sheet, count=1)
        below = f'<row r="{self._after}"'
        place = sheet.index(below if below in sheet else "</sheetData>")
        yield sheet[:place]
        yield from self._rows()
        yield sheet[place:]

    def _rows(self) -> Iterator[str]:
        columns = list(zip(self._letters, self._styles, self._table.columns, strict=True))
        lines = _LinesOfRow(self._sheet, len(columns))
        for number, row in enumerate(self._table.rows, self._first):
            cells = [
                _cell(f"{letters}{number}", styles, column.kind, value)
                for (letters, styles, column), value in zip(columns, row, strict=True)
            ]
            height = _height(lines.needed(row))
            yield f'<row r="{number}" ht="{height:.1f}">{"".join(cells)}</row>'

    def _style_of(self, column: Column) -> tuple[int, int]:
        """Numbers of the column's style in the workbook: the usual one, and that of texts like '=1+1'."""
        return self._style_number(column, quoted=False), self._style_number(column, quoted=True)

    def _style_number(self, column: Column, *, quoted: bool) -> int:
        cell = self._sheet.cell(self._first, 1)
        _style(cell, align=column.align)
        cell.number_format = NUMBER_FORMATS[column.kind]
        cell.quotePrefix = quoted
        number: int = cell.style_id
        del self._sheet._cells[self._first, 1]  # only its style was wanted
        return number

    def _write_top(self) -> None:
        last, table = len(self._letters), self._table
        _style(self._across(1, 1, last, table.title), size=TITLE_SIZE, bold=True, bordered=False)
        half = max(last // 2, 1)
        _style(self._across(2, 1, half, table.left_line), align="left", bordered=False)
        if last > half:
            _style(self._across(2, half + 1, last, table.right_line), align="right", bordered=False)
        self._sheet.row_dimensions[1].height = 34
        self._sheet.row_dimensions[2].height = 18

    def _across(self, row: int, first: int, last: int, text: str) -> Cell | MergedCell:
        cell = self._sheet.cell(row, first)
        write_text(cell, text)
        if last > first:
            self._sheet.merge_cells(None, row, first, row, last)
        return cell

    def _write_headings(self) -> None:
        last_row, columns = self._first - 1, self._table.columns
        for row in range(self._heading, self._first):
            for number in range(1, len(columns) + 1):
                _style(self._sheet.cell(row, number), bold=True)
        for number, column in enumerate(columns, 1):
            row = last_row if column.group else self._heading
            write_text(self._sheet.cell(row, number), column.title)
            if row < last_row:
                self._sheet.merge_cells(None, row, number, last_row, number)
        for first, last, group in _groups(columns):
            self._across(self._heading, first, last, group)

    def _write_bottom(self) -> None:
        row, last = self._after, len(self._letters)
        if self._table.totals:
            for number, value in enumerate(self._table.totals, 1):
                self._total(self._sheet.cell(row, number), self._table.columns[number - 1], value)
            row += 1
        if self._table.bottom_line:
            _style(self._across(row, 1, last, self._table.bottom_line), align="left", bordered=False)
            self._sheet.row_dimensions[row].height = 24
            if sentence := self._table.imprint.one_person:
                cell = self._across(row + 1, 1, last, sentence)
                _style(cell, align="left", size=SENTENCE_SIZE, bordered=False, wrapped=True)

    def _set_sentence_height(self) -> None:
        """Programs do not work it out for merged cells. The sentence stands below the signatures, the last of all."""
        sentence = self._table.imprint.one_person
        if sentence and self._table.bottom_line:
            width = SheetGeometry(self._sheet).width(1, len(self._letters))
            height = height_needed(sentence, width, SENTENCE_SIZE) + ROW_SPACE
            self._sheet.row_dimensions[self._sheet.max_row].height = height

    def _total(self, cell: Cell | MergedCell, column: Column, value: Value) -> None:
        _style(cell, align=column.align, bold=True)
        if isinstance(value, int):
            shown = value / 100 if column.kind == "money" else value
            write_number(cell, shown, NUMBER_FORMATS[column.kind])
        else:
            write_text(cell, value or "")

    def _set_widths(self) -> None:
        samples = self._table.rows[:SAMPLE_ROWS]
        for number, (letters, column) in enumerate(zip(self._letters, self._table.columns, strict=True)):
            width = column.width or _fitting_width(column, [row[number] for row in samples])
            self._sheet.column_dimensions[letters].width = width

    def _set_heading_height(self) -> None:
        """For titles that go over both heading rows this is more than enough."""
        lines = _LinesOfRow(self._sheet, len(self._letters))
        needed = lines.needed([column.title for column in self._table.columns])
        self._sheet.row_dimensions[self._first - 1].height = _height(max(needed, 2))

    def _set_up_page(self) -> None:
        sheet, first = self._sheet, self._first
        frozen = min(self._table.frozen_columns, len(self._letters) - 1)
        sheet.freeze_panes = f"{self._letters[frozen]}{first}"
        sheet.print_title_rows = f"{self._heading}:{first - 1}"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape" if self._table.landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        if sheet.sheet_properties.pageSetUpPr:
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.2, 0.25
        set_foot(sheet, self._table.imprint, middle="第 &P 页  共 &N 页")


class _LinesOfRow:
    """How many lines the fullest cell of a row has. Not all programs work that out when they open a file."""

    def __init__(self, sheet: Worksheet, columns: int) -> None:
        geometry = SheetGeometry(sheet)
        self._widths = [geometry.width(column, column) for column in range(1, columns + 1)]
        # The same words come again and again down a column.
        self._lines = lru_cache(maxsize=50_000)(lines_needed)

    def needed(self, row: Sequence[Value]) -> int:
        texts = (
            (value, width) for value, width in zip(row, self._widths, strict=True) if isinstance(value, str)
        )
        return max((self._lines(text, width, TEXT_SIZE) for text, width in texts), default=1)


def _height(lines: int) -> float:
    return lines * TEXT_SIZE * LINE_HEIGHT + ROW_SPACE


def _cell(at: str, styles: tuple[int, int], kind: str, value: Value) -> str:
    usual, quoted = styles
    if value is None or value == "":
        return empty_xml(at, usual)
    if isinstance(value, int) and kind != "text":
        return number_xml(at, f"{value / 100:.2f}" if kind == "money" else str(value), usual)
    return text_xml(at, str(value), usual, quoted)


def _style(
    cell: Cell | MergedCell,
    *,
    align: str = "center",
    size: float = TEXT_SIZE,
    bold: bool = False,
    bordered: bool = True,
    wrapped: bool = False,
) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin" if bordered else None)
    cell.font = Font(name=FONT, sz=size, b=bold)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=bordered or wrapped)
    cell.border = Border(left=line, right=line, top=line, bottom=line)


def _groups(columns: Sequence[Column]) -> Iterator[tuple[int, int, str]]:
    """First column, last column and heading of each group of neighbours."""
    starts = [n for n, column in enumerate(columns) if n == 0 or column.group != columns[n - 1].group]
    for first, following in pairwise([*starts, len(columns)]):
        if group := columns[first].group:
            yield first + 1, following, group


def _fitting_width(column: Column, values: Iterable[Value]) -> float:
    """Room for the longest text seen; what is longer than the widest column wraps."""
    shown = (
        f"{v / 100:,.2f}" if column.kind == "money" and isinstance(v, int) else str(v or "") for v in values
    )
    longest = max((text_width(line) * 2 for text in shown for line in text.split("\n")), default=0.0)
    heading = text_width(column.title) + 1  # a heading may take two lines
    return min(max(longest + 1.5, heading, NARROWEST), WIDEST)


def _offer_choices(
    workbook: Workbook, sheet: Worksheet, columns: Sequence[Column], first: int, last: int
) -> None:
    """Lists stand on a hidden sheet: written into the rule itself they may have 255 characters at most."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    chosen = [(number, column.choices) for number, column in enumerate(columns, 1) if column.choices]
    if not chosen or last < first:
        return
    hidden = workbook.create_sheet(CHOICES_SHEET)
    hidden.sheet_state = "hidden"
    for place, (number, choices) in enumerate(chosen, 1):
        for row, choice in enumerate(choices, 1):
            write_text(hidden.cell(row, place), choice)
        letters = get_column_letter(place)
        where = f"'{CHOICES_SHEET}'!${letters}$1:${letters}${len(choices)}"
        rule = DataValidation(type="list", formula1=where, allow_blank=True, errorStyle="warning")
        column = get_column_letter(number)
        rule.add(f"{column}{first}:{column}{last}")
        sheet.add_data_validation(rule)
