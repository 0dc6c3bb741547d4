"""Phrases of five words, and what counts as the same password."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.vault.phrases import WORDS, canonical, is_phrase, new_phrase
from app.vault.words import BITS

TYPED = "chuntian gaoshan liushui mifeng taiyang"


def test_a_phrase_has_at_least_fifty_bits() -> None:
    assert WORDS * BITS >= 50


def test_a_phrase_is_the_same_in_characters_and_in_pinyin() -> None:
    phrase = new_phrase()
    spellings = {
        "".join(phrase.words),
        " ".join(phrase.words),
        "、".join(phrase.words),
        phrase.typed,
        "".join(phrase.pinyin),
        phrase.typed.upper(),
        f" {phrase.typed.title()} ",
        "".join(phrase.words[:2]) + "".join(phrase.pinyin[2:]),
    }
    assert {canonical(spelling) for spelling in spellings} == {phrase.typed}


def test_two_phrases_differ() -> None:
    assert len({new_phrase().typed for _ in range(50)}) == 50


def test_words_in_another_order_are_another_secret() -> None:
    assert canonical("高山 春天 流水 蜜蜂 太阳") != canonical("春天 高山 流水 蜜蜂 太阳") == TYPED


@pytest.mark.parametrize(
    "password",
    [
        "Chuntian",
        "春天 高山 流水 蜜蜂",
        TYPED + " chunfeng",
        TYPED + "!",
        TYPED + "1",
        "Tg7#nv2Lq9",
        " a B ",
        "",
    ],
)
def test_any_other_password_stays_as_it_was_typed(password: str) -> None:
    assert not is_phrase(password)
    assert canonical(password) == password


@given(st.text(), st.text())
def test_different_passwords_stay_different(one: str, other: str) -> None:
    assume(unicodedata.normalize("NFKC", one) != unicodedata.normalize("NFKC", other))
    assert canonical(one) != canonical(other)


def test_full_width_is_typed_by_accident() -> None:
    assert canonical("Ｔｇ７＃ｎｖ２Ｌｑ９") == "Tg7#nv2Lq9"


def test_a_phrase_does_not_print_itself() -> None:
    phrase = new_phrase()
    assert phrase.words[0] not in repr(phrase)
    assert phrase.pinyin[0] not in repr(phrase)
