"""匹配: beside each person found, what was found besides the name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.fields.kinds import Kind
from app.fields.spec import Field

MATCH = "match"


@dataclass(frozen=True)
class Matched(Kind):
    """The value is the uid; the words are found when the row is seen."""

    reason: Callable[[str], str]

    def format(self, value: str | None) -> str:
        return self.reason(value) if value else ""


def match_field(reason: Callable[[str], str]) -> Field:
    return Field(MATCH, "匹配", Matched(reason), "", help="除了姓名，还在哪里找到了所查的字")
