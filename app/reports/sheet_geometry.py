"""Widths and heights of the cells of a worksheet, in points, merged ones as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.reports.text_fitting import Box

if TYPE_CHECKING:
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.worksheet import Worksheet

DEFAULT_WIDTH = 9.140625
DEFAULT_HEIGHT = 15.0
POINTS_PER_PIXEL = 0.75
PIXELS_PER_DIGIT = 7  # of Calibri 11, in which workbooks count their widths


class SheetGeometry:
    """Read once from a sheet; the merged ranges are looked up by their first cell."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._widths = _widths(sheet)
        self._merged = {merged.coord.split(":")[0]: merged for merged in sheet.merged_cells.ranges}

    def area(self, at: str) -> CellRange:
        """The merged range that begins at the cell, or the cell alone."""
        from openpyxl.worksheet.cell_range import CellRange

        return self._merged.get(at) or CellRange(at)

    def box(self, at: str) -> Box:
        area = self.area(at)
        return Box(self.width(area.min_col, area.max_col), self.height(area.min_row, area.max_row))

    def width(self, first: int, last: int) -> float:
        return sum(_points(self._widths.get(column, DEFAULT_WIDTH)) for column in range(first, last + 1))

    def height(self, first: int, last: int) -> float:
        return sum(self._row_height(row) for row in range(first, last + 1))

    def _row_height(self, row: int) -> float:
        default = self._sheet.sheet_format.defaultRowHeight or DEFAULT_HEIGHT
        return self._sheet.row_dimensions[row].height or default

    def free_row(self, at: str) -> int | None:
        """The last row of the cell that the blank states no height for; such a row may grow."""
        area = self.area(at)
        rows = range(area.max_row, area.min_row - 1, -1)
        return next((row for row in rows if not self._sheet.row_dimensions[row].customHeight), None)


def _widths(sheet: Worksheet) -> dict[int, float]:
    """By column number; a workbook states neighbours of the same width together."""
    from openpyxl.utils import column_index_from_string

    found = {}
    for letters, dimension in sheet.column_dimensions.items():
        first = dimension.min or column_index_from_string(letters)
        for column in range(first, (dimension.max or first) + 1):
            found[column] = dimension.width or DEFAULT_WIDTH
    return found


def _points(characters: float) -> float:
    pixels = int((256 * characters + int(128 / PIXELS_PER_DIGIT)) / 256 * PIXELS_PER_DIGIT)
    return pixels * POINTS_PER_PIXEL
