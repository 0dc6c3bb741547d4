"""重复的人: pairs that may be one person, compared and merged or told apart; what was merged can be split."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.changes import Change
from app.services.duplicate_evidence import Pair
from app.services.duplicates import Duplicates
from app.services.merging import Merging
from app.services.pictures import Pictures
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.duplicates.compare_view import CompareView
from app.ui.duplicates.merge_state import MergeState
from app.ui.duplicates.pair_list import PairList
from app.ui.duplicates.past_view import PastView
from app.ui.duplicates.split_question import ask_split
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.tables.text_table import Line
from app.ui.tasks import Tasks
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

OPEN, MERGED, TWO = "open", "merged", "two"
LIST_WIDTH, COMPARE_WIDTH = 330, 900
SEARCHING = "正在全部档案里查找……"
NOT_YET = "这一对已经办了，正在找下一对，请稍等"
NOBODY = "没有发现重复的人。\n按证件号、姓名和出生年月、单位、同音和近似的名字都找过了。"
NO_MERGED = "还没有合并过档案。合并过的列在这里，随时可以拆回两份。"
NO_TWO = "还没有确认过“不是同一个人”的。"


class TwinsPage(PageWidget):
    """`about` when opened: uids of two people to compare, or nothing."""

    def __init__(
        self, duplicates: Duplicates, merging: Merging, pictures: Pictures, changes: Changes, tasks: Tasks
    ) -> None:
        super().__init__()
        self._duplicates, self._merging = duplicates, merging
        self._changes, self._tasks = changes, tasks
        self._groups: list[list[Pair]] = []
        self._stale, self._searching, self._again = True, False, False
        self._place = 0
        self._picked: Pair | None = None
        """Two that somebody wants to compare, alike or not."""
        self._is_touched = False
        self.state = MergeState(merging)
        self.modes = Segments([(OPEN, "待看的"), (MERGED, "已合并的"), (TWO, "不是同一人的")])
        self.count = label("", "quiet")
        self.pairs = PairList()
        self.compare = CompareView(self.state, pictures)
        self.empty = EmptyState(SEARCHING, icon=icon("people", "quiet"), weight="")
        self.merged = PastView(
            ("合并时间", "并入的", "保留的", "谁合并的"), (150, 160, 160), "拆回两份…", NO_MERGED
        )
        self.two = PastView(
            ("确认时间", "两个人", "说明", "谁确认的"), (150, 220, 260), "收回，重新比对", NO_TWO
        )
        self._lay_out()
        self._connect()

    def opened(self, about: str = "") -> None:
        """Two uids are compared, alike or not."""
        uids = about.split()
        if len(uids) == 2:
            self._choose(OPEN)
            self._show_chosen(*uids)
        elif self._stale:
            self.renew()
        else:
            self.pairs.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.renew()

    def renew(self) -> None:
        """Seeks again, off this thread."""
        self._stale = False
        self._show_past()
        if self._searching:
            self._again = True
            return
        self._searching = True
        self._tasks.start(
            "查找重复的人", self._duplicates.scan, self._take, self._give_up, matters=False, quiet=True
        )

    def _take(self, groups: list[list[Pair]]) -> None:
        """The user stays at the pair he looks at; after one that is dealt with he is at the next."""
        self._searching, self._groups = False, groups
        pairs = [pair for group in groups for pair in group]
        self.count.setText(f"{len(pairs)} 对" if pairs else "")
        front = self.state.pair
        if front and front is self._picked and _place(pairs, front) is None:
            pairs.insert(0, front)
        known = _place(pairs, front)
        before = self.pairs.blockSignals(True)
        self.pairs.show_pairs(pairs, self._place if known is None else known)
        self.pairs.blockSignals(before)
        if known is None or self._is_touched:
            self._show_pair(self.pairs.key)
        self._is_touched = False
        if self._again:
            self._again = False
            self.renew()

    def _give_up(self, error: Exception) -> None:
        self._searching = False
        self._tasks.failed.emit(error)

    def _group_note(self, pair: Pair) -> str:
        group = next((group for group in self._groups if pair in group), [pair])
        people = {uid for each in group for uid in each.uids}
        return f"有 {len(people)} 份档案连在一起，请一对一对看" if len(people) > 2 else ""

    def _show_chosen(self, one: str, other: str) -> None:
        try:
            pair = self._duplicates.pair(one, other)
        except UserError as error:
            ask.tell(self, str(error))
            return
        self._picked = pair
        known = self.pairs.place_of((one, other))
        if known is None:
            self.pairs.show_pairs([pair, *self.pairs.pairs], 0)
        else:
            self.pairs.go_to(known)
            self._picked = self.pairs.key
        self._show_pair(self.pairs.key)
        self.compare.table.setFocus()

    def _show_pair(self, pair: Pair | None, keep: str = "") -> None:
        try:
            self.state.show(pair, keep or None)  # type: ignore[arg-type]
        except UserError:
            self._stale = True
            self.state.show(None)
        shown = self.state.pair
        if shown is None:
            self.empty.say(SEARCHING if self._searching else NOBODY)
        else:
            self.compare.show_pair(shown, self._group_note(shown))
        self._ground.setCurrentWidget(self.compare if shown else self.empty)

    def _choose(self, mode: str) -> None:
        self.modes.choose(mode)
        self._layers.setCurrentIndex((OPEN, MERGED, TWO).index(mode))
        self.count.setVisible(mode == OPEN)

    def _ask(self) -> None:
        if self.state.plan is None or self.state.obstacle:
            self.says.emit(self.state.obstacle or NOT_YET)
            return
        question, details = self.state.told()
        ask.confirm(self, question, "合并", self._merge, details=details, safe="再看看")

    def _merge(self) -> None:
        assert self.state.plan
        plan, choices = self.state.plan, self.state.choices
        name = plan.keep.values.get("name") or ""
        self._do(lambda: self._merging.merge(plan, choices), f"两份档案已合并成“{name}”一人")

    def _tell_apart(self) -> None:
        if not (pair := self.state.pair):
            self.says.emit(NOT_YET)
        else:
            self._do(lambda: self._duplicates.not_same(pair), "记下了：不是同一个人，以后不再列出")

    def _do(self, act: Callable[[], Change], told: str) -> None:
        """The next pair comes to the place of the one that is dealt with."""
        try:
            change = act()
        except UserError as error:
            ask.tell(self, str(error))
            return
        self._place = max(self.pairs.place, 0)
        self.state.show(None)
        self._changes.tell(change)
        self.says.emit(told)

    def _next(self) -> None:
        if count := len(self.pairs.texts.lines):
            self.pairs.go_to((self.pairs.place + 1) % count)

    def _ask_split(self, uid: str) -> None:
        found = next(each for each in self._merging.merged() if each.uid == uid)
        ask_split(self, self._merging, found.uid, found.name, found.kept_name, self._after_split)

    def _after_split(self, change: Change) -> None:
        self._changes.tell(change)
        self.says.emit("已拆回两份档案")

    def _undecide(self, uid: str) -> None:
        self._do(lambda: self._duplicates.undecide(uid), "收回了，这一对重新列出")

    def _show_past(self) -> None:
        self.merged.show_lines(
            [
                Line(each.uid, (_day(each.at), each.name, each.kept_name, each.by))
                for each in self._merging.merged()
            ]
        )
        self.two.show_lines(
            [
                Line(each.uid, (_day(each.at), "、".join(each.names), each.reason, each.by))
                for each in self._duplicates.decided()
            ]
        )

    def _on_change(self, change: Change) -> None:
        if change.kind not in {"cadre", "visit", "payment"}:
            return
        self._stale = self._is_touched = True
        if self.isVisible():
            self.renew()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.modes)
        head.addSpacing(8)
        head.addWidget(self.count)
        head.addStretch(1)
        right = QWidget()
        self._ground = QStackedLayout(right)
        self._ground.addWidget(self.empty)
        self._ground.addWidget(self.compare)
        self.parts = QSplitter()
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(self.pairs)
        self.parts.addWidget(right)
        self.parts.setSizes([LIST_WIDTH, COMPARE_WIDTH])
        self.parts.setStretchFactor(1, 1)
        body = QWidget()
        self._layers = QStackedLayout(body)
        for layer in (self.parts, self.merged, self.two):
            self._layers.addWidget(layer)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(body, 1)

    def _connect(self) -> None:
        self._changes.changed.connect(self._on_change)
        self.modes.chosen.connect(self._choose)
        self.pairs.moved_to.connect(self._show_pair)
        self.pairs.entered.connect(self.compare.table.setFocus)
        self.compare.table.left.connect(self.pairs.setFocus)
        self.compare.keep_wanted.connect(lambda place: self._show_pair(self.state.pair, place))
        self.compare.merge_wanted.connect(self._ask)
        self.compare.two_wanted.connect(self._tell_apart)
        self.compare.next_wanted.connect(self._next)
        self.compare.open_wanted.connect(lambda uid: self.wants_page.emit("roster", uid))
        self.merged.back_wanted.connect(self._ask_split)
        self.two.back_wanted.connect(self._undecide)


def _place(pairs: Sequence[Pair], wanted: Pair | None) -> int | None:
    uids = set(wanted.uids) if wanted else set()
    return next((at for at, pair in enumerate(pairs) if set(pair.uids) == uids), None)


def _day(at: str) -> str:
    return at[:16].replace("T", " ")
