"""The words of the recovery sheet, as people copy them."""

from __future__ import annotations

import pytest

from app.vault.recovery import CHANCE, WORDS, WrongRecoveryError, new_code, read_code, words_of
from app.vault.words import BITS, word_list

CODE = "daniang yuebing qiuguan xiaoxiang mudan yumao yangfeng congming yezi taijie chuanjiang ziwei"


def told(typed: str) -> str:
    with pytest.raises(WrongRecoveryError) as caught:
        read_code(typed)
    return str(caught.value)


def without(place: int) -> list[str]:
    words = CODE.split()
    del words[place]
    return words


def test_a_code_has_twelve_words_and_110_bits_of_chance() -> None:
    assert len(words_of(CODE)) == WORDS == 12
    assert CHANCE * BITS == 110
    assert " ".join(word.pinyin for word in words_of(CODE)) == CODE


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(50)}) == 50


@pytest.mark.parametrize("gap", [" ", "", "\n", "-", "，", "\u3000\u3000"])
def test_the_words_are_typed_in_any_manner(gap: str) -> None:
    words = words_of(CODE)
    assert read_code(gap.join(word.text for word in words)) == CODE
    assert read_code(gap.join(word.pinyin for word in words).upper()) == CODE
    assert (
        read_code(f"  {gap.join(word.text if n % 2 else word.pinyin for n, word in enumerate(words))} ")
        == CODE
    )


def test_nearly_every_wrong_word_is_noticed_before_anything_is_tried() -> None:
    """1 of 1,024 passes the check word and is then refused by the key file."""
    first, *others = CODE.split()
    passed = 0
    for word in word_list():
        if word.pinyin != first:
            try:
                read_code(" ".join([word.pinyin, *others]))
                passed += 1
            except WrongRecoveryError:
                continue
    assert passed <= 12


def test_words_in_the_wrong_order_are_called_that() -> None:
    first, second, *others = CODE.split()
    assert told(" ".join([second, first, *others])).startswith(
        "12个词都认得，合起来却不对：有词抄错了，或次序不对。"
    )


def test_a_word_that_is_none_is_named_by_its_place() -> None:
    assert told(" ".join([*CODE.split()[:4], "xyz", *CODE.split()[5:]])).startswith("第5个词认不出来。")
    assert told("").startswith("恢复单上有12个词，现在只输入了0个。")


def test_missing_and_surplus_words_are_counted() -> None:
    assert told(" ".join(without(3))).startswith("恢复单上有12个词，现在只输入了11个。")
    assert told(CODE + " chuntian").startswith("恢复单上只有12个词，后面多了内容。")
    assert told(CODE + " 2026").startswith("恢复单上只有12个词，后面多了内容。")


def test_no_word_stands_in_a_message() -> None:
    messages = [told(" ".join(without(0))), told("xyz" + CODE), told(CODE + CODE)]
    spelt = {spelling for word in words_of(CODE) for spelling in (word.text, word.pinyin)}
    assert [message for message in messages if any(spelling in message for spelling in spelt)] == []


def test_a_sheet_printed_by_the_first_version_is_read_for_ever() -> None:
    assert read_code("大娘月饼球馆小巷牡丹羽毛养蜂聪明椰子台阶船桨紫薇") == CODE


def test_a_new_code_is_a_code() -> None:
    code = new_code()
    assert read_code(code) == code
