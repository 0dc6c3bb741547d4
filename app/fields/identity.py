"""The citizen identity number (GB 11643-1999; rules R-01 … R-10 of domain.md §3.1)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
PROVINCES = frozenset((
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    "83", "91",
))  # fmt: skip
OLDEST = 125
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_OLD_SHAPE = re.compile(r"[0-9]{15}")
_ROUNDED = re.compile(r"[0-9]{1,17}E[0-9]{2}")
"""5.29999E+17, after `clean` has taken out the point and the sign."""


def clean(text: str) -> str:
    """Without spaces, hyphens, a leading apostrophe; digits half width, x as X."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())


def check_character(digits: str) -> str:
    """The eighteenth character that belongs to the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def is_shaped(number: str) -> bool:
    return bool(_SHAPE.fullmatch(number))


def is_old(number: str) -> bool:
    """A 15-digit number; such cards ceased on 2013-01-01."""
    return bool(_OLD_SHAPE.fullmatch(number))


def is_rounded(number: str) -> bool:
    """A number that a worksheet kept as a number and wrote out with an exponent: its last digits are lost."""
    return bool(_ROUNDED.fullmatch(number))


def from_old(number: str) -> str | None:
    """The 18 characters of a 15-digit number; None for serials 996-999, which meant born before 1900."""
    if number[12:15] in {"996", "997", "998", "999"}:
        return None
    digits = number[:6] + "19" + number[6:]
    return digits + check_character(digits)


@lru_cache(maxsize=4096)
def birth_date(number: str) -> str | None:
    """The birth date inside the number as YYYY-MM-DD; None when there is no such day."""
    if not is_shaped(number):
        return None
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14])).isoformat()
    except ValueError:
        return None


def sex(number: str) -> str:
    """GB/T 2261.1 code from the parity of the seventeenth digit: 1 male, 2 female."""
    return "1" if int(number[16]) % 2 else "2"
