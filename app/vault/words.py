"""The list of 1,024 words that phrases and recovery codes are made of.

No pinyin is the beginning of another, so a run of letters without gaps falls into words in one way only;
none is one letter away from another, so a slip of the finger never gives another word.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.paths import resource

BITS = 10
"""Of each word."""
BETWEEN = re.compile(r"[\s\-–—_,，、。.·;；:：'’/|]+")


@dataclass(frozen=True)
class Word:
    """Two Chinese characters and their pinyin without tones."""

    text: str
    pinyin: str


@cache
def word_list() -> tuple[Word, ...]:
    """In an order that printed recovery sheets depend on."""
    with resource("words/phrase.csv").open(encoding="utf-8", newline="") as file:
        file.readline()
        return tuple(Word(row["word"], row["pinyin"]) for row in csv.DictReader(file))


def split(text: str) -> tuple[list[Word], str]:
    """The words at the beginning of a text, typed in characters or in pinyin, and what follows them."""
    rest = BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())
    words: list[Word] = []
    while spelling := _first(rest):
        words.append(_spellings()[spelling])
        rest = rest[len(spelling) :]
    return words, rest


def _first(text: str) -> str:
    """The spelling that a text begins with, '' when it is none of ours."""
    return next((text[:length] for length in _lengths() if text[:length] in _spellings()), "")


@cache
def _spellings() -> Mapping[str, Word]:
    return {spelling: word for word in word_list() for spelling in (word.text, word.pinyin)}


@cache
def _lengths() -> list[int]:
    return sorted({len(spelling) for spelling in _spellings()})
