"""A payment batch in three steps: what, to whom, how much."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import InvalidError, UserError
from app.fields.amounts import in_words, yuan
from app.ui.dialogs.ask import names
from app.ui.forms.payment_draft import OWN, PaymentDraft
from app.ui.forms.people_picker import PeoplePicker
from app.ui.forms.record_form import RecordForm
from app.ui.icons import icon
from app.ui.payments.rates import Rates
from app.ui.tables.entry_grid import EntryGrid
from app.ui.tables.grid_tools import GridTools
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.step_columns import StepColumns
from app.ui.widgets.words import label

WHAT, WHOM, HOW_MUCH = 0, 1, 2
ROOMY = 1040
FORM_MARGIN = 16
"""Of a RecordForm; a column has none of its own."""


class BatchEditor(QWidget):
    """Shows a PaymentDraft; asks the page to save it or to go back."""

    save_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, draft: PaymentDraft) -> None:
        super().__init__()
        self._draft = draft
        self.header = PageHeader("新建发放" if draft.is_new else "修改发放")
        self.header.add(push_button("返回列表", self.back_wanted.emit, icon=icon("back")))
        self.form = RecordForm(draft.state, titles=False)
        self.picker = PeoplePicker(draft.choice, ("village", "kind", "treatment"))
        self.left_out = label("", "small", wrap=True)
        self.rates = Rates(draft)
        self.grid = EntryGrid(draft.grid)
        self.tools = GridTools(self.grid, "逐人的金额可以在下面改，也可以从表格软件里粘贴")
        self.banner = Banner()
        self.sums = label("", "section", wrap=True)
        self.save = push_button("保存", self.save_wanted.emit, "primary")
        self.save.setToolTip("保存（Ctrl+S）")
        self.steps = StepColumns(
            [("发什么", self._what(), 310), ("发给谁", self._whom(), 330), ("发多少", self._how_much(), 0)],
            ROOMY,
        )
        self._lay_out()
        self._connect()
        self._show_state()

    def refuse(self, error: UserError) -> None:
        """Says what has to be mended and goes to its step; everything typed stays."""
        self.banner.say("error", str(error))
        field = error.problems[0].field if isinstance(error, InvalidError) else ""
        if field in self.form.names:
            self.steps.go_to(WHAT)
            self.form.go_to(field)
        elif field in OWN:
            self.steps.go_to(HOW_MUCH)
            self.grid.go_to_problem()
        else:
            self.steps.go_to(WHOM)

    def _what(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        self.form.setContentsMargins(-FORM_MARGIN, -FORM_MARGIN // 2, 0, 0)
        return area

    def _whom(self) -> QWidget:
        return _stacked(self.picker, self.left_out)

    def _how_much(self) -> QWidget:
        return _stacked(self.rates, self.tools, self.grid)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.sums, 1)
        foot.addWidget(push_button("取消", self.back_wanted.emit))
        foot.addWidget(self.save)
        desk = QVBoxLayout()
        desk.setContentsMargins(16, 0, 16, 12)
        desk.setSpacing(8)
        desk.addWidget(self.steps, 1)
        desk.addWidget(self.banner)
        desk.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(desk, 1)

    def _connect(self) -> None:
        for mended in (self.form.typed, self.picker.changed, self.rates.changed, self.grid.edited):
            mended.connect(self.banner.hide)
        self.form.typed.connect(self._take_field)
        self.picker.changed.connect(self._take_people)
        self.rates.changed.connect(self.grid.tell)
        self.grid.edited.connect(self._show_state)
        self.grid.said.connect(lambda sentence: self.banner.say("info", sentence))
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save_wanted)

    def _take_field(self, name: str) -> None:
        if self._draft.follow_title(name):
            self.form.refresh()

    def _take_people(self) -> None:
        self._draft.refresh()
        self.rates.renew()
        self.grid.renew()
        self._show_state()

    def _show_state(self) -> None:
        total = self._draft.total
        self.sums.setText(f"{len(self._draft.grid.lines)} 人 · {yuan(total)} 元 · 人民币{in_words(total)}")
        left_out = self._draft.left_out
        self.left_out.setVisible(bool(left_out))
        self.left_out.setText(f"已去世的没有列入：{names([person.name for person in left_out])}")


def _stacked(*parts: QWidget) -> QWidget:
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    return place
