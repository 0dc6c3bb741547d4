"""The steps of the review as data: they fit together, and each has a way to be reached."""

from __future__ import annotations

import pytest

from app.fields.acts import ACTS
from app.fields.codes import code_table
from app.fields.review_states import BACK, BY_BUNDLE, FALLS_TO, MOVES, STATES, moves_from, word_of


def test_every_state_has_its_word() -> None:
    assert [word_of(state) for state in STATES] == [
        "未核", "已核", "已审", "已报", "改后未报", "待更正", "结清",
    ]  # fmt: skip
    assert [item.code for item in code_table("review_state").items] == list(STATES)


def test_every_step_is_an_act_of_the_log_with_its_right() -> None:
    assert {act: move.right for act, move in MOVES.items()} == {
        "review_check": "edit",
        "review_approve": "review",
        "review_report": "edit",
        "review_settle": "edit",
        "review_return": "review",
        "review_query": "edit",
    }
    assert BACK in ACTS


def test_a_file_is_approved_only_after_it_was_checked() -> None:
    assert MOVES["review_approve"].sources == ("checked",)
    assert [move.act for move in MOVES.values() if move.target == "approved"] == ["review_approve"]


def test_only_sending_back_and_the_county_want_a_remark() -> None:
    assert {act for act, move in MOVES.items() if move.remark_required} == {"review_return", "review_query"}


def test_no_step_leads_where_the_file_is_already() -> None:
    assert all(move.target not in move.sources for move in MOVES.values())


def test_every_state_is_reached_and_left() -> None:
    reached = {move.target for move in MOVES.values()} | set(FALLS_TO.values()) | {BY_BUNDLE[1]}
    assert reached == set(STATES)
    assert all(moves_from(state) for state in STATES)


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("new", ["review_check"]),
        ("checked", ["review_approve", "review_return"]),
        ("approved", ["review_report", "review_return"]),
        ("reported", ["review_settle", "review_return", "review_query"]),
        ("changed", ["review_check", "review_query"]),
        ("returned", ["review_check"]),
        ("settled", ["review_return", "review_query"]),
    ],
)
def test_what_is_offered_where(state: str, offered: list[str]) -> None:
    assert [move.act for move in moves_from(state)] == offered
