"""The pieces of a password that somebody who knows the office, or a list of passwords, tries first."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.paths import resource

Kind = Literal["name", "identity", "phone", "birthday", "number", "sequence", "repeat", "common"]
Span = tuple[int, int]

IDENTITY = re.compile(r"\d{17}[\dx]|\d{15}")
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
BIRTHDAY = re.compile(
    r"(?:19|20)\d\d[-./年]?(?:0[1-9]|1[0-2]|[1-9])[-./月]?(?:0[1-9]|[12]\d|3[01]|[1-9](?!\d))日?"
    r"|(?<!\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
NUMBER = re.compile(r"\d{6,}")
REPEAT = re.compile(r"(.{2,12}?)\1+|(.)\2{2,}")
HAN = re.compile(r"[\u4e00-\u9fff]+")
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "!@#$%^&*()_+",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "a1b2c3d4e5f6g7h8i9j0",
    "1a2b3c4d5e6f7g8h9i0j",
    "一二三四五六七八九十",
)
ROW_LEAST = 3
LATIN_LEAST = 4
"""A shorter name of letters stands in many passwords by chance."""
DISGUISES = str.maketrans("@0135$!", "aoiessi")


@dataclass(frozen=True)
class Piece:
    """From where to where it stands in `plain(password)`."""

    kind: Kind
    start: int
    end: int


def plain(password: str) -> str:
    """Without what does not make it harder: width and case."""
    return unicodedata.normalize("NFKC", password).casefold()


def weak_pieces(text: str, names: Iterable[str] = ()) -> Iterator[Piece]:
    """In a text made `plain`; pieces may overlap."""
    for start, end in _named(text, names):
        yield Piece("name", start, end)
    for kind, find in FINDERS:
        for start, end in find(text):
            yield Piece(kind, start, end)


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _repeats(text: str) -> Iterator[Span]:
    """All but the first of what is said again."""
    for match in REPEAT.finditer(text):
        once = len(match[1] or match[2])
        yield match.start() + once, match.end()


def _sequences(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        length = max(_run(text, start, row) for row in _rows())
        if length >= ROW_LEAST:
            yield start, start + length
        start += max(length - 1, 1)


def _run(text: str, start: int, row: str) -> int:
    length = 0
    while start + length < len(text) and text[start : start + length + 1] in row:
        length += 1
    return length


@cache
def _rows() -> tuple[str, ...]:
    return (*ROWS, *(row[::-1] for row in ROWS))


def _common(text: str) -> Iterator[Span]:
    yield from _places(text, _common_texts())


@cache
def _common_texts() -> tuple[str, ...]:
    with resource("words/common_passwords.csv").open(encoding="utf-8", newline="") as file:
        file.readline()
        return tuple(row["text"] for row in csv.DictReader(file))


def _named(text: str, names: Iterable[str]) -> Iterator[Span]:
    for name in names:
        known = plain(name).replace(" ", "")
        pairs = [piece[n : n + 2] for piece in HAN.findall(known) for n in range(len(piece) - 1)]
        latin = [known] if len(known) >= LATIN_LEAST and not HAN.search(known) else []
        yield from _places(text, (*pairs, *latin))


def _places(text: str, wanted: Iterable[str]) -> Iterator[Span]:
    """Also where figures and signs stand for letters, as in p@ssw0rd."""
    for shown in {text, text.translate(DISGUISES)}:
        for one in wanted:
            yield from ((found.start(), found.end()) for found in re.finditer(re.escape(one), shown))


FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[Span]]], ...] = (
    ("identity", _matches(IDENTITY)),
    ("phone", _matches(PHONE)),
    ("birthday", _matches(BIRTHDAY)),
    ("sequence", _sequences),
    ("repeat", _repeats),
    ("common", _common),
    ("number", _matches(NUMBER)),
)
"""Of two that cover as much, the first names the reason."""
