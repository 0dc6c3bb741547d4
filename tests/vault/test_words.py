"""The list of words: what it promises to those who type them."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from app.vault.words import BITS, Word, split, word_list

WORDS = word_list()
ORDER = "45d564b80db8d345ba6649b916883d8b7d7d6ad32b50a52558bdd81a2d984a2b"
LISTS = st.lists(st.sampled_from(WORDS), max_size=14)


def test_there_are_1024_words_of_two_characters_each_other() -> None:
    assert len({word.text for word in WORDS}) == len({word.pinyin for word in WORDS}) == 1 << BITS == 1024
    assert [word.text for word in WORDS if len(word.text) != 2] == []


def test_the_pinyin_is_typed_with_the_letters_of_any_keyboard() -> None:
    assert [
        word
        for word in WORDS
        if not (word.pinyin.isascii() and word.pinyin.isalpha() and word.pinyin.islower())
    ] == []
    assert [word for word in WORDS if "v" in word.pinyin] == []


def test_the_pinyin_is_the_one_of_the_dictionary() -> None:
    assert [word for word in WORDS if word.pinyin != "".join(lazy_pinyin(word.text))] == []


def test_no_pinyin_begins_another_so_a_run_of_letters_falls_apart_in_one_way() -> None:
    ordered = sorted(word.pinyin for word in WORDS)
    assert [pair for pair in pairwise(ordered) if pair[1].startswith(pair[0])] == []


def test_no_slip_of_one_letter_gives_another_word() -> None:
    """Two words within one letter would share a text that lacks one letter of each, or be that text."""
    seen: dict[str, set[str]] = {}
    for word in WORDS:
        for place in range(len(word.pinyin)):
            seen.setdefault(word.pinyin[:place] + "*" + word.pinyin[place + 1 :], set()).add(word.pinyin)
            seen.setdefault(word.pinyin[:place] + word.pinyin[place + 1 :], set()).add(word.pinyin)
        seen.setdefault(word.pinyin, set()).add(word.pinyin)
    substituted = [words for key, words in seen.items() if "*" in key and len(words) > 1]
    lengthened = [seen[word.pinyin] for word in WORDS if len(seen[word.pinyin]) > 1]
    assert substituted + lengthened == []


def test_words_spoken_alike_in_the_south_are_written_apart() -> None:
    """zh and z, ng and n: read over the telephone they are one sound."""

    def heard(pinyin: str) -> str:
        for spoken, same in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n")):
            pinyin = pinyin.replace(spoken, same)
        return pinyin

    assert len({heard(word.pinyin) for word in WORDS}) == len(WORDS)


def test_the_order_never_changes() -> None:
    """The last word of a printed recovery sheet is found by its place in the list."""
    text = "\n".join(word.text + word.pinyin for word in WORDS)
    assert hashlib.sha256(text.encode()).hexdigest() == ORDER


@given(LISTS, st.sampled_from(["", " ", "  ", "\u3000", "、", ", ", "-", "\n"]), st.data())
def test_words_come_back_however_they_are_typed(words: list[Word], gap: str, data: st.DataObject) -> None:
    spellings = [data.draw(st.sampled_from([word.text, word.pinyin, word.pinyin.upper()])) for word in words]
    assert split(gap.join(spellings)) == (words, "")


@pytest.mark.parametrize("rest", ["x", "2026", "春", "zzz", "!"])
def test_what_is_no_word_remains(rest: str) -> None:
    assert split(f"春天 chunfeng{rest}") == ([Word("春天", "chuntian"), Word("春风", "chunfeng")], rest)


def test_nothing_is_no_words() -> None:
    assert split("") == ([], "")
