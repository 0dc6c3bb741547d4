"""How a file goes from 未核 to 结清: every step that a person may take, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.fields.acts import ACTS, Right
from app.fields.codes import code_table

State = Literal["new", "checked", "approved", "reported", "changed", "returned", "settled"]
STATES: tuple[State, ...] = ("new", "checked", "approved", "reported", "changed", "returned", "settled")
OPEN: frozenset[State] = frozenset({"new", "changed", "returned"})
"""The preparer's turn; `checked` is the reviewer's."""


@dataclass(frozen=True)
class Move:
    """One step by hand; `act` is its name in the log, and says whose right it is."""

    act: str
    sources: tuple[State, ...]
    target: State
    verb: str
    done: str
    """'3 份档案' + this."""
    remark_required: bool = False

    @property
    def right(self) -> Right:
        return ACTS[self.act].right


_ALL = (
    Move("review_check", ("new", "changed", "returned"), "checked", "核对无误", "已核对"),
    Move("review_approve", ("checked",), "approved", "审核通过", "审核通过"),
    Move("review_report", ("approved",), "reported", "记为已报", "记为已报"),
    Move("review_settle", ("reported",), "settled", "结清", "已结清"),
    Move(
        "review_return",
        ("checked", "approved", "reported", "settled"),
        "returned",
        "退回更正",
        "退回更正",
        remark_required=True,
    ),
    Move(
        "review_query",
        ("reported", "changed", "settled"),
        "returned",
        "记县里意见",
        "记下县里的意见，待更正",
        remark_required=True,
    ),
)
MOVES: Mapping[str, Move] = {move.act: move for move in _ALL}
BACK = "review_back"
"""Takes the last of these steps back; what follows by itself is not taken back."""
FALLS_TO: Mapping[State, State] = {
    "checked": "new",
    "approved": "new",
    "reported": "changed",
    "settled": "changed",
}
"""What a changed file becomes by itself (`models/review_guards.py`)."""
BY_BUNDLE: tuple[State, State] = ("approved", "reported")
"""What a written bundle makes of it by itself."""


def word_of(state: str) -> str:
    """'未核', '已核' …"""
    return code_table("review_state").label(state)


def moves_from(state: str) -> list[Move]:
    """In the order they are offered."""
    return [move for move in _ALL if state in move.sources]
