"""What the window asks of passwords and phrases."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.readings import search_key
from app.vault.passwords import WEAK, problem_with, strength
from app.vault.phrases import Phrase, canonical, new_phrase

__all__ = ["WEAK", "Phrase", "new_phrase", "problem_with", "same", "spelled", "strength"]


def spelled(names: Iterable[str]) -> tuple[str, ...]:
    """The names, and how they are typed in pinyin. The first time takes half a second: not at every key."""
    told = tuple(names)
    return (*told, *(word for name in told for word in search_key(name).split()))


def same(one: str, other: str) -> bool:
    """Whether two spellings are one password: a phrase in characters is the same in pinyin."""
    return canonical(one) == canonical(other)
