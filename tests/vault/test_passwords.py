"""Passwords that are refused, and what the user is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault.passwords import FEW_WORDS, REASONS, SHORT, problem_with, strength
from app.vault.phrases import new_phrase

NAMES = ("林晓芸", "linxiaoyun", "青石镇老干部工作办公室", "qingshizhen")


@pytest.mark.parametrize(
    "password",
    [
        "Tg7#nv2Lq9",
        "wo-xihuan-chi-jiaozi",
        "我家门前有三棵老槐树",
        "kX9!mQ2024ab",
        "correct horse battery staple",
        "chuntian gaoshan liushui mifeng taiyang",
        "春天高山流水蜜蜂太阳",
        "ChunTianGaoShanLiuShuiMiFengTaiYang",
        "林晓芸家的石榴树年年结果",
    ],
)
def test_good_passwords_pass(password: str) -> None:
    assert problem_with(password, NAMES) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", SHORT),
        ("Tg7#nv2Lq", SHORT),
        ("春天高山流水蜜", SHORT),
        ("chuntianliushui", FEW_WORDS),
        ("春天 高山 流水 蜜蜂 春天 高山", None),
        ("baba baba baba baba baba", FEW_WORDS),
        ("110105194912310021", REASONS["identity"]),
        ("11010519491231002X", REASONS["identity"]),
        ("zj11010519491231002x!", REASONS["identity"]),
        ("110105491231002", REASONS["identity"]),
        ("13812345678", REASONS["phone"]),
        ("tel13812345678a", REASONS["phone"]),
        ("１３８１２３４５６７８", REASONS["phone"]),
        ("0851-87654321", REASONS["phone"]),
        ("zhang19561103", REASONS["birthday"]),
        ("1956-11-03-zhang", REASONS["birthday"]),
        ("1956年11月3日生", REASONS["birthday"]),
        ("19561103abc!", REASONS["birthday"]),
        ("74839205617", REASONS["number"]),
        ("ab74839205617", REASONS["number"]),
        ("qwertyuiop", REASONS["sequence"]),
        ("Qwertyuiop!1", REASONS["sequence"]),
        ("poiuytrewq", REASONS["sequence"]),
        ("abcdefghijk", REASONS["sequence"]),
        ("1qaz2wsx3edc", REASONS["sequence"]),
        ("1q2w3e4r5t6y", REASONS["sequence"]),
        ("asdfghjkl;'", REASONS["sequence"]),
        ("Zhq@123456789", REASONS["sequence"]),
        ("aaaaaaaaaaaaa", REASONS["repeat"]),
        ("          ", REASONS["repeat"]),
        ("kx9!kx9!kx9!", REASONS["repeat"]),
        ("ababababcdcd", REASONS["repeat"]),
        ("哈哈哈哈哈哈哈哈哈哈", REASONS["repeat"]),
        ("linxiaoyun88", REASONS["name"]),
        ("LinXiaoYun@66", REASONS["name"]),
        ("l1nx1a0yun!!", REASONS["name"]),
        ("林晓芸林晓芸林晓芸呀", REASONS["name"]),
        ("青石镇老干部工作办公室", REASONS["name"]),
        ("qingshizhen2026", REASONS["name"]),
        ("P@ssw0rd2024", REASONS["common"]),
        ("password12", REASONS["common"]),
        ("woaini1314520", REASONS["common"]),
        ("laoganbuju1", REASONS["common"]),
        ("床前明月光疑是地上霜", REASONS["common"]),
    ],
    ids=lambda value: str(value)[:12],
)
def test_what_is_tried_first_is_refused_with_its_reason(password: str, reason: str | None) -> None:
    assert problem_with(password, NAMES) == reason


def test_a_name_is_only_weak_where_somebody_bears_it() -> None:
    assert problem_with("haoxiongdi7") is None
    assert problem_with("haoxiongdi7", ("haoxiongdi",)) == REASONS["name"]


def test_a_short_name_of_letters_does_not_spoil_a_password() -> None:
    assert problem_with("Tg7#likv2Lq9", ("li", "")) is None


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_gets_an_answer_that_does_not_repeat_it(password: str, names: list[str]) -> None:
    told = problem_with(password, names)
    assert told is None or told in {SHORT, FEW_WORDS, *REASONS.values()}


def test_every_refusal_says_what_to_do() -> None:
    told = [SHORT, FEW_WORDS, *REASONS.values()]
    assert [one for one in told if not ("请" in one and "五个词" in one and one.endswith("。"))] == []


def test_every_phrase_the_program_gives_is_taken() -> None:
    phrases = [new_phrase() for _ in range(200)]
    typed = [spelling for one in phrases for spelling in (one.typed, "".join(one.pinyin), "".join(one.words))]
    assert [one for one in typed if problem_with(one, NAMES)] == []


def test_strength_is_said_while_it_is_typed() -> None:
    typed = (
        "",
        "Tg7#nv",
        "Tg7#nv2Lq9",
        "Tg7#nv2Lq9xK4m",
        "chuntian gaoshan liushui mifeng taiyang",
        "linxiaoyun88",
    )
    assert [strength(each, NAMES) for each in typed] == [
        "",
        "强度：弱",
        "强度：中",
        "强度：强",
        "强度：强",
        "强度：弱",
    ]


def test_a_book_pasted_by_mistake_is_answered_at_once() -> None:
    assert problem_with("a1" * 20_000) == REASONS["repeat"]
