"""The recovery code: eleven words by chance and a twelfth that tells whether they were copied rightly."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from app.errors import UserError
from app.vault.phrases import in_pinyin
from app.vault.words import BITS, Word, split, word_list

CHANCE = 11
WORDS = CHANCE + 1


class WrongRecoveryError(UserError):
    """These words do not open the file."""


def new_code() -> str:
    """In pinyin; `words_of` gives the characters."""
    words = [secrets.choice(word_list()) for _ in range(CHANCE)]
    return in_pinyin([*words, _check(words)])


def words_of(code: str) -> list[Word]:
    return split(code)[0]


def read_code(typed: str) -> str:
    """The code as `new_code` gave it, from words typed in characters or in pinyin, with gaps or without.

    Raises WrongRecoveryError, which names a place but never a word.
    """
    words, rest = split(typed)
    if problem := _problem(words, rest):
        raise WrongRecoveryError(problem)
    return in_pinyin(words)


def _problem(words: Sequence[Word], rest: str) -> str:
    if rest and len(words) < WORDS:
        return f"第{len(words) + 1}个词认不出来。请照恢复单核对这个词，输入汉字或拼音都可以。"
    if rest or len(words) > WORDS:
        return f"恢复单上只有{WORDS}个词，后面多了内容。请删去多出的部分后重试。"
    if len(words) < WORDS:
        return f"恢复单上有{WORDS}个词，现在只输入了{len(words)}个。请按编号补齐后重试。"
    if _check(words[:CHANCE]) != words[CHANCE]:
        return f"{WORDS}个词都认得，合起来却不对：有词抄错了，或次序不对。请照恢复单逐个核对编号和词。"
    return ""


def _check(words: Sequence[Word]) -> Word:
    digest = hashlib.sha256(in_pinyin(words).encode()).digest()
    return word_list()[int.from_bytes(digest[:2], "big") >> (16 - BITS)]
