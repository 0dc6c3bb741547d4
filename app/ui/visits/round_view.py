"""Visits to many people at once: who, what they share, and each person's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.errors import InvalidError, UserError
from app.fields.amounts import yuan
from app.ui.forms.people_picker import PeoplePicker
from app.ui.forms.record_form import RecordForm
from app.ui.forms.visit_round import VisitRound
from app.ui.icons import icon
from app.ui.tables.entry_grid import EntryGrid
from app.ui.tables.grid_tools import GridTools
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.step_columns import StepColumns
from app.ui.widgets.words import label

WHO, HOW = 0, 1
PICKER_WIDTH, ROOMY = 310, 980
FORM_MARGIN = 16
"""Of a RecordForm; a column has none of its own."""


class RoundView(QWidget):
    """Shows a VisitRound; asks the page to save it or to go back."""

    save_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, visits: VisitRound) -> None:
        super().__init__()
        self._round = visits
        self.header = PageHeader("给多人记走访", "每人记一次，一起保存")
        self.header.add(push_button("返回台账", self.back_wanted.emit, icon=icon("back")))
        self.picker = PeoplePicker(visits.choice)
        self.form = RecordForm(visits.state, titles=False)
        self.grid = EntryGrid(visits.grid)
        self.tools = GridTools(self.grid)
        self.empty = EmptyState("在左边勾选走访过的人，每人一行列在这里。")
        self.banner = Banner()
        self.sums = label("", "quiet")
        self.save = push_button("保存", self.save_wanted.emit, "primary")
        self.save.setToolTip("保存（Ctrl+S）")
        self._lay_out()
        for mended in (self.form.typed, self.picker.changed, self.grid.edited):
            mended.connect(self.banner.hide)
        self.picker.changed.connect(self._take_people)
        self.grid.edited.connect(self._show_sums)
        self.grid.said.connect(lambda sentence: self.banner.say("info", sentence))
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save_wanted)
        self._show_sums()

    def refuse(self, error: UserError) -> None:
        """Says what has to be mended; everything typed stays."""
        self.banner.say("error", str(error))
        field = error.problems[0].field if isinstance(error, InvalidError) else "people"
        self.steps.go_to(WHO if field == "people" else HOW)
        if not self.form.go_to(field):
            self.grid.go_to_problem()

    def _lay_out(self) -> None:
        self._places = QStackedLayout()
        self._places.addWidget(self.grid)
        self._places.addWidget(self.empty)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(self.tools)
        column.addLayout(self._places, 1)
        self.form.setContentsMargins(-FORM_MARGIN, -FORM_MARGIN // 2, -FORM_MARGIN, -FORM_MARGIN // 2)
        foot = QHBoxLayout()
        foot.addWidget(self.sums, 1)
        foot.addWidget(push_button("取消", self.back_wanted.emit))
        foot.addWidget(self.save)
        self.steps = StepColumns([("走访了谁", self.picker, PICKER_WIDTH), ("怎样走访的", right, 0)], ROOMY)
        desk = QVBoxLayout()
        desk.setContentsMargins(16, 0, 16, 12)
        desk.setSpacing(8)
        desk.addWidget(self.steps, 1)
        desk.addWidget(self.banner)
        desk.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addLayout(desk, 1)

    def _take_people(self) -> None:
        self._round.refresh()
        self.grid.renew()
        self._show_sums()

    def _show_sums(self) -> None:
        people = len(self._round.grid.lines)
        self._places.setCurrentIndex(0 if people else 1)
        self.sums.setText(f"{people} 人 · 慰问金合计 {yuan(self._round.money)} 元")
        self.save.setText(f"保存 {people} 条" if people else "保存")
