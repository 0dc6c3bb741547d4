"""截至某日: the roster, the figures and one file of a day; nothing can be changed here."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QPushButton, QSplitter, QVBoxLayout, QWidget

from app import clock
from app.errors import UnreadableError
from app.fields import dates
from app.progress import Progress
from app.services.as_of import AsOf, Figure, PersonThen, Snapshot
from app.services.exports import Errand, Exports
from app.services.paper import Paper
from app.ui.history.figures_list import FiguresList
from app.ui.history.file_then import FileThenView
from app.ui.icons import icon
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.tables.text_table import Line, MadeLines, TextTable
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.line_editor import LineEditor
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

SHOWN = ("name", "sex", "birth_date", "id_number", "retirement_kind", "treatment", "village", "former_unit")
WIDTHS = (80, 48, 84, 146, 92, 92, 92)
DATE_WIDTH = 132
SIZE = (1200, 660)


class AsOfDialog(QDialog):
    """Stays open beside the window: several days can be looked at."""

    looked = Signal()
    """A day is shown."""

    def __init__(self, looking: AsOf, exports: Exports, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looking, self._tasks = looking, tasks
        self._first = looking.first_day
        self._wanted = ""
        self.snapshot: Snapshot | None = None
        self.people: list[PersonThen] = []
        self.setWindowTitle("截至某日")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.day = LineEditor()
        self.day.setAccessibleName("截至哪一天")
        self.day.setFixedWidth(DATE_WIDTH)
        self.go = push_button("看这一天", self.look, "primary")
        self.said = label("", "quiet", wrap=True)
        self.export = push_button("导出", self._export, icon=icon("export"))
        self.figures = FiguresList()
        self.table = TextTable([_heading(name) for name in SHOWN], WIDTHS)
        self.table.setObjectName("as_of")
        self.file = FileThenView()
        self.outlet = PaperOutlet(exports, tasks, self)
        self._lay_out()
        self._connect()
        self.look_at(_end_of_last_month())

    def look_at(self, day: str) -> None:
        """'YYYY-MM-DD'."""
        self.day.show_text(dates.show(day))
        self._wanted = day
        self.go.setEnabled(False)
        set_look(self.said, look="quiet")
        self.said.setText("正在从日志里往回看……")
        self._tasks.start(
            "查看截至某日", lambda _report: self._looking.at(day), self._show, self._fail, matters=False
        )

    def look(self) -> None:
        try:
            day = dates.read(self.day.text())
        except UnreadableError as error:
            self._refuse(f"{error}。")
            return
        if day is None:
            self._refuse("请写明哪一天，如 2025.12.31。")
            return
        last = dates.last_day(day)
        if last > clock.today():
            self._refuse("这一天还没有到，请写今天或以前的日期。")
            return
        self.look_at(last.isoformat())

    def _refuse(self, told: str) -> None:
        set_look(self.said, look="error")
        self.said.setText(told)
        self.day.setFocus()

    def _fail(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.said.clear()
        self._tasks.failed.emit(error)

    def _show(self, snapshot: Snapshot) -> None:
        if snapshot.date != self._wanted:
            return
        self.snapshot = snapshot
        self.go.setEnabled(True)
        self.figures.show_figures(snapshot.figures)
        self._show_people(list(snapshot.people))
        self.said.setText("；".join(self._notes(snapshot)))
        self.looked.emit()

    def _notes(self, snapshot: Snapshot) -> list[str]:
        before = (
            [f"日志从 {dates.show(self._first)} 开始，这一天在它以前"] if snapshot.date < self._first else []
        )
        return [
            f"{dates.show(snapshot.date, '年')}：在册在世 {len(snapshot.people)} 人",
            *before,
            *snapshot.notes,
        ]

    def _show_people(self, people: list[PersonThen]) -> None:
        self.people = people
        self.table.show_lines(MadeLines(people, _line))
        if not people:
            self.file.clear()

    def _narrow(self, figure: Figure) -> None:
        if self.snapshot is None:
            return
        wanted = set(figure.uids)
        everybody = [*self.snapshot.people, *self.snapshot.dead]
        self._show_people([one for one in everybody if one.uid in wanted])

    def _show_file(self, uid: object) -> None:
        if isinstance(uid, str) and self.snapshot:
            self.file.show_file(self._looking.file(uid, self.snapshot.date))

    def _export(self) -> None:
        if self.snapshot:
            snapshot = self.snapshot
            name = f"名册_截至{snapshot.date.replace('-', '')}.xlsx"
            self.outlet.save("as_of", name, partial(self._book, snapshot))

    def _book(self, snapshot: Snapshot, _report: Progress, errand: Errand) -> Paper:
        return self._looking.book(snapshot, masked=errand.masked)

    def _tell(self, saved: Saved) -> None:
        self.said.setText(f"已存为“{saved.path.name}”。{saved.told}")

    def _connect(self) -> None:
        self.day.returnPressed.connect(self.look)
        self.figures.chosen.connect(self._narrow)
        self.table.moved_to.connect(self._show_file)
        self.outlet.saved.connect(self._tell)
        self.export.setEnabled(self.outlet.allowed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("截至"))
        head.addWidget(self.day)
        head.addWidget(self.go)
        for word, day in _usual():
            head.addWidget(push_button(word, partial(self.look_at, day), "link"))
        head.addStretch(1)
        head.addWidget(self.export)
        parts = QSplitter()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for widget, width in ((self.figures, 230), (self.table, 600), (self.file, 340)):
            parts.addWidget(widget)
            parts.setStretchFactor(parts.count() - 1, width)
        parts.setSizes([230, 610, 340])
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(parts, 1)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))


def _heading(name: str) -> str:
    from app.services.cadres import Cadres

    return Cadres.record.field(name).label


def _line(one: PersonThen) -> Line:
    from app.services.cadres import Cadres

    fields = [Cadres.record.field(name) for name in SHOWN]
    texts = [
        each.kind.masked(one.values[each.name]) if one.values.get(each.name) is not None else ""
        for each in fields
    ]
    return Line(one.uid, texts, {0: "quiet"} if one.dead or one.note else {})


def _end_of_last_month() -> str:
    return (clock.today().replace(day=1) - dt.timedelta(days=1)).isoformat()


def _usual() -> list[tuple[str, str]]:
    today = clock.today()
    return [
        ("上月末", _end_of_last_month()),
        ("去年末", f"{today.year - 1}-12-31"),
        ("今天", today.isoformat()),
    ]
