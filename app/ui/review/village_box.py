"""Which village, or all of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

EVERYWHERE = "全部村（社区）"


class VillageBox(QComboBox):
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("村（社区）")
        self.setMinimumWidth(160)
        self.addItem(EVERYWHERE, "")
        self.activated.connect(lambda _: self.chosen.emit())

    @property
    def village(self) -> str:
        """'' is all of them."""
        return str(self.currentData() or "")

    def choose(self, village: str) -> None:
        """Without telling; an unknown one is all."""
        self.setCurrentIndex(max(0, self.findData(village)))

    def offer(self, villages: Iterable[str]) -> None:
        before, wanted = self.village, sorted(set(villages) - {""})
        if [self.itemData(place) for place in range(1, self.count())] != wanted:
            self.clear()
            self.addItem(EVERYWHERE, "")
            for village in wanted:
                self.addItem(village, village)
            self.choose(before)
