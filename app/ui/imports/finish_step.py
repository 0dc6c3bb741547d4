"""Step four of taking a file in: what came of it, with figures that add up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.import_preview import Kind
from app.ui.forms.import_state import Outcome
from app.ui.rights import needs
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import BigNumber, Look, label

WHERE: dict[Kind, tuple[str, str]] = {
    "cadres": ("roster", "看花名册"),
    "visits": ("visits", "看走访台账"),
    "payments": ("payments", "看发放"),
}
"""The page that shows what was taken in, and the words on the button."""


class FinishStep(QWidget):
    page_wanted = Signal(str)
    again = Signal()
    doubts_wanted = Signal()
    """The rows that wait are to be decided now."""
    failed_wanted = Signal()
    """The rows that were not taken are wanted as a workbook."""

    def __init__(self) -> None:
        super().__init__()
        self._key = "roster"
        self.done = Banner()
        self.sum = label("", "quiet", wrap=True)
        self.figures = {
            name: BigNumber(caption, unit="行")
            for name, caption in (
                ("new", "新增"),
                ("changed", "变化"),
                ("same", "相同，没有动"),
                ("added", "待定，已照您定的写入"),
                ("left", "没有导入"),
            )
        }
        self.go = push_button("", lambda: self.page_wanted.emit(self._key), "primary")
        self.more = push_button("再导入一个文件", self.again.emit)
        self.failed = push_button("没有导入的存成表…", self.failed_wanted.emit)
        self.failed.setToolTip("照原来的表留下这些行，加一列“没有导入的原因”；改好了再导入")
        needs("export", self.failed)
        self.decide = push_button("", self.doubts_wanted.emit, "primary")
        self._lay_out()

    def show_outcome(self, file: str, outcome: Outcome) -> None:
        counts = outcome.counts
        left = outcome.left_out + outcome.undecided
        numbers = {
            "new": counts.new,
            "changed": counts.changed,
            "same": counts.same,
            "added": outcome.added,
            "left": left,
        }
        for name, number in numbers.items():
            look: Look = "number"
            self.figures[name].set_number(str(number), look)
        told = " ＋ ".join(
            f"{word} {numbers[name]}"
            for name, word in (
                ("new", "新增"),
                ("changed", "变化"),
                ("same", "相同"),
                ("added", "待定写入"),
                ("left", "没有导入"),
            )
        )
        self.sum.setText(f"读到 {counts.read} 行 ＝ {told}")
        self.done.say("ok", _sentence(file, counts.applied, outcome))
        self._key, words = WHERE[outcome.kind]
        self.go.setText(words)
        self.failed.setVisible(left > 0)
        self.decide.setText(f"定下待定的 {outcome.undecided} 行")
        self.decide.setVisible(outcome.undecided > 0)
        set_look(self.go, look="" if outcome.undecided else "primary")

    def take_focus(self) -> None:
        (self.go if self.decide.isHidden() else self.decide).setFocus()

    def _lay_out(self) -> None:
        card = Card("这次导入")
        figures = QHBoxLayout()
        figures.setSpacing(24)
        for figure in self.figures.values():
            figure.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            figure.setCursor(Qt.CursorShape.ArrowCursor)
            figures.addWidget(figure)
        card.add(figures)
        card.add(self.sum)
        buttons = QHBoxLayout()
        buttons.addWidget(self.failed)
        buttons.addStretch(1)
        buttons.addWidget(self.more)
        buttons.addWidget(self.go)
        buttons.addWidget(self.decide)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.done)
        column.addWidget(card)
        column.addLayout(buttons)
        column.addStretch(1)


def _sentence(file: str, applied: int, outcome: Outcome) -> str:
    said = (
        f"“{file}”导入好了，写入 {applied} 行。" if applied else f"“{file}”里没有要写入的内容，什么也没有动。"
    )
    if outcome.undecided:
        said += f"还有 {outcome.undecided} 行没有定，留在“待定”里：现在定、明天定、换个人定都行。"
    return said
