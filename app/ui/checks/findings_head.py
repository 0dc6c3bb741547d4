"""How the township stands: completeness, counts, the last run; and by what the findings are narrowed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.services.check_groups import By, Wanted
from app.services.data_check import CheckResult
from app.ui.checks.severities import SEVERITIES
from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.widgets.buttons import push_button, tool_button
from app.ui.widgets.ring import ProgressRing
from app.ui.widgets.segments import Segments
from app.ui.widgets.tag import Tag
from app.ui.widgets.words import label

RING = 48
ACCEPTED = "accepted"
EVERYWHERE = "全部村（社区）"
VIEWS = (("rule", "按规则"), ("person", "按人"), (ACCEPTED, "已核实"))


class FindingsHead(QWidget):
    narrowed = Signal()
    """Another view, village or severity was chosen."""
    again_wanted = Signal()
    gaps_wanted = Signal()
    ring_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ring = ProgressRing(RING)
        self.summary = label("", "section")
        self.when = label("正在体检……", "quiet")
        self.tags = {key: Tag("", each.level) for key, each in SEVERITIES.items()}
        self.again = tool_button(icon("refresh"), "重新体检", self.again_wanted.emit, keys="F5")
        self.gaps = push_button("缺项清单", self.gaps_wanted.emit, icon=icon("print"))
        needs("export", self.gaps)
        self.view = Segments(VIEWS)
        self.village = QComboBox()
        self.village.setAccessibleName("村（社区）")
        self.village.addItem(EVERYWHERE, "")
        self.severity = Segments([("", "全部"), *((key, each.word) for key, each in SEVERITIES.items())])
        self._lay_out()
        self.view.chosen.connect(lambda _: self.narrowed.emit())
        self.severity.chosen.connect(lambda _: self.narrowed.emit())
        self.village.currentIndexChanged.connect(lambda _: self.narrowed.emit())
        self.ring.clicked.connect(self.ring_pressed)

    @property
    def by(self) -> By:
        return "person" if self.view.key == "person" else "rule"

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.village.currentData() or "", self.severity.key)

    def choose(self, view: str, village: int, severity: str) -> None:
        """Without telling."""
        self.view.choose(view)
        self.severity.choose(severity)
        before = self.village.blockSignals(True)
        self.village.setCurrentIndex(village)
        self.village.blockSignals(before)

    def show_filters(self, *, on: bool) -> None:
        for box in (self.village, self.severity):
            box.setVisible(on)

    def show_result(self, result: CheckResult) -> None:
        self._show_villages(result)
        percents = [
            each.completeness.percent
            for each in result.files.values()
            if self.wanted.village in ("", each.village)
        ]
        percent = round(sum(percents) / len(percents)) if percents else 0
        whose = self.wanted.village or "全部档案"
        self.ring.set_percent(percent, f"{whose}平均完整度 {percent}%，点一下按人看缺什么")
        self.summary.setText(f"{whose} {len(percents)} 人，平均完整度 {percent}%")
        for key, tag in self.tags.items():
            count = result.count(key)
            tag.setText(f"{SEVERITIES[key].said} {count}")
            tag.setVisible(bool(count))
        accepted = f"　已核实 {len(result.accepted)} 处" if result.accepted else ""
        at = f"{result.at:%H:%M} 体检" if result.at else ""
        self.when.setText(f"缺项 {len(result.gaps)} 处{accepted}　{at}")

    def _show_villages(self, result: CheckResult) -> None:
        kept = self.village.currentData() or ""
        if [self.village.itemData(n) for n in range(1, self.village.count())] == result.villages:
            return
        before = self.village.blockSignals(True)
        self.village.clear()
        self.village.addItem(EVERYWHERE, "")
        for village in result.villages:
            self.village.addItem(village, village)
        self.village.setCurrentIndex(max(0, self.village.findData(kept)))
        self.village.blockSignals(before)

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.setSpacing(8)
        for tag in self.tags.values():
            counts.addWidget(tag)
        counts.addWidget(self.when)
        counts.addStretch()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.summary)
        words.addLayout(counts)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.ring)
        top.addLayout(words, 1)
        top.addWidget(self.again)
        top.addWidget(self.gaps)
        narrow = QHBoxLayout()
        narrow.setSpacing(12)
        narrow.addWidget(self.view)
        narrow.addWidget(self.village)
        narrow.addWidget(self.severity)
        narrow.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(narrow)
