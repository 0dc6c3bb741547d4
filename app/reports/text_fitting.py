"""How much of a text a cell can show: an estimate on the side of caution, without the fonts themselves.

A Chinese character is as wide as the font is high and everything else about half of that, which 宋体 and 仿宋 keep
exactly. Breaks follow what spreadsheet programs do: anywhere between Chinese characters, not before closing
punctuation, and not inside a number or a word that a line can hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

LINE_HEIGHT = 1.3
NARROW = 0.52
PADDING = 5.0
SMALLEST = 7.0
STEP = 0.5
_PIECES = re.compile("(?:[!-~]+|.)[，。；：、）》”’！？]*")


@dataclass(frozen=True)
class Box:
    """The room of a cell, in points."""

    width: float
    height: float


def text_width(text: str) -> float:
    """In widths of one Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in text)


def lines_needed(text: str, width: float, size: float) -> int:
    """Lines of the wrapped text; `width` in points."""
    room = max((width - PADDING) / size, 1.0)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    lines, used = 1, 0.0
    for piece in _PIECES.findall(line):
        wide = text_width(piece)
        if used + wide <= room:
            used += wide
        elif wide <= room:
            lines, used = lines + 1, wide
        else:
            started = 1 if used else 0
            lines, used = lines + ceil(wide / room) - 1 + started, wide % room
    return lines


def broken_at_spaces(text: str, width: float, size: float) -> str:
    """The same text with line ends in place of some spaces, so that nothing else needs to be parted."""
    return "\n".join(_broken(line, width, size) for line in text.split("\n"))


def _broken(line: str, width: float, size: float) -> str:
    if lines_needed(line, width, size) == 1:
        return line
    first, *words = re.split(r"(?<=\S) +", line)
    lines = [first]
    for word in words:
        joined = f"{lines[-1]} {word}"
        if lines_needed(joined, width, size) == lines_needed(lines[-1], width, size):
            lines[-1] = joined
        else:
            lines.append(word)
    return "\n".join(lines)


def height_needed(text: str, width: float, size: float) -> float:
    return lines_needed(text, width, size) * size * LINE_HEIGHT


def fits(text: str, box: Box, size: float) -> bool:
    return height_needed(text, box.width, size) <= box.height


def sizes_down(largest: float, smallest: float = SMALLEST) -> Iterator[float]:
    size = largest
    while size >= smallest:
        yield size
        size -= STEP


def largest_size(text: str, box: Box, largest: float, smallest: float = SMALLEST) -> float | None:
    """The largest size at which all of the text shows; None when even the smallest cuts it."""
    return next((size for size in sizes_down(largest, smallest) if fits(text, box, size)), None)
