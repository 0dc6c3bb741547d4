"""Breaking Chinese text into lines.

No closing mark begins a line, no opening one ends it, words and numbers stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]

CLOSING = "，。、；：？！）》」』”’】〉〕·—…％‰℃～,.;:?!)%]}"
OPENING = "（《「『“‘【〈〔([{¥￥"
# A word of letters and digits or one character, with the marks that cling to it.
UNIT = re.compile(
    rf"[{re.escape(OPENING)}]*"
    r"(?:[A-Za-z0-9]+(?:[.,:/+*_-][A-Za-z0-9]+)*|\S)"
    rf"[{re.escape(CLOSING)}]*"
    r"|\s+"
)
# A name in two parts is broken behind its point.
BEHIND_POINT = re.compile(r"·([\u3400-\u9fff\U00020000-\U0003ffff]{1,4})$")
SPACES = str.maketrans({"\t": " ", "\xa0": " ", "\v": "\n", "\f": "\n"})
CUT = "……"


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text; line ends in the text are kept, empty lines dropped."""
    paragraphs = text.translate(SPACES).splitlines()
    return [line for part in paragraphs if part.strip() for line in _lines(part.strip(" "), width, measure)]


def balanced(text: str, width: float, measure: Measure) -> list[str]:
    """As many lines as `wrap` needs, but of about equal length: for centred cells."""
    paragraphs = [part.strip() for part in text.translate(SPACES).splitlines()]
    return [line for part in paragraphs if part for line in _balanced(part, width, measure)]


def _balanced(text: str, width: float, measure: Measure) -> list[str]:
    lines = wrap(text, width, measure)
    if len(lines) == 1:
        return lines
    narrow = measure(text) / len(lines)
    steps = (narrow + (width - narrow) * n / 8 for n in range(8))
    return next((found for step in steps if len(found := wrap(text, step, measure)) == len(lines)), lines)


def _lines(text: str, width: float, measure: Measure) -> Iterator[str]:
    line, used = "", 0.0
    for unit in UNIT.findall(text):
        for piece in _pieces(unit, width, measure):
            needed = measure(piece)
            if line and used + needed > width:
                done, line = _broken(line, piece)
                yield done
                used = measure(line)
            if line or piece.strip(" "):
                line, used = line + piece, used + needed
    if line:
        yield line.rstrip(" ")


def _broken(line: str, following: str) -> tuple[str, str]:
    """The line as it is closed, and what goes over to the next one."""
    if (point := BEHIND_POINT.search(line)) and following[0].isalpha():
        return line[: point.start() + 1], point[1]
    return line.rstrip(" "), ""


def _pieces(unit: str, width: float, measure: Measure) -> Iterator[str]:
    """The unit itself, or its characters where it is wider than a line."""
    if measure(unit) <= width:
        yield unit
    else:
        yield from unit


def cut(lines: list[str], count: int, width: float, measure: Measure) -> list[str]:
    """The first lines, the last of them ending in …… where something was left out."""
    if len(lines) <= count:
        return lines
    last = lines[count - 1]
    while last and measure(last + CUT) > width:
        last = last[:-1]
    return [*lines[: count - 1], last + CUT]
