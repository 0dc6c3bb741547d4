"""采集进度: per village or branch how far the files have come, each figure with its names; and 催报单."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.services.changes import Change
from app.services.collection_progress import IDLE_BELOW, By, CollectionProgress, Place, Standing
from app.services.exports import Exports
from app.ui.changes import Changes
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.papers.paper_outlet import Saved
from app.ui.review.figure_table import FigureTable
from app.ui.review.reminder_view import ReminderView
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

WORDS: dict[str, str] = {"village": "村（社区）", "branch": "党支部"}
WHOLE = "合计"
RULE = (
    f"点一个数字看名单。“未核”含改后未报，“已报”含结清；“还没开始”是未核、完整度不到 {IDLE_BELOW}% 的档案。"
)
EMPTY = "花名册还是空的。先导入花名册，这里就按村、按支部列出采到哪一步了。"
RENEWED_BY = frozenset({"review", "cadre", "delivery"})


class ProgressPage(PageWidget):
    def __init__(
        self, progress: CollectionProgress, exports: Exports, changes: Changes, tasks: Tasks
    ) -> None:
        super().__init__()
        self._progress, self._tasks = progress, tasks
        self._places: list[Place] = []
        self._stale, self._reading = True, False
        self.by = Segments([("village", "按村（社区）"), ("branch", "按党支部")])
        self.said = label("", "quiet")
        self.remind = push_button("做催报单", self._open_reminder, "primary")
        self.remind.setToolTip("还没有人负责、又不完整或待更正的，一村（支部）一张")
        self.table = FigureTable()
        self.empty = EmptyState(EMPTY, icon=icon("list", "quiet"), weight="")
        self.reminder = ReminderView(progress, exports, tasks)
        self._lay_out()
        self._connect(changes)

    def opened(self, about: str = "") -> None:
        if self._stale:
            self.renew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.renew()

    def renew(self) -> None:
        """Reads every file, off the window's thread."""
        if self._reading:
            self._stale = True
            return
        self._stale, self._reading = False, True
        by = self._by
        self._tasks.start(
            "看采集进度", lambda _report: self._progress.places(by), self._show, self._fail, matters=False
        )

    @property
    def _by(self) -> By:
        return "branch" if self.by.key == "branch" else "village"

    def _show(self, places: list[Place]) -> None:
        self._reading = False
        self._places = places
        people = [each for place in places for each in place.people]
        due = sum(len(place.due) for place in places)
        self.table.show_places(WORDS[self._by], places, Place(WHOLE, people))
        self.said.setText(f"{len(people)} 人，{due} 人要催" if people else "")
        self.remind.setEnabled(bool(due))
        self._stack.setCurrentIndex(0 if people else 1)
        if self._stale and self.isVisible():
            self.renew()

    def _fail(self, error: Exception) -> None:
        self._reading = False
        self._tasks.failed.emit(error)

    def _open_names(self, key: str | None, figure: str) -> None:
        found: list[Standing] = [
            each
            for place in self._places
            if key in (None, place.name)
            for each in place.of(figure)  # type: ignore[arg-type]
        ]
        if found:
            self.wants_page.emit("roster", " ".join(["only", *(each.uid for each in found)]))

    def _open_reminder(self) -> None:
        """For the line that is chosen, where somebody there is due."""
        chosen = self.table.key
        due = [place.name for place in self._places if place.due]
        self.reminder.offer(self._by, due, chosen if chosen in due else None)
        self._whole.setCurrentIndex(1)
        self.reminder.places.setFocus()

    def _close_reminder(self) -> None:
        self._whole.setCurrentIndex(0)
        self.table.setFocus()

    def _tell_saved(self, saved: Saved) -> None:
        self.says.emit(f"已保存 {saved.path}。{saved.told}")

    def _on_change(self, change: Change) -> None:
        if change.kind in RENEWED_BY:
            self._stale = True
            if self.isVisible():
                self.renew()

    def _connect(self, changes: Changes) -> None:
        self.by.chosen.connect(lambda _: self.renew())
        self.table.names_wanted.connect(self._open_names)
        self.reminder.left.connect(self._close_reminder)
        self.reminder.saved.connect(self._tell_saved)
        changes.changed.connect(self._on_change)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.by)
        top.addWidget(self.said)
        top.addStretch(1)
        top.addWidget(self.remind)
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(inside, 1)
        column.addWidget(label(RULE, "small", wrap=True))
        self._whole = QStackedLayout(self)
        self._whole.addWidget(ground)
        self._whole.addWidget(self.reminder)
