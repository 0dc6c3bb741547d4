"""The one place that writes cells: what a person typed stays text, whatever it begins with.

Nothing here writes a formula, and no report needs one: totals are figures that the program has added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from app.fields.formula_text import clean_text, looks_like_formula

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

TEXT_FORMAT = "@"
LONGEST_AS_TEXT = 255
"""Beyond this, cells of the format “text” show #### in older spreadsheet programs."""


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


def write_number(cell: Cell | MergedCell, number: float, number_format: str) -> None:
    """A figure that the program has counted itself."""
    cell.value = number
    cell.number_format = number_format


def clear(cell: Cell | MergedCell) -> None:
    cell.value = None


def text_xml(at: str, text: str, usual: int, quoted: int) -> str:
    """The same as `write_text` as XML; `usual` and `quoted` are styles, the second for '=1+1'."""
    plain = clean_text(text)
    style = quoted if looks_like_formula(plain) else usual
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(plain)}</t></is></c>'


def number_xml(at: str, number: str, style: int) -> str:
    return f'<c r="{at}" s="{style}"><v>{number}</v></c>'


def empty_xml(at: str, style: int) -> str:
    return f'<c r="{at}" s="{style}"/>'
