"""Numbers that not everybody who looks at a screen may read: what is left of them, and where they stand in a text.

First six and last four of an identity number leave 34 people to choose from (reliability.md finding 10), so
only the last four stay.
"""

from __future__ import annotations

import re

TAIL = 4
STAR = "*"

_ID_NUMBER = r"\d{17}[\dXx]|\d{6}[ -]\d{8}[ -]\d{3}[\dXx]"
_IN_FOURS = r"\d{4}(?:[ -]\d{4}){2,5}(?:[ -]?\d{1,3})?"
_PHONE = r"1\d{2}[ -]\d{4}[ -]\d{4}|0\d{2,3}-\d{7,8}"
_OF_PEOPLE = re.compile(rf"(?<!\d)(?!0|861\d{{10}}(?!\d))(?:{_ID_NUMBER}|{_IN_FOURS}|\d{{12,}})(?!\d)")
"""Identity, card and account numbers. A telephone has eleven digits, or begins with 0 or 86."""
_LONG = re.compile(rf"(?<!\d)(?:{_ID_NUMBER}|{_IN_FOURS}|{_PHONE}|\d{{11,}})(?!\d)")
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]+")
_PARAMETERS = re.compile(r"(\[parameters: ).*(\])")


def last_four(number: str) -> str:
    """'**************1234': as long as it is, and only its end to be read."""
    return STAR * (len(number) - TAIL) + number[-TAIL:]


def last_four_digits(text: str) -> str:
    """The same where words may stand beside the digits: '**** **** **** 1234（农信社）'."""
    return re.sub(rf"\d(?=(?:\D*\d){{{TAIL}}})", STAR, text)


def covered(text: str) -> str:
    """A free text in which identity, card and account numbers keep their last four; telephones stay as they are."""
    return _OF_PEOPLE.sub(lambda found: _cover(found.group()), text)


def scrubbed(text: str) -> str:
    """A text that leaves the office, such as a crash log: no long number, no telephone, no value of a statement."""
    text = _PARAMETERS.sub(r"\1…\2", text)
    return _LONG.sub(lambda found: f"［{sum(map(str.isalnum, found.group()))} 位号码］", text)


def without_names(text: str) -> str:
    """What an error says, with every Chinese word counted instead of written: our own faults speak English."""
    return _CHINESE.sub(lambda found: f"［{len(found.group())} 字］", text)


def _cover(number: str) -> str:
    places = [place for place, character in enumerate(number) if character.isalnum()]
    hidden = set(places[:-TAIL])
    return "".join(STAR if place in hidden else character for place, character in enumerate(number))
