"""The state of a file as a coloured word; on the head of a file it can be pressed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from app.fields.review_states import word_of
from app.ui.widgets.tag import Level, Tag

LEVELS: Mapping[str, Level] = {
    "new": "quiet",
    "checked": "info",
    "approved": "ok",
    "reported": "ok",
    "changed": "warning",
    "returned": "error",
    "settled": "ok",
}
SIGNS: Mapping[str, str] = {
    "new": "○",
    "checked": "◐",
    "approved": "●",
    "reported": "✓",
    "changed": "!",
    "returned": "×",
    "settled": "✓",
}
"""State is never colour alone."""


def signed_word(state: str) -> str:
    """'◐ 已核'."""
    return f"{SIGNS.get(state, '')} {word_of(state)}".strip()


class StateTag(Tag):
    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_state(self, state: str, hint: str = "") -> None:
        self.set_tag(signed_word(state), LEVELS.get(state, "quiet"))
        self.setToolTip(f"{hint}\n点一下去核对审核".strip())
        self.setAccessibleName(f"核对状态 {word_of(state)}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
