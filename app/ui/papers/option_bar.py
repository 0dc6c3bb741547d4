"""What a paper asks before it is made; only the questions that matter to it are shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from app.ui import theme
from app.ui.forms.period_field import PeriodField
from app.ui.papers.kinds import AS_BOOK, AS_PDF, BOOK, EACH
from app.ui.papers.papers_state import PapersState
from app.ui.widgets.buttons import push_button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

ROWS = (None, 5, 8, 10, 12, 15)
EVERYBODY, CHOSEN = "all", "chosen"


class OptionBar(QWidget):
    """Reads and writes a PapersState."""

    changed = Signal()
    choose_wanted = Signal()

    def __init__(self, state: PapersState) -> None:
        super().__init__()
        self._state = state
        self.people = Segments([(EVERYBODY, "全部人员"), (CHOSEN, "选定的人")])
        self.who = push_button("", self.choose_wanted.emit, "link")
        self.period = PeriodField(state.years(), state.period, with_all=True)
        self.batch = QComboBox()
        self.batch.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.batch.setAccessibleName("发放批次")
        self.layout_of_forms = Segments([(EACH, "一人一份"), (BOOK, "合订一册")])
        self.file = Segments([(AS_PDF, "PDF"), (AS_BOOK, "Excel")])
        self.masked = QCheckBox("号码不印全")
        self.masked.setToolTip("身份证号、银行卡号只印后四位，手机号印成 138****1234")
        self.photos = QCheckBox("附照片")
        self.two_sided = QCheckBox("双面")
        self.two_sided.setToolTip("装订边左右交替，供双面打印")
        self.rows = QComboBox()
        self.rows.setAccessibleName("每页行数")
        for count in ROWS:
            self.rows.addItem(f"{count} 行" if count else "排满", count)
        self._groups = {
            "people": _group("人员", self.people, self.who),
            "period": _group("期间", self.period),
            "batch": _group("批次", self.batch),
            "layout": _group("装订", self.layout_of_forms),
            "file": _group("格式", self.file),
            "masked": _group("", self.masked),
            "photos": _group("", self.photos),
            "two_sided": _group("", self.two_sided),
            "rows": _group("每页", self.rows),
        }
        line = FlowLayout(self, spacing=16)
        for group in self._groups.values():
            line.addWidget(group)
        self._connect()
        self.renew()

    def renew(self) -> None:
        """Shows the state, with the years and batches there are now."""
        state = self._state
        for option, group in self._groups.items():
            group.setVisible(option in state.kind.options)
        state.settle_batch()
        self.period.offer_years(state.years())
        self.period.set_period(state.period)
        self._offer_batches()
        self.people.choose(EVERYBODY if state.uids is None else CHOSEN)
        self.who.setVisible(state.uids is not None)
        self.who.setText(f"{len(state.uids or ())} 人，改选…")
        self.layout_of_forms.choose(state.layout)
        self.file.choose(state.file)
        self.masked.setChecked(state.masked)
        self.photos.setChecked(state.photos)
        self.two_sided.setChecked(state.two_sided)
        self.rows.setCurrentIndex(ROWS.index(state.rows))
        self.updateGeometry()

    def _connect(self) -> None:
        self.people.chosen.connect(self._choose_people)
        self.period.changed.connect(lambda period: self._set("period", period))
        self.batch.activated.connect(lambda: self._set("batch", self.batch.currentData()))
        self.layout_of_forms.chosen.connect(lambda layout: self._set("layout", layout))
        self.file.chosen.connect(lambda file: self._set("file", file))
        self.masked.clicked.connect(lambda on: self._set("masked", on))
        self.photos.clicked.connect(lambda on: self._set("photos", on))
        self.two_sided.clicked.connect(lambda on: self._set("two_sided", on))
        self.rows.activated.connect(lambda place: self._set("rows", ROWS[place]))

    def _choose_people(self, whom: str) -> None:
        if whom == EVERYBODY:
            self._set("uids", None)
            return
        self.people.choose(EVERYBODY if self._state.uids is None else CHOSEN)
        self.choose_wanted.emit()

    def _set(self, name: str, value: object) -> None:
        setattr(self._state, name, value)
        self.renew()
        self.changed.emit()

    def _offer_batches(self) -> None:
        self.batch.clear()
        for uid, words in self._state.batches():
            self.batch.addItem(words, uid)
        self.batch.setCurrentIndex(self.batch.findData(self._state.batch))


def _group(title: str, *widgets: QWidget) -> QWidget:
    group = QWidget()
    line = QHBoxLayout(group)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    group.setMinimumHeight(theme.size("row") + 4)
    if title:
        line.addWidget(label(title, "quiet"))
    for widget in widgets:
        line.addWidget(widget)
    return group
