"""A phrase of some words, each with its pinyin below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from app.services.passwords import Phrase
from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import label


class PhraseBox(QFrame):
    taken = Signal()
    another_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", "info")
        self.take = push_button("用这一句", self.taken.emit)
        self.another = push_button("换一句", self.another_wanted.emit, "quiet")
        for button in (self.take, self.another):
            button.setAutoDefault(False)
        self._words = QGridLayout()
        self._words.setHorizontalSpacing(10)
        self._words.setVerticalSpacing(0)
        foot = QHBoxLayout()
        foot.addWidget(self.take)
        foot.addWidget(self.another)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(self._words)
        column.addWidget(
            label("心里编个小故事，把几个词串起来。平时打拼音就行，空不空格都可以。", "small", wrap=True)
        )
        column.addLayout(foot)

    def show_phrase(self, phrase: Phrase) -> None:
        while item := self._words.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for place, (word, pinyin) in enumerate(zip(phrase.words, phrase.pinyin, strict=True)):
            for row, shown in enumerate((label(word, "section"), label(pinyin, "small"))):
                shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                self._words.addWidget(shown, row, place)
        self.show()
