"""A second sheet just like an office's blank, in the same workbook."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def copy_of(workbook: Workbook, blank: Worksheet, title: str) -> Worksheet:
    """With what openpyxl's own copy leaves behind: drop-downs, print area and titles, breaks, header and footer."""
    sheet = workbook.copy_worksheet(blank)
    sheet.title = title
    for validation in blank.data_validations.dataValidation:
        sheet.add_data_validation(copy(validation))
    for ranges in blank.conditional_formatting:
        for rule in ranges.rules:
            sheet.conditional_formatting.add(str(ranges.sqref), copy(rule))
    sheet.row_breaks, sheet.col_breaks = copy(blank.row_breaks), copy(blank.col_breaks)
    sheet.HeaderFooter = copy(blank.HeaderFooter)
    sheet.protection = copy(blank.protection)
    sheet.views = copy(blank.views)
    _copy_print_ranges(blank, sheet)
    return sheet


def _copy_print_ranges(blank: Worksheet, sheet: Worksheet) -> None:
    if blank.print_area:
        sheet.print_area = [part.rpartition("!")[2] for part in str(blank.print_area).split(",")]
    sheet.print_title_rows = blank.print_title_rows
    sheet.print_title_cols = blank.print_title_cols
