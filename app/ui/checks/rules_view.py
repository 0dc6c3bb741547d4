"""体检规则: how grave each rule is for this office, or that it is left out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.rule_switches import DEFAULT, SEVERITIES, RuleLine, RuleSwitches
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.rights import needs
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.words import label

ABOUT = (
    "错误要改正才能审定；提醒可以改，也可以核实后写明原因；提示只供参考；不查的不再出现。"
    "改动马上生效，记入操作日志。"
)
CODE_WIDTH, BOX_WIDTH = 52, 190


class SeverityBox(QComboBox):
    """Scrolling the page must not switch a rule on the way."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class RulesView(QWidget):
    def __init__(self, switches: RuleSwitches, changes: Changes) -> None:
        super().__init__()
        self._switches, self._changes = switches, changes
        self.boxes: dict[str, SeverityBox] = {}
        self.banner = Banner()
        self.restore = push_button("恢复默认", self._ask_restore)
        needs("settings", self.restore)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        lines = self._switches.lines()
        switched = sum(line.severity != DEFAULT for line in lines)
        for line in lines:
            box = self.boxes[line.rule.code]
            before = box.blockSignals(True)
            box.setCurrentIndex(box.findData(line.severity))
            box.blockSignals(before)
        self.restore.setEnabled(bool(switched))
        self.note.setText(f"共 {len(lines)} 条" + (f"，改过 {switched} 条" if switched else "，都按默认"))

    def _put(self, code: str, _place: int) -> None:
        try:
            self._changes.tell(self._switches.put(code, self.boxes[code].currentData()))
        except UserError as error:
            self.banner.say("error", str(error))
        self.refresh()

    def _ask_restore(self) -> None:
        ask.confirm(self, "把改过的规则都恢复为默认？", "恢复默认", self._restore)

    def _restore(self) -> None:
        self._changes.tell(self._switches.restore())
        self.refresh()

    def _lay_out(self) -> None:
        self.note = label("", "quiet")
        top = QHBoxLayout()
        top.addWidget(label(ABOUT, "quiet", wrap=True), 1)
        top.addWidget(self.note)
        top.addWidget(self.restore)
        ground = QWidget()
        ground.setProperty("look", "ground")
        cards = QVBoxLayout(ground)
        cards.setContentsMargins(0, 0, 8, 0)
        cards.setSpacing(12)
        lines = self._switches.lines()
        for group in dict.fromkeys(line.rule.group for line in lines):
            cards.addWidget(self._card(group, [line for line in lines if line.rule.group == group]))
        cards.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(ground)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(scroll, 1)

    def _card(self, group: str, lines: list[RuleLine]) -> Card:
        card, grid = Card(group), QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(lines):
            code = label(line.rule.code, "quiet")
            code.setFixedWidth(CODE_WIDTH)
            grid.addWidget(code, row, 0)
            grid.addWidget(label(line.rule.title, wrap=True), row, 1)
            grid.addWidget(self._box(line), row, 2)
        card.add(grid)
        return card

    def _box(self, line: RuleLine) -> SeverityBox:
        box = SeverityBox()
        box.setMinimumWidth(BOX_WIDTH)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setAccessibleName(f"{line.rule.code} {line.rule.title}")
        box.addItem(f"默认（{line.default}）", DEFAULT)
        for severity, word in SEVERITIES.items():
            box.addItem(word, severity)
        box.currentIndexChanged.connect(partial(self._put, line.rule.code))
        needs("settings", box)
        self.boxes[line.rule.code] = box
        return box
