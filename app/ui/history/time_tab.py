"""时间线 of the file in front: everything dated, one column, the newest at the head."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.services.time_line import KINDS, Moment, TimeLine
from app.ui.icons import icon
from app.ui.tables.text_table import Line, TextTable
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.words import label

HEADINGS = ("时间", "类别", "事情", "内容")
WIDTHS = (96, 60, 150)


class TimeTab(QWidget):
    def __init__(self, time_line: TimeLine) -> None:
        super().__init__()
        self._time_line = time_line
        self.moments: list[Moment] = []
        self.kind = QComboBox()
        self.kind.setAccessibleName("只看哪一类")
        self.note = label("", "quiet")
        self.table = TextTable(HEADINGS, WIDTHS)
        self.table.setObjectName("time_line")
        self.empty = EmptyState("还没有带日期的内容。", icon=icon("calendar", "quiet"), weight="")
        self._stack = QStackedWidget()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kind)
        head.addWidget(self.note, 1)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.kind.activated.connect(lambda _: self._show())

    def show_person(self, uid: str | None) -> None:
        self.moments = self._time_line.of(uid) if uid else []
        kept = self.kind.currentData()
        counts = Counter(moment.kind for moment in self.moments)
        self.kind.clear()
        self.kind.addItem(f"全部（{len(self.moments)}）", "")
        for kind in KINDS:
            if counts[kind]:
                self.kind.addItem(f"{kind}（{counts[kind]}）", kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(kept)))
        self._show()

    def _show(self) -> None:
        kind = self.kind.currentData()
        shown = [moment for moment in self.moments if not kind or moment.kind == kind]
        self.table.show_lines(
            [Line(place, (one.day, one.kind, one.title, one.text)) for place, one in enumerate(shown)]
        )
        self._stack.setCurrentIndex(0 if shown else 1)
