"""已核实: the warnings that were looked into, by whom and why; each can be taken back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.services.acceptances import Accepted
from app.services.check_groups import rule_title
from app.ui.rights import needs
from app.ui.tables.text_table import Line, TextTable
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.words import label

HEADINGS = ("姓名", "规则", "项目", "核实的情况", "谁", "什么时候")
WIDTHS = (90, 190, 130, 380, 90)
EMPTY = "还没有核实过的提醒。核实过、没有错的提醒会列在这里，可以撤回。"


class AcceptedList(QWidget):
    withdraw_wanted = Signal(str)
    open_wanted = Signal(str)
    """The uid of the person."""

    def __init__(self) -> None:
        super().__init__()
        self.table = TextTable(HEADINGS, WIDTHS)
        self.withdraw = push_button("撤回，重新提示", self._withdraw)
        self.open_button = push_button("看档案", self._open)
        needs("edit", self.withdraw)
        self.empty = EmptyState(EMPTY)
        self._lay_out()

    def show_accepted(self, accepted: list[Accepted]) -> None:
        place = self.table.place
        self.table.show_lines([_line(each) for each in accepted])
        if accepted:
            self.table.go_to(min(max(place, 0), len(accepted) - 1))
        self._place.setCurrentIndex(0 if accepted else 1)

    def _withdraw(self) -> None:
        if self.table.key:
            self.withdraw_wanted.emit(self.table.key.uid)

    def _open(self) -> None:
        if self.table.key and self.table.key.cadre_uid:
            self.open_wanted.emit(self.table.key.cadre_uid)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(label("涉及的内容一改，提示会自己再出来。", "quiet"))
        foot.addStretch()
        foot.addWidget(self.open_button)
        foot.addWidget(self.withdraw)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self._place = QStackedLayout(self)
        self._place.addWidget(full)
        self._place.addWidget(self.empty)


def _line(each: Accepted) -> Line:
    when = each.at[:16].replace("T", " ")
    texts = (each.name, f"{each.rule} {rule_title(each.rule)}", each.label, each.reason, each.by, when)
    return Line(each, texts, {1: "quiet", 4: "quiet", 5: "quiet"})
