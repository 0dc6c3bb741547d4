"""Which files stand in the queue, and whose turn it is; no Qt here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.fields.review_states import word_of
from app.services.review_rows import QueueLine
from app.services.reviews import Reviews
from app.ui.rights import May

ALL = ""
ORDER = ("new", "changed", "returned", "checked", "approved", "reported", "settled", ALL)
EMPTY = "花名册还是空的。先导入花名册，再在这里一份一份地核对、审核。"


class QueueState:
    """`state` and `village` narrow it; ALL leaves a condition out."""

    def __init__(self, reviews: Reviews) -> None:
        self._reviews = reviews
        self.may: May = lambda _: True
        self.state = self.village = ALL
        self.everybody: Sequence[QueueLine] = ()

    def renew(self) -> None:
        self.everybody = self._reviews.queue()

    @property
    def lines(self) -> list[QueueLine]:
        return [each for each in self._here if self.state in (ALL, each.state)]

    @property
    def words(self) -> Mapping[str, str]:
        """What stands on each segment."""
        counts = Counter(each.state for each in self._here)
        told = {state: f"{word_of(state)} {counts[state]}" for state in ORDER if counts[state]}
        plain = {state: word_of(state) for state in ORDER if state}
        return {**plain, **told, ALL: f"全部 {len(self._here)}"}

    @property
    def turn(self) -> str:
        """The first state in which something waits for whoever sits here; ALL where nothing does."""
        kept = {each.state for each in self.everybody}
        turns = ["checked"] if self.may("review") else []
        turns += ["new", "changed", "returned"] if self.may("edit") else []
        return next((state for state in turns if state in kept), ALL)

    @property
    def empty_words(self) -> tuple[str, str]:
        """What is said where nobody stands, and the verb that leads on; '' where nothing more waits."""
        if not self.everybody:
            return EMPTY, ""
        what = f"“{word_of(self.state)}”的" if self.state else ""
        on = self.turn if self.turn != self.state else ALL
        return f"{self.village or '这里'}没有{what}档案了。", f"看“{word_of(on)}”的" if on else ""

    def place_of(self, uid: str, otherwise: int) -> int:
        return next((place for place, each in enumerate(self.lines) if each.uid == uid), otherwise)

    def name_of(self, uid: str) -> str:
        return next((each.name for each in self.everybody if each.uid == uid), "")

    @property
    def _here(self) -> list[QueueLine]:
        return [each for each in self.everybody if self.village in (ALL, each.village)]
