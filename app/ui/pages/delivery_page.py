"""上报: period, place, writing; then the stick may be pulled out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app import clock
from app.errors import UserError
from app.fields import periods
from app.progress import Progress
from app.services.changes import Change
from app.services.deliveries import Delivered, Deliveries, Remark
from app.services.exports import Exports
from app.services.paper import Look, Paper
from app.ui.changes import Changes
from app.ui.delivery.place_cards import Place, PlaceCards
from app.ui.delivery.ready_card import ReadyCard
from app.ui.delivery.remark_list import RemarkList
from app.ui.delivery.writing_card import WritingCard
from app.ui.dialogs.files import open_with_system
from app.ui.dialogs.leftovers import offer_to_clear
from app.ui.dialogs.print_preview import PrintPreview
from app.ui.forms.period_field import PeriodField
from app.ui.page import PageWidget
from app.ui.papers.look_table import LookTable
from app.ui.papers.paper_outlet import PaperOutlet
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Task, Tasks, Work
from app.ui.widgets.banner import Banner
from app.ui.widgets.card import Card
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.words import label

PAST_WIDTH, PAST_HEIGHT, WIDE = 456, 240, 1080
QWIDGETSIZE_MAX = (1 << 24) - 1
YEARS = 2


class DeliveryPage(PageWidget):
    """Three steps on one page; while the writing runs nothing else can be changed."""

    def __init__(self, deliveries: Deliveries, exports: Exports, changes: Changes, tasks: Tasks) -> None:
        super().__init__()
        self._deliveries, self._changes, self._tasks = deliveries, changes, tasks
        self._folders: list[Path] = []
        self._task: Task | None = None
        self._delivered: Delivered | None = None
        self._stale = True
        this_year = clock.today().year
        self.outlet = PaperOutlet(exports, tasks, self)
        self.header = PageHeader("上报", "全部资料写成一个文件夹，交给县委老干部局")
        self.period = PeriodField([str(this_year - back) for back in range(YEARS)], f"{clock.today():%Y-%m}")
        self.places = PlaceCards()
        self.leftovers = Banner()
        self.remarks = RemarkList()
        self.writing = WritingCard("三、写入")
        self.ready = ReadyCard()
        self.past = LookTable()
        self._lay_out()
        self._connect()

    def opened(self, about: str = "") -> None:
        self.refresh()

    def refresh(self) -> None:
        """Looks for sticks, leftovers and past deliveries again."""
        if self._task is None:
            self._show_places()
        self._show_past()
        if self._stale:
            self._stale = False
            self._tasks.start("正在查看档案", self._look, self._show_outlook)

    def write(self) -> None:
        """Writes what is chosen; the stick is looked for again first."""
        place = self.places.place
        if place is None or self._task:
            return
        self._hold(writing=True)
        self._task = self._tasks.start(
            "正在写上报包",
            self._work(place, self.period.period),
            self._finish,
            self._fail,
            progressed=self.writing.show_progress,
            cancelled=self._tell_stopped,
            ended=self._end,
        )

    def choose_folder(self, folder: Path) -> None:
        """Offers the folder beside the sticks, chosen."""
        if folder not in self._folders:
            self._folders.append(folder)
        self._show_places(folder)

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn_body()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Whoever plugs a stick in comes back to the window from the system's own message."""
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self.isActiveWindow():
            self._show_places()
        super().changeEvent(event)

    def _work(self, place: Place, period: str) -> Work:
        def work(report: Progress) -> Delivered:
            if place.drive:
                return self._deliveries.deliver_to(place.drive, period, report)
            return self._deliveries.deliver(place.path, period, report)

        return work

    def _finish(self, delivered: Delivered) -> None:
        self._delivered = delivered
        place = self.places.place
        self.ready.show_delivered(delivered, on_stick=bool(delivered.stick or (place and place.drive)))
        self._steps.setCurrentWidget(self.ready)
        self.ready.cover.setFocus()
        self.says.emit(f"第 {delivered.seq:02d} 包已写好，校验码 {delivered.check_code}")
        self._changes.tell(delivered.change)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.writing.banner.say("error", str(error))
        else:
            self._tasks.failed.emit(error)

    def _tell_stopped(self) -> None:
        self.writing.banner.say("info", "已停止，没有写成，盘上没有留下半个文件夹。")

    def _end(self) -> None:
        self._task = None
        self._hold(writing=False)
        self._show_places()
        self._show_past()

    def _hold(self, *, writing: bool) -> None:
        self._choices.setEnabled(not writing)
        if writing:
            self.writing.begin()
        else:
            self.writing.wait()

    def _stop(self) -> None:
        if self._task:
            self.writing.show_stopping()
            self._task.stop()

    def _begin_again(self) -> None:
        self._steps.setCurrentIndex(0)
        self.writing.banner.hide()
        self.refresh()

    def _print_cover(self) -> None:
        if self._delivered:
            delivered = self._delivered

            def work(_report: Progress) -> tuple[Paper, PdfDocument]:
                paper = self._deliveries.cover_sheet(delivered)
                return paper, PdfDocument(paper.content)

            self._tasks.start("正在做上报封面", work, self._show_cover)

    def _show_cover(self, made: tuple[Paper, PdfDocument]) -> None:
        PrintPreview(*made, self.outlet, self, self._deliveries.usual).open()

    def _show_places(self, wanted: Path | None = None) -> None:
        drives = [Place(drive.path, drive) for drive in self._deliveries.drives()]
        self.places.show_places([*drives, *(Place(folder) for folder in self._folders)], wanted)
        self._weigh_place()

    def _weigh_place(self) -> None:
        place = self.places.place
        self.writing.write.setEnabled(place is not None and self.outlet.allowed)
        self.writing.hint.setText(self._hint_for(place))
        left = self._deliveries.leftovers(place.path) if place else []
        self.leftovers.setVisible(bool(left))
        if left:
            names = "、".join(path.name for path in left)
            self.leftovers.say("info", f"这里有上次没有写完、不能用的：{names}", "删掉")

    def _hint_for(self, place: Place | None) -> str:
        if not self.outlet.allowed:
            return "您的角色不能上报，请找填报、审核或负责人"
        return "" if place else "先选好写到哪里"

    def _ask_to_clear(self) -> None:
        place = self.places.place
        left = self._deliveries.leftovers(place.path) if place else []
        if left:
            offer_to_clear(
                self,
                left,
                self._deliveries.remove_leftover,
                lambda error: self.writing.banner.say("error", str(error)),
                self._weigh_place,
            )

    def _look(self, report: Progress) -> tuple[Change | None, list[Remark]]:
        """What became of a bundle during which the program ended, and what stands out now."""
        settled = None if self._task else self._deliveries.settle(report)
        return settled, self._deliveries.remarks(report)

    def _show_outlook(self, found: tuple[Change | None, list[Remark]]) -> None:
        settled, remarks = found
        self.remarks.show_remarks(remarks)
        if settled:
            self._show_past()
            self._changes.tell(settled)

    def _show_past(self) -> None:
        rows = [
            [
                f"{each.seq:02d}",
                periods.said(each.period),
                each.written_at[:10],
                str(each.people),
                each.check_code,
            ]
            for each in self._deliveries.past()
        ]
        said = f"共 {len(rows)} 包" if rows else "还没有上报过。写好的包会记在这里。"
        self.past.show_look(Look(["编号", "期间", "日期", "人数", "校验码"], rows, len(rows)), said)

    def _on_change(self, change: Change) -> None:
        self._stale = self._stale or change.kind != "delivery"
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        self._choices = _column(
            _card("一、期间", self.period, _hint("包里总是全部资料；期间决定附哪一段的台账和签领表。")),
            _card("二、写到哪里", self.places, self.leftovers),
            _card("写入前看一眼", self.remarks, _hint("这些不妨碍上报，以后补齐再报一次即可。")),
        )
        steps = _column(self._choices, self.writing)
        ground = QWidget()
        self._steps = QStackedLayout(ground)
        self._steps.addWidget(steps)
        self._steps.addWidget(self.ready)
        self._past = _card("上报过的包", self.past)
        self._past.setMinimumHeight(PAST_HEIGHT)
        desk = QWidget()
        desk.setProperty("look", "ground")
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, desk)
        self._body.setContentsMargins(16, 0, 16, 12)
        self._body.setSpacing(16)
        self._body.addWidget(ground, 1)
        self._body.addWidget(self._past)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(4)
        page.addWidget(self.header)
        page.addWidget(scrolled(desk), 1)

    def _turn_body(self) -> None:
        """Beside the steps where there is room, below them in a narrow window."""
        beside = self.width() >= WIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(way)
        self._past.setMinimumWidth(PAST_WIDTH if beside else 0)
        self._past.setMaximumWidth(PAST_WIDTH if beside else QWIDGETSIZE_MAX)

    def _connect(self) -> None:
        self.places.chosen.connect(self._weigh_place)
        self.places.refresh_wanted.connect(self.refresh)
        self.places.folder_wanted.connect(
            lambda: self.outlet.questions.ask_folder("把上报包写到哪个文件夹", self.choose_folder)
        )
        self.leftovers.pressed.connect(self._ask_to_clear)
        self.remarks.person_wanted.connect(lambda uid: self.wants_page.emit("roster", uid))
        self.writing.write_wanted.connect(self.write)
        self.writing.stop_wanted.connect(self._stop)
        self.ready.cover_wanted.connect(self._print_cover)
        self.ready.folder_wanted.connect(
            lambda: open_with_system(self._delivered.path) if self._delivered else None
        )
        self.ready.again_wanted.connect(self._begin_again)
        self._changes.changed.connect(self._on_change)


def _card(title: str, *parts: QWidget) -> Card:
    card = Card(title)
    for part in parts:
        card.add(part)
    return card


def _hint(text: str) -> QWidget:
    return label(text, "quiet", wrap=True)


def _column(*parts: QWidget) -> QWidget:
    ground = QWidget()
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return ground
