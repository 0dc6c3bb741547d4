"""审核: the queue at the left, the file to read at the right; signed, sent back, and on to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app import clock
from app.errors import UserError
from app.fields.review_states import BACK, MOVES, STATES, word_of
from app.services.changes import Change
from app.services.pictures import Pictures
from app.services.portrait import portrait
from app.services.reviews import Look, Moved, Reviews
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.review.first_look import FirstLook
from app.ui.review.move_bar import MoveBar
from app.ui.review.queue_state import ALL, ORDER, QueueState
from app.ui.review.queue_table import QueueTable
from app.ui.review.reading_pane import ReadingPane
from app.ui.review.review_head import ReviewHead
from app.ui.review.village_box import VillageBox
from app.ui.rights import May
from app.ui.tasks import Tasks
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.segments import Segments

QUEUE_WIDTH, FILE_WIDTH = 360, 900
READING = "正在读……"
RENEWED_BY = frozenset({"review", "cadre", "delivery", "office", "acceptance", "rule"})


class ReviewPage(PageWidget):
    done = Signal(str, object)
    """What was done, in a sentence, and a function that takes it back."""

    def __init__(self, reviews: Reviews, pictures: Pictures, changes: Changes, tasks: Tasks) -> None:
        super().__init__()
        self._reviews, self._pictures, self._changes = reviews, pictures, changes
        self._first_look = FirstLook(reviews, tasks, self)
        self.queue = QueueState(reviews)
        self._look: Look | None = None
        self._begun, self._stale, self._busy = False, True, False
        self._just_read = False
        self.states = Segments([(state, word_of(state) if state else "全部") for state in ORDER])
        self.villages = VillageBox()
        self.table = QueueTable()
        self.head, self.reading, self.bar = ReviewHead(), ReadingPane(), MoveBar()
        self.waiting = EmptyState(READING, weight="")
        self.empty = EmptyState("", icon=icon("ok", "quiet"), weight="")
        self._lay_out()
        self._connect()
        self._add_keys()
        changes.changed.connect(self._on_change)

    @property
    def uid(self) -> str:
        """Whose file is read; '' for nobody."""
        return str(self.table.key or "")

    def opened(self, about: str = "") -> None:
        """`about` is a uid: that file, whatever its state; or a state: all files in it."""
        self._begin()
        if about:
            self.villages.choose(ALL)
            self.states.choose(about if about in STATES else ALL)
            self.renew("" if about in STATES else about, 0)
        elif self._stale:
            self.renew()
        self.table.setFocus()

    def permit(self, may: May) -> None:
        """A page that came to the front meanwhile begins anew."""
        self.queue.may = self.bar.may = may
        super().permit(may)
        self._begun, self._stale = False, True
        if self.isVisible():
            self.opened()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin()
        if self._stale:
            self.renew()

    def renew(self, uid: str = "", place: int | None = None) -> None:
        """Reads the queue again; goes to somebody, or to a place in it, else stays."""
        self._stale = False
        uid = uid or (self.uid if place is None else "")
        if not self._just_read:
            self.queue.renew()
        self._just_read = False
        self.queue.state, self.queue.village = self.states.key, self.villages.village
        for state, word in self.queue.words.items():
            self.states.say(state, word)
        self.villages.offer(line.village for line in self.queue.everybody)
        self._busy = True
        self.table.show_queue(self.queue.lines, self.queue.place_of(uid, place or 0))
        self._busy = False
        self.empty.say(*self.queue.empty_words)
        self._places.setCurrentIndex(0 if self.queue.lines else 1)
        self._show_file()

    def take(self, act: str) -> None:
        """One step for the file in front, or for those selected; then the next file."""
        if act == BACK:
            self.take_back()
        elif MOVES[act].remark_required and not self.bar.text:
            self.bar.ask_why(act)
        else:
            self._take(act)

    def _take(self, act: str) -> None:
        uids, place = self.table.chosen, self.table.first
        try:
            moved = self._reviews.move(uids, act, self.bar.text)
        except UserError as error:
            ask.tell(self, str(error))
            return
        self.bar.remark.clear()
        self._tell(moved)
        self.renew(place=place + (len(uids) if self.states.key == ALL else 0))
        self.table.setFocus()
        self.done.emit(self._said(moved, act), lambda: self._take_back(moved.done))
        if moved.left:
            ask.tell(self, f"{len(moved.left)} 份没有办。", details="\n".join(moved.left.values()))

    def sign(self) -> None:
        """Enter: 核对无误 or 审核通过, whichever it is; why not, where it is not."""
        if not self._is_read:
            self.says.emit(READING)
        elif act := self.bar.main:
            self.take(act)
        elif self.bar.hint.text():
            self.says.emit(self.bar.hint.text())

    def send_back(self) -> None:
        if self._is_read and (act := self.bar.sending_back):
            self.take(act)

    def take_back(self) -> None:
        """The last step of the file in front."""
        if self.uid:
            self._take_back([self.uid])

    def _take_back(self, uids: Sequence[str]) -> None:
        """Goes to the first of them: whoever takes a step back wants to look again."""
        try:
            for uid in uids:
                self._tell(self._reviews.back(uid))
        except UserError as error:
            ask.tell(self, str(error))
        else:
            self.says.emit("已收回上一步。")
        if self.states.key != ALL:
            self.states.choose(self._reviews.state(uids[0]).state)
        self.renew(uids[0])
        self.table.setFocus()

    def _tell(self, moved: Moved) -> None:
        self._busy = True
        for change in moved.changes:
            self._changes.tell(change)
        self._busy = False

    def _said(self, moved: Moved, act: str) -> str:
        names = [self.queue.name_of(uid) for uid in moved.done]
        return f"{ask.names(names) if len(names) > 1 else names[0]}　{MOVES[act].done}"

    def _begin(self) -> None:
        """Where whoever sits here has something to do."""
        if not self._begun:
            self._begun = self._just_read = True
            self.queue.renew()
            self.states.choose(self.queue.turn)

    def _show_file(self) -> None:
        uid = self.uid
        if self._busy or not uid:
            return
        if not self._first_look.is_taken():
            self._sides.setCurrentIndex(int(self._is_read))
            return
        if self._look is None or self._look.file.uid != uid:
            self.bar.remark.clear()
        try:
            look = self._look = self._reviews.look(uid)
        except UserError as error:
            self.says.emit(str(error))
            return
        self._sides.setCurrentIndex(1)
        photo = self._pictures.content(look.file.values.get("photo"))
        self.head.show_look(look, portrait(look.file, clock.today()), photo)
        self.reading.show_reading(look.reading)
        self.bar.show_steps(look.refusals, len(self.table.chosen))

    @property
    def _is_read(self) -> bool:
        """Whether the file in front is the one that stands at the right."""
        return self._look is not None and self._look.file.uid == self.uid

    def _show_chosen(self) -> None:
        if self._look and not self._busy:
            self.bar.show_steps(self._look.refusals, len(self.table.chosen))

    def _on_change(self, change: Change) -> None:
        self._first_look.hear(change)
        if change.kind in RENEWED_BY and not self._busy:
            self._stale = True
            if self.isVisible():
                self.renew()

    def _look_on(self) -> None:
        self.villages.choose(ALL)
        self.states.choose(self.queue.turn)
        self.renew(place=0)
        self.table.setFocus()

    def _open_file(self) -> None:
        if self.uid:
            self.wants_page.emit("roster", self.uid)

    def _connect(self) -> None:
        self.states.chosen.connect(lambda _: self.renew(place=0))
        self.villages.chosen.connect(lambda: self.renew(place=0))
        self._first_look.ready.connect(self._show_file)
        self.table.moved_to.connect(lambda _: self._show_file())
        self.table.chosen_changed.connect(self._show_chosen)
        self.table.sign_wanted.connect(self.sign)
        self.table.scroll_wanted.connect(self.reading.turn)
        self.table.opened.connect(lambda _: self._open_file())
        self.bar.wanted.connect(self.take)
        self.head.file_wanted.connect(self._open_file)
        self.empty.pressed.connect(self._look_on)

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": self.sign,
            "Ctrl+Enter": self.sign,
            "Ctrl+R": self.send_back,
            "Ctrl+U": self.take_back,
            "F2": self._open_file,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.setContentsMargins(0, 10, 16, 8)
        top.addWidget(self.states)
        top.addStretch(1)
        top.addWidget(self.villages)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.reading, 1)
        column.addWidget(self.bar)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.setProperty("look", "gap")
        parts.setHandleWidth(8)
        parts.addWidget(self.table)
        side = QWidget()
        self._sides = QStackedLayout(side)
        self._sides.addWidget(self.waiting)
        self._sides.addWidget(right)
        parts.addWidget(side)
        parts.setStretchFactor(1, 1)
        parts.setSizes([QUEUE_WIDTH, FILE_WIDTH])
        ground = QWidget()
        self._places = QStackedLayout(ground)
        self._places.addWidget(parts)
        self._places.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(ground, 1)
