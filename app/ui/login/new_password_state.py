"""A new password typed twice, or a phrase that is offered; no Qt here."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.passwords import WEAK, Phrase, new_phrase, problem_with, same, spelled, strength

DIFFERENT = "两次输入的不一样，请照着上面再打一遍。"
AGAIN = "请再打一遍，免得打错了自己不知道。"
RULE = "至少 10 个字，别用生日、电话、证件号。几个词连起来最好记。"


class NewPasswordState:
    def __init__(self, names: Iterable[str] = ()) -> None:
        """`names` are those that must not be the password."""
        self.names = [name for name in names if name]
        self.first = self.second = ""
        self.phrase: Phrase | None = None

    def offer(self) -> Phrase:
        """Another phrase each time."""
        self.phrase = new_phrase()
        return self.phrase

    def take_phrase(self) -> str:
        """The offered phrase becomes the first of the two; typing it again is how it is learnt."""
        assert self.phrase is not None, "a phrase is taken after it was offered"
        self.first, self.second = " ".join(self.phrase.words), ""
        return self.first

    @property
    def strength(self) -> str:
        """In words, while it is typed; '' for nothing yet."""
        told = strength(self.first, self.names)
        return f"{told}。{RULE}" if told == WEAK else told

    @property
    def is_good(self) -> bool:
        """As far as can be told at every key."""
        return bool(self.first) and strength(self.first, self.names) != WEAK

    @property
    def first_problem(self) -> str:
        return problem_with(self.first, spelled(self.names)) or ""

    @property
    def second_problem(self) -> str:
        if not self.second:
            return AGAIN
        return "" if same(self.first, self.second) else DIFFERENT

    @property
    def password(self) -> str:
        """What is to be kept; '' until both are right."""
        return "" if self.first_problem or self.second_problem else self.first
