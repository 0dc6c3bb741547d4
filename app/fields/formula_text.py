"""Texts that a spreadsheet program would take for formulas, and how they stay texts (reliability.md §5.3)."""

from __future__ import annotations

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "'"
"""In front of a text it says “text” to spreadsheet programs, in a .csv and on the clipboard."""

_INDENTING_BREAK = re.compile("\r\n?|[\u2028\u2029]")
# What XML 1.0 cannot hold, what turns text around on the screen, and halves of characters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean_text(text: str) -> str:
    """Without control characters; line ends as a cell has them."""
    return _UNFIT.sub("", _INDENTING_BREAK.sub("\n", text))


def looks_like_formula(text: str) -> bool:
    """True for what a spreadsheet program would work out, at once or when someone edits the cell."""
    return text.startswith(FORMULA_STARTS)


def marked(text: str) -> str:
    """The text as it may stand in a .csv or on the clipboard."""
    plain = clean_text(text)
    return MARK + plain if looks_like_formula(plain) else plain


def unmarked(text: str) -> str:
    """What `marked` was given, when its own cells come back."""
    return text[1:] if text.startswith(MARK) and looks_like_formula(text[1:]) else text
