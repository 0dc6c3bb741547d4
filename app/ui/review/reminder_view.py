"""催报单: for whom and until when, the paper itself, and where it goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from app import clock
from app.errors import UserError
from app.progress import Progress
from app.services.collection_progress import By, CollectionProgress
from app.services.exports import Errand, Exports
from app.services.paper import Paper
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.papers.paper_preview import MAKING, PaperPreview
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

KIND = "reminder"
DAYS = 14
"""That a village usually gets."""
EVERYWHERE = "全部，一处一页"


@dataclass(frozen=True)
class Wanted:
    """Which paper; None is every place."""

    by: By
    place: str | None
    until: str
    as_book: bool


class ReminderView(QWidget):
    """Made again whenever a choice changes; what comes too late is dropped."""

    left = Signal()
    saved = Signal(object)

    def __init__(self, progress: CollectionProgress, exports: Exports, tasks: Tasks) -> None:
        super().__init__()
        self._progress, self._tasks = progress, tasks
        self._by: By = "village"
        self._asked = 0
        self._paper: Paper | None = None
        self.back = push_button("返回", self.left.emit, keys="Alt+Left")
        self.places = QComboBox()
        self.places.setAccessibleName("给谁")
        self.places.setMinimumWidth(200)
        self.until = QDateEdit()
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat("yyyy.MM.dd")
        self.until.setAccessibleName("请于哪天以前补齐")
        day = clock.today() + dt.timedelta(days=DAYS)
        self.until.setDate(QDate(day.year, day.month, day.day))
        self.files = Segments([("pdf", "打印用"), ("book", "工作簿")])
        self.preview = PaperPreview()
        self.outlet = PaperOutlet(exports, tasks, self)
        self.preview.view.set_fit("width", most=1.0)
        self.preview.allow(on=exports.allowed)
        self._lay_out()
        self._connect()

    @property
    def wanted(self) -> Wanted:
        place = self.places.currentData()
        day = self.until.date().toPython()
        assert isinstance(day, dt.date)
        return Wanted(self._by, place or None, day.isoformat(), self.files.key == "book")

    def offer(self, by: By, places: Sequence[str], chosen: str | None) -> None:
        self._by = by
        self.places.clear()
        self.places.addItem(EVERYWHERE, "")
        for name in places:
            self.places.addItem(name, name)
        self.places.setCurrentIndex(max(0, self.places.findData(chosen or "")))
        self.preview.say(MAKING)
        self.make()

    def make(self) -> None:
        self._asked += 1
        asked, wanted = self._asked, self.wanted
        self._paper = None
        self.preview.wait()
        self._tasks.start(
            "做催报单",
            lambda _report: self._shown(wanted),
            lambda made: self._show(made, asked),
            lambda error: self._fail(error, asked),
            matters=False,
        )

    def _shown(self, wanted: Wanted) -> tuple[Paper, PdfDocument | None]:
        paper = self._make(wanted)
        return paper, None if wanted.as_book else PdfDocument(paper.content)

    def _make(self, wanted: Wanted) -> Paper:
        names = [wanted.place] if wanted.place else None
        make = self._progress.reminder_book if wanted.as_book else self._progress.reminder
        return make(wanted.by, names, wanted.until)

    def _show(self, made: tuple[Paper, PdfDocument | None], asked: int) -> None:
        if asked != self._asked:
            return
        self._paper, document = made
        if document:
            self.preview.show_pdf(self._paper, document)
        elif self._paper.look:
            self.preview.show_look(self._paper.look, f"共 {self._paper.look.count} 人", self._paper.warnings)

    def _fail(self, error: Exception, asked: int) -> None:
        if asked != self._asked:
            return
        if isinstance(error, UserError):
            self.preview.say(str(error))
        else:
            self._tasks.failed.emit(error)

    def _print(self) -> None:
        wanted = self.wanted

        def make(_report: Progress, _errand: Errand) -> Paper:
            return self._make(wanted)

        self.outlet.print(KIND, make)

    def _save(self, *, then_open: bool = False) -> None:
        wanted = self.wanted

        def make(_report: Progress, _errand: Errand) -> Paper:
            return self._make(wanted)

        if self._paper:
            self.outlet.save(KIND, self._paper.name, make, then_open=then_open)

    def _tell_saved(self, saved: Saved) -> None:
        self.saved.emit(saved)

    def _connect(self) -> None:
        self.places.activated.connect(lambda _: self.make())
        self.until.dateChanged.connect(lambda _: self.make())
        self.files.chosen.connect(lambda _: self.make())
        self.preview.print_wanted.connect(self._print)
        self.preview.save_wanted.connect(self._save)
        self.preview.open_wanted.connect(lambda: self._save(then_open=True))
        self.outlet.saved.connect(self._tell_saved)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.back)
        line.addSpacing(8)
        for word, widget in (("给", self.places), ("请于", self.until)):
            line.addWidget(label(word, "quiet"))
            line.addWidget(widget)
        line.addWidget(label("前补齐", "quiet"))
        line.addStretch(1)
        line.addWidget(self.files)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.preview, 1)
