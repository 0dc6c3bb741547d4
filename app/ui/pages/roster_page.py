"""花名册: filters, list and file in one window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.progress import Progress
from app.services.bulk_edit import BulkEdit
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.drafts import Drafts, KeptDraft
from app.services.payments import Payments
from app.services.pictures import Pictures
from app.services.readings import search_key
from app.services.reveals import Reveals
from app.services.roster_filter import TODO
from app.services.roster_marks import RosterMarks
from app.services.search import Search
from app.services.visits import Visits
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.forms.cadre_draft import NEW
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.rights import May, needs
from app.ui.roster.bulk_dialog import BulkDialog
from app.ui.roster.cadre_panel import CadrePanel
from app.ui.roster.filter_tree import RosterFilterTree
from app.ui.roster.roster_list import RosterList
from app.ui.roster.roster_state import RosterState
from app.ui.tasks import Tasks
from app.ui.whole_numbers import WholeNumbers
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.splitter import KeptSplitter

WIDE = 1000
"""Pixels from which the filters stand open by themselves."""
EMPTY = """\
这里放全镇离退休干部的花名册：一人一行，点一行就看到他的档案。
先把手头的花名册导进来，或者按 Ctrl+N 新建一个人。"""
FILE = "cadre:"
AT_ONCE = 3
"""Files that are looked at again without going to the background."""


class RosterPage(PageWidget):
    """The heart of the program."""

    import_wanted = Signal()
    export_wanted = Signal(list)
    visit_wanted = Signal(list)
    payment_wanted = Signal(list)
    """Each with the uids of the people."""

    def __init__(
        self,
        cadres: Cadres,
        search: Search,
        drafts: Drafts,
        pictures: Pictures,
        visits: Visits,
        payments: Payments,
        reveals: Reveals,
        changes: Changes,
        tasks: Tasks,
        memory: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cadres, self._changes, self._tasks = cadres, changes, tasks
        self._marks = RosterMarks(cadres)
        self._stale_marks = True
        self._filters_wanted: bool | None = None
        self.state = RosterState(cadres, search)
        self.tree = RosterFilterTree()
        self.list = RosterList(self.state, memory)
        self.panel = CadrePanel(cadres, drafts, pictures, visits, payments)
        self.banner = Banner()
        self.empty = EmptyState(EMPTY, "导入花名册", icon("import", "quiet"))
        self._header = PageHeader("花名册")
        self._bulk = push_button("批量改", self._open_bulk, "quiet")
        self._visit = push_button("记走访", lambda: self.visit_wanted.emit(self.list.uids), "quiet")
        self._pay = push_button("加入发放", lambda: self.payment_wanted.emit(self.list.uids), "quiet")
        self._export = push_button("导出", self._ask_export, "quiet")
        self.new_button = push_button("新建人员", self.new, icon=icon("add"), keys="Ctrl+N")
        self._parts = KeptSplitter(memory, "roster")
        self._file_side = KeptSplitter(memory, "roster_file")
        self._stack = QStackedWidget()
        self.numbers = WholeNumbers(reveals, self)
        needs("edit", self._bulk, self._visit, self._pay, self.new_button, self.empty, self.banner)
        self._asking = False
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(0)
        self._lay_out()
        self._connect()
        self._show_all()
        self._pick_first()
        self._offer_draft()

    def opened(self, about: str = "") -> None:
        """`about` is the uid of a person, 'new', or 'only' and the uids of those to be shown."""
        verb, *uids = about.split() or [""]
        if verb == "new":
            self.new()
        elif verb == "only":
            self._show_only(uids)
        elif verb:
            self.list.go_to(verb)
        else:
            self.list.take_focus()
        self._renew_marks()

    def search(self, text: str) -> bool:
        self.state.search_for(text)
        self._show_list()
        return True

    def take_search(self) -> None:
        self.list.take_focus()

    def unsaved(self) -> str:
        return f"“{self.panel.draft.name or '新建人员'}”的档案有修改没有保存" if self.panel.changed else ""

    def permit(self, may: May) -> None:
        super().permit(may)
        self.panel.read_only = not may("edit")

    def keep_draft(self) -> None:
        if self.panel.changed:
            self.panel.keeper.follow(self.panel.draft)
            self.panel.keeper.keep()

    def new(self) -> None:
        """An empty file, as soon as nothing unsaved stands in the way."""
        self._leave(lambda: self._start(None))

    def remove(self, uids: list[str]) -> None:
        """Asks first, by name; nothing of it comes back."""
        who = ask.names(self.state.names(uids))
        details = "档案、简历、家庭成员等一并删除，走访和发放记录里也不再有他们。删除后不能恢复。"
        verb = f"删除 {len(uids)} 人"
        ask.confirm(self, f"将删除 {who}", verb, lambda: self._remove(uids), details=details, safe="不删")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.panel.enter()
        elif event.key() == Qt.Key.Key_Delete and self.list.uids:
            self.remove(self.list.uids)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_filters()

    def _show_all(self) -> None:
        """List, counts and file after the data has changed."""
        some = len(self.state.roster) > 0 or self.panel.changed
        self._stack.setCurrentWidget(self._parts if some else self.empty)
        for widget in (self._bulk, self._visit, self._pay, self._export):
            widget.setVisible(some)
        self.tree.show_roster(self.state.roster)
        self.list.renew()

    def _show_list(self) -> None:
        """After another filter or search."""
        self.tree.show_filter(self.state.filter)
        self.list.renew()
        if not self.panel.changed:
            self._pick_first()

    def _show_only(self, uids: list[str]) -> None:
        """The people behind a figure of another page."""
        self.search_dropped.emit()
        self.state.pick(uids)
        self._show_list()
        self.list.take_focus()

    def _pick_first(self) -> None:
        first = next(iter(self.list.shown_uids), "")
        if first and not self.list.table.current_uid:
            self.list.table.go_to(first)

    def _on_change(self, change: Change) -> None:
        if change.kind == "cadre":
            self._renew(change.uids)
        elif change.kind in {"visit", "payment"} and not self.panel.changed:
            self._read_again()

    def _renew(self, uids: frozenset[str]) -> None:
        self.state.read()
        self._mark_again(uids)
        self.panel.look_alikes.renew()
        if self.panel.uid in uids and not self.panel.changed:
            self._read_again()
        self._show_all()

    def _read_again(self) -> None:
        """The file in front as it is now; a removed one gives way to an empty one."""
        if self.panel.uid:
            here = self.state.has(self.panel.uid)
            self.panel.show_file(self._cadres.read(self.panel.uid) if here else None)

    def _mark_again(self, uids: frozenset[str]) -> None:
        """A few are looked at on the spot; many are left to the background."""
        if len(uids) > AT_ONCE:
            self._stale_marks = True
            if self.isVisible():
                self._renew_marks()
        else:
            here = [uid for uid in uids if self.state.has(uid)]
            self.state.mark({uid: self._marks.of(self._cadres.read(uid)) for uid in here})

    def _renew_marks(self) -> None:
        """Gaps and doubts of everybody, found off this thread, once the page is looked at."""
        if self._stale_marks:
            self._stale_marks = False
            self._tasks.start("查看缺项和疑点", self._find_marks, self._take_marks)

    def _find_marks(self, _report: Progress) -> dict[str, tuple[str, ...]]:
        search_key(
            "一"
        )  # loads the pinyin dictionary: half a second, better spent here than at the first 保存
        return self._marks.of_all()

    def _take_marks(self, marks: dict[str, tuple[str, ...]]) -> None:
        self.state.mark(marks)
        self.tree.show_roster(self.state.roster)
        if any(condition.facet == TODO for condition in self.state.filter.conditions):
            self.list.renew()

    def _narrow(self, condition: object, how: str) -> None:
        self.state.narrow(condition, how)  # type: ignore[arg-type]
        self._show_list()

    def _follow_row(self) -> None:
        """The user is on another row: its file is shown, unless something unsaved stands in the way."""
        uid = self.list.table.current_uid
        if uid and uid != self.panel.uid:
            self._leave(lambda: self._open(uid), stay=self._go_back)

    def _go_back(self) -> None:
        self.list.table.go_to(self.panel.uid) if self.panel.uid else self.list.table.selectionModel().clear()
        self.panel.enter()

    def _open(self, uid: str) -> None:
        self.panel.show_file(self._cadres.read(uid))
        if self.list.table.current_uid != uid:
            self.list.go_to(uid)

    def _start(self, kept: KeptDraft | None) -> None:
        """A new person, or the draft of one."""
        self._stack.setCurrentWidget(self._parts)
        self.list.table.selectionModel().clear()
        if kept:
            self.panel.restore(None, kept.content)
        else:
            self.panel.show_file(None)
        self.panel.begin("name")

    def _leave(self, then: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Asks about what is unsaved; `then` runs once nothing is, `stay` when the user goes on editing."""
        if not self.panel.changed:
            then()
        elif not self._asking:
            self._asking = True
            ask.choose(
                self,
                f"“{self.panel.draft.name or '新建人员'}”的修改还没有保存",
                (
                    ("保存", lambda: self._answer(self.panel.save, then, stay)),
                    ("放弃修改", lambda: self._answer(self._give_up, then, stay)),
                    ("继续编辑", lambda: self._answer(lambda: False, then, stay)),
                ),
            )

    def _answer(
        self, act: Callable[[], bool], then: Callable[[], object], stay: Callable[[], object] | None
    ) -> None:
        try:
            if act():
                then()
            elif stay:
                stay()
        finally:
            self._asking = False

    def _give_up(self) -> bool:
        self.panel.give_up()
        return True

    def _open_alike(self, uid: str) -> None:
        """The half-filled new file is kept as a draft; nothing is asked."""
        self.panel.keeper.keep()
        self._open(uid)
        self._offer_draft()

    def _offer_draft(self) -> None:
        left = self.panel.keeper.left_over(self.panel.draft.about if self.panel.changed else "")
        self.banner.setVisible(bool(left))
        if left:
            name = left[0].content.get("name") or "没有写姓名的人"
            self.banner.say("info", f"“{name}”有一份 {_when(left[0])} 留下、没有保存的草稿。", "处理草稿")

    def _take_draft(self) -> None:
        left = self.panel.keeper.left_over(self.panel.draft.about if self.panel.changed else "")
        if not left:
            self.banner.hide()
            return
        kept = left[0]
        ask.choose(
            self,
            f"“{kept.content.get('name') or '没有写姓名的人'}”的草稿，怎么办？",
            (
                ("接着填", lambda: self._leave(lambda: self._resume(kept))),
                ("丢掉草稿", lambda: self._drop_draft(kept)),
                ("以后再说", self.banner.hide),
            ),
            details=f"草稿是 {_when(kept)} 自动留下的，还没有写进档案。",
        )

    def _resume(self, kept: KeptDraft) -> None:
        uid = kept.about.removeprefix(FILE)
        if self.state.has(uid):
            self.panel.restore(self._cadres.read(uid), kept.content)
            self.list.go_to(uid)
        else:
            self._start(kept)
            self._drop_lost(kept)
        self._offer_draft()

    def _drop_lost(self, kept: KeptDraft) -> None:
        """The draft of a removed file goes on as that of a new person."""
        if kept.about != NEW:
            self.panel.keeper.drop(kept.about)
            self.panel.keeper.follow(self.panel.draft)

    def _drop_draft(self, kept: KeptDraft) -> None:
        self.panel.keeper.drop(kept.about)
        self._offer_draft()

    def _remove(self, uids: list[str]) -> None:
        place = self.list.place
        if self.panel.uid in uids:
            self.panel.give_up()
        self._changes.tell(self._cadres.remove(uids))
        self.says.emit(f"已删除 {len(uids)} 人")
        self.list.go_to_place(place)

    def _open_bulk(self) -> None:
        self._leave(self._show_bulk)

    def _show_bulk(self) -> None:
        dialog = BulkDialog(BulkEdit(self._cadres), self.list.uids, self)
        dialog.applied.connect(self._changes.tell)
        dialog.open()

    def _ask_export(self) -> None:
        """Those selected; with no more than one selected, all that the list shows."""
        uids = self.list.uids
        self.export_wanted.emit(uids if len(uids) > 1 else self.list.shown_uids)

    def _show_selection(self) -> None:
        many = len(self.list.uids)
        for button in (self._bulk, self._visit, self._pay):
            button.setEnabled(many > 0)
            button.setToolTip(f"选中的 {many} 人" if many else "先在名单里选人（按住 Ctrl 或 Shift 可多选）")
        shown = many if many > 1 else len(self.list.shown_uids)
        self._export.setText(f"导出 {shown} 人")
        self._export.setEnabled(shown > 0)
        self._header.set_note(self.list.count_line)

    def _switch_filters(self) -> None:
        self._filters_wanted = self.list.filters.isChecked()
        self._show_filters()

    def _show_filters(self) -> None:
        on = self.width() >= WIDE if self._filters_wanted is None else self._filters_wanted
        self.list.filters.setChecked(on)
        self.tree.setVisible(on)

    def _place_file(self) -> None:
        below = self.list.file_below
        self._file_side.setOrientation(Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal)

    def _move_file(self) -> None:
        self._place_file()
        self._file_side.setSizes([200, 400] if self.list.file_below else [430, 640])

    def _lay_out(self) -> None:
        self._header.add(self._bulk, self._visit, self._pay, self._export, self.new_button)
        self._place_file()
        self._file_side.put([(self.list, 430), (self.panel, 640)])
        self._parts.put([(self.tree, 184), (self._file_side, 1070)])
        self._stack.addWidget(self._parts)
        self._stack.addWidget(self.empty)
        notice = QVBoxLayout()
        notice.setContentsMargins(16, 0, 16, 8)
        notice.addWidget(self.banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(notice)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._changes.changed.connect(self._on_change)
        self._follow.timeout.connect(self._follow_row)
        self.tree.wanted.connect(self._narrow)
        self.list.filters.clicked.connect(self._switch_filters)
        self.list.moved_to.connect(lambda _: self._follow.start())
        self.list.opened.connect(lambda _: self.panel.enter())
        self.list.narrowed.connect(self._show_list)
        self.list.search_dropped.connect(self.search_dropped)
        self.list.selected.connect(self._show_selection)
        self.list.moved_file.connect(self._move_file)
        self.panel.saved.connect(self._take_saved)
        self.panel.left.connect(self.list.take_focus)
        self.panel.open_wanted.connect(self._open_alike)
        self.panel.remove_wanted.connect(lambda uid: self.remove([uid]))
        self.panel.visit_wanted.connect(self.visit_wanted)
        self.panel.payment_wanted.connect(self.payment_wanted)
        self.panel.said.connect(self.says)
        self.panel.show_wanted.connect(self._show_number)
        self.panel.copy_wanted.connect(self._copy_number)
        self.numbers.serve(self.list.table, lambda uid: self.state.names([uid])[0])
        self.numbers.said.connect(self.says)
        self.banner.pressed.connect(self._take_draft)
        self.empty.pressed.connect(self.import_wanted)

    def _show_number(self, name: str) -> None:
        who, label = self._whose_number(name)
        self.numbers.show(who, label, lambda: self.panel.reveal(name))

    def _copy_number(self, name: str) -> None:
        self.numbers.copy(*self._whose_number(name), self.panel.draft.form.text(name))

    def _whose_number(self, name: str) -> tuple[str, str]:
        return self.panel.draft.name or "新建人员", self._cadres.record.field(name).label

    def _take_saved(self, change: Change) -> None:
        self._changes.tell(change)
        self.list.go_to(self.panel.uid)
        self.says.emit(f"“{self.panel.draft.name}”已保存")


def _when(kept: KeptDraft) -> str:
    """'11月22日 14:03'."""
    day, hour = kept.kept_at[:10].split("-"), kept.kept_at[11:16]
    return f"{int(day[1])}月{int(day[2])}日 {hour}"
