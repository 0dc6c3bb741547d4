"""The pairs that wait to be looked at, the surest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.services.duplicate_evidence import Pair
from app.services.look_alikes import LIKELY, SURE
from app.ui.tables.text_table import Line, TextTable

HEADINGS, WIDTHS = ("把握", "谁", "为什么"), (74, 120)


class PairList(TextTable):
    entered = Signal()
    """Enter or →: on to the two files themselves."""

    def __init__(self) -> None:
        super().__init__(HEADINGS, WIDTHS)
        self.setObjectName("pairs")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.opened.connect(lambda _: self.entered.emit())

    def show_pairs(self, pairs: Sequence[Pair], place: int) -> None:
        self.show_lines([_line(pair) for pair in pairs])
        if pairs:
            self.go_to(min(place, len(pairs) - 1))

    def place_of(self, uids: tuple[str, str]) -> int | None:
        found = (place for place, line in enumerate(self.texts.lines) if set(line.key.uids) == set(uids))
        return next(found, None)

    @property
    def pairs(self) -> list[Pair]:
        return [line.key for line in self.texts.lines]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _line(pair: Pair) -> Line:
    names = pair.one.name if pair.one.name == pair.other.name else f"{pair.one.name}、{pair.other.name}"
    tone = "seal" if pair.certainty >= SURE else "dusk" if pair.certainty >= LIKELY else "quiet"
    return Line(pair, (pair.how_sure if pair.certainty else "自选", names, pair.reason), {0: tone})
