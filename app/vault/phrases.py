"""Passwords of five words that the program chooses, to be typed in characters or in pinyin."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.vault.words import Word, split, word_list

WORDS = 5


@dataclass(frozen=True)
class Phrase:
    """Words and their pinyin, in order."""

    words: tuple[str, ...] = field(repr=False)
    pinyin: tuple[str, ...] = field(repr=False)

    @property
    def typed(self) -> str:
        """What to type where no Chinese input method works."""
        return " ".join(self.pinyin)


def new_phrase() -> Phrase:
    words = [secrets.choice(word_list()) for _ in range(WORDS)]
    return Phrase(tuple(word.text for word in words), tuple(word.pinyin for word in words))


def canonical(password: str) -> str:
    """One spelling for what the user means to be one secret.

    A phrase is the same in characters and in pinyin, with gaps or without; any other password stays as typed
    but for the width of its characters.
    """
    if is_phrase(password):
        return in_pinyin(split(password)[0])
    return unicodedata.normalize("NFKC", password)


def is_phrase(password: str) -> bool:
    words, rest = split(password)
    return len(words) == WORDS and not rest


def in_pinyin(words: Sequence[Word]) -> str:
    return " ".join(word.pinyin for word in words)
