"""The one place that writes cells: what a person typed stays text, whatever it begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝")
TEXT_FORMAT = "@"
LONGEST_AS_TEXT = 255
"""Beyond this, cells of the format “text” show #### in older spreadsheet programs."""

_INDENTING_BREAK = re.compile("\r\n?|[\u2028\u2029]")
# What XML 1.0 cannot hold, what turns text around on the screen, and halves of characters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean_text(text: str) -> str:
    """Without control characters; line ends as a cell has them."""
    return _UNFIT.sub("", _INDENTING_BREAK.sub("\n", text))


def looks_like_formula(text: str) -> bool:
    """True for what a spreadsheet program would work out, once someone edits the cell."""
    return text.startswith(FORMULA_STARTS)


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Never a formula, a number or an error value: identity numbers, telephones and '=1+1' stay as they are."""
    plain = clean_text(text)
    cell.value = plain or None
    if not plain:
        return
    cell.data_type = "s"
    cell.quotePrefix = looks_like_formula(plain)
    if len(plain) <= LONGEST_AS_TEXT:
        cell.number_format = TEXT_FORMAT
