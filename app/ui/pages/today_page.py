"""今天: what is due, each figure with its names, each card with one verb."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app import clock
from app.services.changes import Change
from app.services.office import OfficeProfile
from app.services.today import Today
from app.services.waiting import Waiting
from app.ui.changes import Changes
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.rights import needs
from app.ui.tasks import Tasks
from app.ui.today.birthdays import BirthdayCard
from app.ui.today.day import Day, read_day
from app.ui.today.first_steps import FirstSteps
from app.ui.today.notice import Notice, some_names
from app.ui.today.waiting_card import WaitingCard
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.ring import ProgressRing
from app.ui.widgets.scrolled import scrolled

EMPTY = (
    "花名册还是空的。\n把办公室现有的表格导进来，三分钟以后这里就会告诉您："
    "谁快过生日，谁今年还没去看过，谁的档案还缺什么。"
)
NEVER_DELIVERED = "还没有上报过。插上 U 盘，点“去上报”，会把花名册、台账和照片写成一个文件夹。"


class TodayPage(PageWidget):
    """Reads again when something has changed and it is looked at."""

    show_people = Signal(list)
    """Uids behind a figure, to be shown on the roster."""
    record_visits = Signal(list)
    """Uids of people to write a visit for; empty to begin without names."""
    complete = Signal(list)
    """Uids whose files have gaps, the emptiest first."""
    sign = Signal(str)
    """The uid of a payment batch that waits for signatures; '' for the page itself."""
    import_wanted = Signal()
    deliver_wanted = Signal()
    settings_wanted = Signal()
    reminder_pressed = Signal()

    def __init__(
        self,
        today: Today,
        office: OfficeProfile,
        changes: Changes,
        tasks: Tasks,
        waiting: Callable[[], Sequence[Waiting]] = tuple,
    ) -> None:
        """`waiting` reads what waits for the one who is logged in; it is called off the window's thread."""
        super().__init__()
        self._waiting = waiting
        self._today, self._office, self._tasks = today, office, tasks
        self._day: Day | None = None
        self._stale, self._reading = True, False
        self.header = PageHeader("今天")
        self.reminder, self._above = Banner(), QWidget()
        self.steps = FirstSteps()
        self.waiting = WaitingCard()
        self.birthdays = BirthdayCard()
        self.unvisited = Notice("还没走访", "今年一次都没去过", "人", "记走访")
        self.gaps = Notice("档案不全", "采集表要的还没填完", "人", "去补全")
        self.ring = ProgressRing(56)
        self.unsigned = Notice("没有签领", "发了还没有签字", "笔", "去签领")
        self.delivery = Notice("上报", "上次上报以来", "天", "去上报")
        self.empty = EmptyState(EMPTY, "导入花名册", icon("import", "leaf"))
        needs("edit", self.birthdays.verb, self.unvisited.verb)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect(changes)

    @property
    def day(self) -> Day | None:
        """What is shown; None until it has been read."""
        return self._day

    def opened(self, about: str = "") -> None:
        self.refresh()

    def remind(self, text: str, verb: str = "") -> None:
        """Something that should not be forgotten, across the page; '' takes it away."""
        self.reminder.say("warning", text, verb)
        self._above.setVisible(bool(text))

    def refresh(self) -> None:
        """Reads what is due, off the window's thread."""
        if self._reading:
            self._stale = True
            return
        self._stale, self._reading = False, True
        self._tasks.start("看今天的事", lambda _report: self._read(), self._show, self._fail, matters=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _lay_out(self) -> None:
        self.ring.clicked.connect(self._complete)
        self.gaps.side.addWidget(self.ring)
        grid = QGridLayout()
        grid.setContentsMargins(16, 0, 16, 16)
        grid.setSpacing(12)
        grid.addWidget(self.steps, 0, 0, 1, 3)
        grid.addWidget(self.waiting, 1, 0, 1, 3)
        grid.addWidget(self.birthdays, 2, 0, 2, 1)
        cards = (self.unvisited, self.gaps, self.unsigned, self.delivery)
        for place, card in enumerate(cards):
            grid.addWidget(card, 2 + place // 2, 1 + place % 2)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(2, 1)
        grid.setRowStretch(3, 1)
        ground = QWidget()
        ground.setProperty("look", "ground")
        ground.setLayout(grid)
        for part in (QWidget(), self.empty, scrolled(ground)):
            self._stack.addWidget(part)
        above = QVBoxLayout(self._above)
        above.setContentsMargins(16, 0, 16, 12)
        above.addWidget(self.reminder)
        self._above.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._above)
        column.addWidget(self._stack, 1)

    def _connect(self, changes: Changes) -> None:
        changes.changed.connect(self._on_change)
        self.steps.wanted.connect(self._do_step)
        self.waiting.wanted.connect(self.wants_page)
        self.waiting.people_wanted.connect(self.show_people)
        self.reminder.pressed.connect(self.reminder_pressed)
        self.empty.pressed.connect(self.import_wanted)
        self.birthdays.opened.connect(lambda: self._open([each.uid for each in self._read_day.birthdays]))
        self.birthdays.person_wanted.connect(lambda uid: self.show_people.emit([uid]))
        self.birthdays.pressed.connect(
            lambda: self.record_visits.emit([each.uid for each in self._read_day.birthdays])
        )
        self.unvisited.opened.connect(lambda: self._open(self._unvisited))
        self.unvisited.pressed.connect(lambda: self.record_visits.emit(self._unvisited))
        self.gaps.opened.connect(lambda: self._open([each.uid for each in self._read_day.gaps]))
        self.gaps.pressed.connect(self._complete)
        self.unsigned.opened.connect(lambda: self._open([uid for uid, _ in self._read_day.unsigned_people]))
        self.unsigned.pressed.connect(lambda: self.sign.emit(self._read_day.unsigned_batch))
        self.delivery.pressed.connect(self.deliver_wanted)

    def _on_change(self, _change: Change) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _read(self) -> Day:
        return read_day(self._today, self._office, clock.today(), self._waiting())

    def _fail(self, error: Exception) -> None:
        self._reading = False
        self._tasks.failed.emit(error)

    def _show(self, day: Day) -> None:
        self._reading = False
        self._day = day
        self.header.set_note(day.title)
        self.steps.show_steps(day.first_steps)
        self.waiting.show_lines(day.waiting)
        self.birthdays.show_birthdays(day.birthdays)
        names = [name for _, name in day.unvisited]
        self.unvisited.show_notice(len(names), some_names(names), f"今年 {day.people} 人都走访过了")
        self._show_gaps(day)
        self._show_unsigned(day)
        self._show_delivery(day)
        self._stack.setCurrentIndex(2 if day.people else 1)
        if self._stale and self.isVisible():
            self.refresh()

    def _show_gaps(self, day: Day) -> None:
        emptiest = "、".join(f"{each.name} {each.percent}%" for each in day.gaps[:6])
        self.gaps.show_notice(
            len(day.gaps), f"最缺的：{emptiest}" if emptiest else "", f"{day.people} 份档案都填全了"
        )
        self.ring.set_percent(day.mean, f"{day.people} 份档案平均填了 {day.mean}%")
        self.gaps.verb.setEnabled(bool(day.gaps))

    def _show_unsigned(self, day: Day) -> None:
        names = [name for _, name in day.unsigned_people]
        calm = "发出去的都签领了" if day.payments else ""
        self.unsigned.show_notice(day.unsigned, some_names(names), calm)
        if not day.payments:
            self.unsigned.words.setText(
                "还没有发放记录。发慰问金、补助时在“发放”里登记，签领表就能直接印出来。"
            )
            self.unsigned.words.show()
        self.unsigned.verb.setText("去签领" if day.payments else "去登记")

    def _show_delivery(self, day: Day) -> None:
        last, days = day.delivery, day.days_since_delivery
        if last is None or days is None:
            self.delivery.number.hide()
            self.delivery.show_notice(0, NEVER_DELIVERED, "")
            return
        self.delivery.number.show()
        told = f"{last.written_at[:10]} 写的“{last.name}”，{last.people} 人，校验码 {last.check_code}"
        self.delivery.show_notice(days, told, "")

    @property
    def _read_day(self) -> Day:
        assert self._day is not None, "cards are pressed only after they are shown"
        return self._day

    @property
    def _unvisited(self) -> list[str]:
        return [uid for uid, _ in self._read_day.unvisited]

    def _open(self, uids: list[str]) -> None:
        if uids:
            self.show_people.emit(uids)

    def _complete(self) -> None:
        self.complete.emit([each.uid for each in self._read_day.gaps])

    def _do_step(self, key: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "office": self.settings_wanted.emit,
            "import": self.import_wanted.emit,
            "visit": lambda: self.record_visits.emit([]),
            "payment": lambda: self.sign.emit(""),
            "deliver": self.deliver_wanted.emit,
        }
        acts[key]()
