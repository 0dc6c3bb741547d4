"""The visit ledger: narrowed by year, kind, people and words; its sum line opens the names."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QStackedLayout, QVBoxLayout, QWidget

from app.fields.amounts import yuan
from app.fields.dates import show
from app.services.readings import search_key
from app.services.visit_figures import meetings_by_person, with_money
from app.ui.forms.visit_ledger_state import ALL_YEARS, COLUMNS, VisitLedgerState
from app.ui.icons import icon
from app.ui.tables.record_table import RecordTableModel
from app.ui.tables.record_view import RecordTable
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.figures_line import FiguresLine
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.names_popup import NamesPopup
from app.ui.widgets.search_field import SearchField

WIDTHS = {
    "date": 96,
    "people": 128,
    "kind": 96,
    "leader": 76,
    "staff": 104,
    "situation": 150,
    "money": 88,
    "goods": 104,
    "answer": 110,
}
LEFT_OUT = (
    (960, ()),
    (700, ("staff", "answer")),
    (0, ("staff", "answer", "kind", "leader", "situation", "goods")),
)
"""From how many pixels on which columns are not shown."""
VISITS, MEETINGS, MONEY = "visits", "meetings", "money"


class VisitLedger(QWidget):
    """Shows a VisitLedgerState and asks it for less or more."""

    moved_to = Signal(str)
    new_wanted = Signal()

    def __init__(self, state: VisitLedgerState) -> None:
        super().__init__()
        self._state = state
        self.year = QComboBox()
        self.year.setObjectName("year")
        self.kind = QComboBox()
        self.kind.setObjectName("kind_filter")
        self.search = SearchField("姓名、拼音或内容")
        self.search.setObjectName("visit_search")
        self.search.setMinimumWidth(220)
        self._conditions = QWidget()
        self._chips = FlowLayout(self._conditions)
        self.table = RecordTable(RecordTableModel(state.fields, sort_keys={"people": search_key}))
        self.table.setObjectName("ledger")
        self.figures = FiguresLine([VISITS, MEETINGS, MONEY])
        self.empty = EmptyState("", icon=icon("visit", "quiet"), weight="")
        self.names = NamesPopup(self)
        self._lay_out()
        self._connect()
        self.renew()

    def renew(self) -> None:
        """Reads the visits again; the row stays where it is."""
        self._state.refresh()
        self._offer_years()
        self._offer_kinds()
        self.show_lines()

    def show_lines(self) -> None:
        self.table.show_rows(self._state.rows())
        self._show_condition()
        counted = self._state.figures
        self.figures.show_figures(
            {
                VISITS: f"{counted.visits} 次",
                MEETINGS: f"{counted.meetings} 人次",
                MONEY: f"{yuan(counted.money)} 元",
            }
        )
        self._say_empty()

    def show_only(self, uids: tuple[str, ...]) -> None:
        """The visits of these people in all years."""
        self._state.widen()
        self._state.only, self._state.year = uids, ALL_YEARS
        self._clear_search()
        self.renew()

    def reveal(self, uid: str) -> None:
        """Conditions and year that would hide this visit are let go."""
        if self.table.records.row_of(uid) is None:
            self._state.turn_to_year_of(uid)
            self._widen()

    def go_to(self, uid: str) -> None:
        self.reveal(uid)
        self.table.go_to(uid)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """What the form beside says again goes first when there is little room."""
        left_out = next(names for room, names in LEFT_OUT if self.width() >= room)
        self.table.show_columns(set(COLUMNS) - set(left_out))
        header = self.table.horizontalHeader()
        stretched = "people" if "situation" in left_out else "situation"
        for name in ("people", "situation"):
            mode = header.ResizeMode.Stretch if name == stretched else header.ResizeMode.Interactive
            header.setSectionResizeMode(self.table.records.column_of(name), mode)

    def _lay_out(self) -> None:
        filters = QWidget()
        row = FlowLayout(filters)
        for widget in (self.year, self.kind, self.search, self._conditions):
            row.addWidget(widget)
        self.table.horizontalHeader().setMinimumSectionSize(56)
        self.table.set_widths(WIDTHS)
        self._places = QStackedLayout()
        self._places.addWidget(self.table)
        self._places.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(filters)
        column.addLayout(self._places, 1)
        column.addWidget(self.figures)

    def _connect(self) -> None:
        self.year.activated.connect(self._choose_year)
        self.kind.activated.connect(self._choose_kind)
        self.search.asked.connect(self._search_for)
        self.search.moved_down.connect(self.table.setFocus)
        self.table.moved_to.connect(self.moved_to)
        self.figures.opened.connect(self._open_names)
        self.names.chosen.connect(self._follow)
        self.empty.pressed.connect(self._answer_empty)

    def _offer_years(self) -> None:
        self.year.clear()
        for year in self._state.years:
            self.year.addItem(f"{year} 年", year)
        self.year.addItem("全部年份", ALL_YEARS)
        self.year.setCurrentIndex(self.year.findData(self._state.year))

    def _offer_kinds(self) -> None:
        self.kind.clear()
        self.kind.addItem("全部类型", "")
        for code, label, count in self._state.kinds:
            self.kind.addItem(f"{label}　{count}", code)
        if self.kind.findData(self._state.kind) < 0:
            self._state.kind = ""
        self.kind.setCurrentIndex(self.kind.findData(self._state.kind))

    def _choose_year(self) -> None:
        self._state.year = self.year.currentData()
        self.renew()

    def _choose_kind(self) -> None:
        self._state.kind = self.kind.currentData()
        self.show_lines()

    def _search_for(self, typed: str) -> None:
        self._state.typed = typed
        self.show_lines()

    def _everybody(self) -> None:
        self._state.only = ()
        self.show_lines()

    def _widen(self) -> None:
        self._state.widen()
        self._clear_search()
        self.renew()

    def _clear_search(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def _show_condition(self) -> None:
        self._chips.clear()
        self._conditions.setVisible(bool(self._state.only))
        if self._state.only:
            chip = Chip(f"只看 {self._state.only_whom}", icon("close"))
            chip.removed.connect(self._everybody)
            self._chips.addWidget(chip)

    def _say_empty(self) -> None:
        self._places.setCurrentIndex(0 if self._state.shown else 1)
        if self._state.narrowed:
            self.empty.say("没有符合条件的走访。换一个条件，或者看全部走访。", "清除条件")
        else:
            year = f"{self._state.year} 年" if self._state.year else ""
            self.empty.say(
                f"{year}还没有走访记录。看望过谁、了解到什么、送了多少慰问金，都记在这里。", "记一次走访"
            )

    def _answer_empty(self) -> None:
        if self._state.narrowed:
            self._widen()
        else:
            self.new_wanted.emit()

    def _open_names(self, key: str) -> None:
        figures = self._state.figures
        titles = {
            VISITS: f"{figures.visits} 次走访",
            MEETINGS: f"{figures.meetings} 人次，共 {figures.people} 人",
            MONEY: f"慰问金 {yuan(figures.money)} 元",
        }
        self.names.open_at(self.figures.figure(key), titles[key], self._names_behind(key))

    def _names_behind(self, key: str) -> list[tuple[str, list[str]]]:
        """(what is gone to, texts): a person's uid for meetings, a visit's uid otherwise."""
        shown = self._state.shown
        if key == MEETINGS:
            return [(f"cadre:{uid}", [name, f"{times} 次"]) for uid, name, times in meetings_by_person(shown)]
        if key == MONEY:
            return [
                (f"visit:{line.uid}", [_day(line.values["date"]), line.names, yuan(line.values["money"])])
                for line in with_money(shown)
            ]
        return [(f"visit:{line.uid}", [_day(line.values["date"]), line.names]) for line in shown]

    def _follow(self, what: str) -> None:
        kind, uid = what.split(":", 1)
        if kind == "visit":
            self.table.go_to(uid)
            return
        self._state.only = (uid,)
        self.show_lines()


def _day(date: str | None) -> str:
    return show(date) if date else "—"
