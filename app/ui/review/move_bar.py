"""What can be done with the file in front: a remark, the buttons of its state, the keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.fields.review_states import BACK, MOVES
from app.ui.rights import May
from app.ui.widgets.buttons import Weight, push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

SIGNING = ("review_check", "review_approve")
"""What Enter does, whichever it is; the other steps want the mouse or their own key."""
SEVERAL = frozenset({"review_check", "review_report", "review_settle"})
"""An approval stands for a file that was read: one at a time."""
SENDING_BACK = ("review_return", "review_query")
KEYS: Mapping[str, str] = {
    "review_check": "Ctrl+Enter",
    "review_approve": "Ctrl+Enter",
    "review_return": "Ctrl+R",
    "review_query": "Ctrl+R",
    BACK: "Ctrl+U",
}
ORDER = ("review_query", "review_return", "review_report", "review_settle", *SIGNING)
FOOT = "↑ ↓ 换一份　空格 往下看　Enter 核对无误、审核通过　Ctrl+R 退回　Ctrl+U 收回　F2 看档案"
NOTHING = "这一步不归您办。"


class MoveBar(QFrame):
    wanted = Signal(str)
    """An act, with `remark` as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self.may: May = lambda _: True
        self.remark = QLineEdit()
        self.remark.setPlaceholderText("说明（退回更正要写原因）")
        self.remark.setMaxLength(500)
        self.remark.setAccessibleName("说明")
        self.buttons = {act: self._button(act, MOVES[act].verb) for act in ORDER}
        self.back = self._button(BACK, "收回")
        self.hint = label("", "small", wrap=True)
        self._lay_out()
        self.show_steps({}, 0)

    def show_steps(self, refusals: Mapping[str, str], count: int) -> None:
        """`refusals` as of `Reviews.look`; with several files only what can be done for several."""
        for act, button in self.buttons.items():
            offered = act in refusals and self.may(MOVES[act].right) and (count == 1 or act in SEVERAL)
            button.setVisible(offered)
            button.setEnabled(offered and (count > 1 or not refusals[act]))
            button.setText(MOVES[act].verb if count < 2 else f"{MOVES[act].verb}（{count} 份）")
        self.back.setVisible(BACK in refusals and not refusals[BACK] and count == 1)
        self._say(refusals, count)

    @property
    def main(self) -> str:
        """The act of Enter; '' where there is none now."""
        return self._first(SIGNING)

    @property
    def sending_back(self) -> str:
        return self._first(SENDING_BACK)

    @property
    def text(self) -> str:
        return self.remark.text().strip()

    def ask_why(self, act: str) -> None:
        """A remark is wanted before the step."""
        self.remark.setFocus()
        self._tell(f"请写明原因，再点“{MOVES[act].verb}”或按 {KEYS[act]}", "warning")

    def _first(self, acts: tuple[str, ...]) -> str:
        return next(
            (act for act in acts if self.buttons[act].isVisibleTo(self) and self.buttons[act].isEnabled()), ""
        )

    def _say(self, refusals: Mapping[str, str], count: int) -> None:
        shown = [act for act, button in self.buttons.items() if button.isVisibleTo(self)]
        reasons = [refusals[act] for act in shown if refusals[act] and count == 1]
        if reasons:
            self._tell(reasons[0], "warning")
        elif refusals and not shown:
            self._tell(_waits(refusals, count), "small")
        else:
            self._tell("", "small")
        self.remark.setEnabled(bool(shown) and count > 0)

    def _tell(self, text: str, look: str) -> None:
        self.hint.setText(text)
        set_look(self.hint, look=look)
        self.hint.setVisible(bool(text))

    def _button(self, act: str, verb: str) -> QPushButton:
        weight: Weight = "primary" if act in SIGNING else "danger" if act in SENDING_BACK else ""
        button = push_button(verb, lambda: self.wanted.emit(act), weight)
        if act in KEYS:
            button.setToolTip(f"{verb}（{KEYS[act]}）")
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.remark, 1)
        for button in (self.back, *self.buttons.values()):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 6)
        column.setSpacing(4)
        column.addWidget(self.hint)
        column.addLayout(line)
        column.addWidget(label(FOOT, "small"))


def _waits(refusals: Mapping[str, str], count: int) -> str:
    """Whose turn it is, where nothing can be done here."""
    if count > 1:
        return "选中了几份，这一步要一份一份地办。"
    if "review_check" in refusals:
        return "等填报人核对以后再审核。"
    if "review_approve" in refusals:
        return "已经核对，等审核人审核。"
    return NOTHING
