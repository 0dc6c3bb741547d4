"""姓氏笔画: how a list of names is sorted on official paper (domain.md §8.4).

By the number of strokes of a character, then by their order 横竖撇点折. Where the order of the characters comes
from: docs/decisions/0015-stroke-order.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from app.fields.names import SEPARATOR
from app.paths import resource
from app.services.readings import surname

Place = tuple[int, int]
"""Strokes, then the place among the characters of as many."""
StrokeKey = tuple[tuple[Place, ...], int, tuple[Place, ...]]
_FIRST_COUNT = 48
_NO_CHARACTER = 1000
"""More strokes than any character has: letters stand last."""


def stroke_key(name: str) -> StrokeKey:
    """By the surname; of one surname, single names before double ones; a name without surname as a whole."""
    head = surname(name)
    if not head:
        return _places(name.replace(SEPARATOR, "")), 0, ()
    given = name[len(head) :]
    return _places(head), len(given), _places(given)


def strokes(character: str) -> int:
    """How many it is written with; 0 for what is no Chinese character."""
    count, _ = _place(character)
    return 0 if count == _NO_CHARACTER else count


def _places(text: str) -> tuple[Place, ...]:
    return tuple(map(_place, text))


@lru_cache(maxsize=8192)
def _place(character: str) -> Place:
    """Those that only their number is known of stand behind the others of as many strokes."""
    if (known := _order().get(character)) is not None:
        return known
    if (count := _count(ord(character))) is not None:
        return count, ord(character) << 8
    return _NO_CHARACTER, ord(character)


@lru_cache(maxsize=1)
def _order() -> dict[str, Place]:
    return {
        character: (int(count), place)
        for count, characters in _lines("order")
        for place, character in enumerate(characters)
    }


def _count(code: int) -> int | None:
    for first, figures in _counts():
        if first <= code < first + len(figures):
            return ord(figures[code - first]) - _FIRST_COUNT
    return None


@lru_cache(maxsize=1)
def _counts() -> tuple[tuple[int, str], ...]:
    return tuple((int(first, 16), figures) for first, figures in _lines("counts"))


def _lines(name: str) -> Iterator[tuple[str, str]]:
    with resource(f"strokes/{name}.txt").open(encoding="utf-8") as file:
        file.readline()
        for line in file:
            head, _, rest = line.rstrip("\n").partition(" ")
            yield head, rest
