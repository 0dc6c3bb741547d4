"""Something to know before going on, and the ways there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.ui.login.stage import Sheet
from app.ui.widgets.buttons import push_button

Way = tuple[str, Callable[[], object]]
"""(what the button says, what it does); the first is the ready one."""


class SentenceSheet(Sheet):
    def __init__(self, title: str, sentence: str, ways: Sequence[Way]) -> None:
        super().__init__(title, sentence)
        self.ways = [
            push_button(word, act, "" if place else "primary") for place, (word, act) in enumerate(ways)
        ]
        for button in self.ways:
            self.body.addWidget(button)

    def take_focus(self) -> None:
        self.ways[0].setFocus()
