"""A word in a coloured field."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QLabel, QWidget

from app.ui.widgets.looks import set_look

Level = Literal["quiet", "ok", "info", "warning", "error"]


class Tag(QLabel):
    """The word carries the meaning, the colour only helps."""

    def __init__(self, text: str, level: Level = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("tag", level)

    def set_tag(self, text: str, level: Level) -> None:
        self.setText(text)
        set_look(self, tag=level)
