"""Which passwords are refused, and why; what a password is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.vault.phrases import WORDS, is_phrase
from app.vault.weak_pieces import Kind, Piece, plain, weak_pieces
from app.vault.words import split

LEAST = 10
FREE = 8
"""Characters that must remain when everything that can be guessed is taken away."""
LOOKED_AT = 200
FEWEST = 5
MUCH = 14

INSTEAD = "请换一个，或用程序给出的五个词。"
SHORT = f"口令至少要 {LEAST} 个字符。请再加几个，或用程序给出的五个词。"
FEW_WORDS = f"这样的常用词要连用 {WORDS} 个不同的才够安全。请补足，或用程序给出的五个词。"
REASONS: Mapping[Kind, str] = {
    "name": "口令里主要是本人或单位的名称，认识您的人一猜就中。" + INSTEAD,
    "identity": "口令里主要是证件号码，知道的人不止您一个。" + INSTEAD,
    "phone": "口令里主要是电话号码，知道的人不止您一个。" + INSTEAD,
    "birthday": "口令里主要是生日或日期，很快就能试出来。" + INSTEAD,
    "number": "口令里主要是一串数字，很快就能试出来。请多用些字母或汉字，或用程序给出的五个词。",
    "sequence": "口令里主要是键盘或字母、数字的顺序，很快就能试出来。" + INSTEAD,
    "repeat": "口令里主要是重复的内容，很快就能试出来。" + INSTEAD,
    "common": "口令里主要是很多人都用的口令，最先被试的就是它们。" + INSTEAD,
}
WEAK, FAIR, STRONG = "强度：弱", "强度：中", "强度：强"


def problem_with(password: str, names: Iterable[str] = ()) -> str | None:
    """Why the password is refused, and what to do; None when it will do.

    `names` are what must not carry a password: the user's and the office's, in characters and in pinyin.
    """
    if _is_good_phrase(password):
        return None
    if len(plain(password)) < LEAST:
        return SHORT
    if _is_too_few_words(password):
        return FEW_WORDS
    text = plain(password)[:LOOKED_AT]
    pieces = list(weak_pieces(text, names))
    if _free(text, pieces) >= FREE and len(set(text)) >= FEWEST:
        return None
    return REASONS[_heaviest(pieces)]


def strength(password: str, names: Iterable[str] = ()) -> str:
    """For showing while it is typed; '' for nothing."""
    if not password:
        return ""
    if problem_with(password, names):
        return WEAK
    text = plain(password)[:LOOKED_AT]
    return STRONG if is_phrase(password) or _free(text, weak_pieces(text, names)) >= MUCH else FAIR


def _is_good_phrase(password: str) -> bool:
    return is_phrase(password) and len(set(split(password)[0])) >= WORDS - 1


def _is_too_few_words(password: str) -> bool:
    words, rest = split(password)
    return bool(words) and not rest and len(set(words)) < WORDS - 1


def _free(text: str, pieces: Iterable[Piece]) -> int:
    """Characters in no weak piece."""
    covered = {place for piece in pieces for place in range(piece.start, piece.end)}
    return len(text) - len(covered)


def _heaviest(pieces: Iterable[Piece]) -> Kind:
    """The kind that takes most characters away; a text of few signs is nothing but repeated."""
    weight: dict[Kind, int] = {}
    for piece in pieces:
        weight[piece.kind] = weight.get(piece.kind, 0) + piece.end - piece.start
    return max(weight, key=lambda kind: weight[kind], default="repeat")
