"""The print footer of a worksheet: who took it out, when, and the code of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.reports.imprint import Imprint

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SIZE = 8
LONGEST_NAME = 40
"""All three parts of a footer together hold 255 characters."""


def set_foot(sheet: Worksheet, imprint: Imprint, middle: str = "") -> None:
    """At both ends; what an office's blank has there itself stays. `middle` may hold codes such as &P."""
    foot = sheet.oddFooter
    if foot is None:  # an empty one counts as false
        return
    if middle:
        foot.center.text = middle
    for part, text in ((foot.left, _short(imprint).by("导出人")), (foot.right, imprint.proof)):
        if text and not part.text:
            part.text, part.size = text.replace("&", "&&"), SIZE


def _short(imprint: Imprint) -> Imprint:
    return Imprint(imprint.who[:LONGEST_NAME], imprint.at)
