"""花名册: filters, list and file in one window."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.services.cadres import Cadres
from app.services.changes import Change, together
from app.services.drafts import Drafts
from app.services.payments import Payments
from app.services.pictures import Pictures
from app.services.reveals import Reveals
from app.services.roster_filter import TODO
from app.services.roster_tools import RosterTools
from app.services.search import Search
from app.services.visits import Visits
from app.ui.changes import Changes
from app.ui.page import PageWidget
from app.ui.rights import May, needs
from app.ui.roster.bulk_dialog import BulkDialog
from app.ui.roster.cadre_panel import CadrePanel
from app.ui.roster.deep_rounds import DeepRounds
from app.ui.roster.file_acts import ListAct
from app.ui.roster.file_in_front import FileInFront
from app.ui.roster.filter_keeper import FilterKeeper
from app.ui.roster.filter_tree import RosterFilterTree
from app.ui.roster.leaving import name_of
from app.ui.roster.mark_rounds import MarkRounds, Marks
from app.ui.roster.quick_view import QuickView
from app.ui.roster.removal import Removal
from app.ui.roster.roster_frame import RosterFrame
from app.ui.roster.roster_head import RosterHead
from app.ui.roster.roster_list import RosterList
from app.ui.roster.roster_state import RosterState
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner


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
        tools: RosterTools,
        changes: Changes,
        tasks: Tasks,
        memory: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cadres, self._changes = cadres, changes
        self._tools = tools
        self._missed: list[Change] = []
        """What was told while nobody looked at the page."""
        self._marks = MarkRounds(cadres, tasks, self)
        self._deep = DeepRounds(tools.reasons, tasks, self)
        self.state = RosterState(cadres, search, tools)
        self.tree = RosterFilterTree()
        self.list = RosterList(self.state, memory)
        self.panel = CadrePanel(cadres, drafts, pictures, visits, payments)
        self.banner = Banner()
        self.head = RosterHead(self.list)
        self.frame = RosterFrame(self.tree, self.list, self.panel, memory)
        self.file = FileInFront(
            cadres, reveals, self.state, self.list, self.panel, self.banner, changes, self
        )
        self.filters = FilterKeeper(self.state, self.tree, self.list, changes, self)
        self.quick = QuickView(self.state, self.list, self)
        self.removal = Removal(cadres, self.state, self.list, self.panel, changes, self)
        needs("edit", self.banner)
        self._lay_out()
        self._connect()
        self._show_all()
        self._pick_first()
        self.file.offer.look()

    @property
    def acts(self) -> list[ListAct]:
        """More that can be done with the people of the list."""
        return self.head.acts

    @property
    def new_button(self) -> QPushButton:
        return self.head.new_button

    def opened(self, about: str = "") -> None:
        """`about` is the uid of a person, 'new', or 'only' and the uids of those to be shown."""
        self._catch_up()
        verb, *uids = about.split() or [""]
        if verb == "new":
            self.new()
        elif verb == "only":
            self._show_only(uids)
        elif verb:
            self.list.go_to(verb)
        else:
            self.list.take_focus()
        self._marks.look()
        self._deep.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def search(self, text: str) -> bool:
        self.state.search_for(text)
        self._show_list()
        return True

    def take_search(self) -> None:
        self.list.take_focus()

    def unsaved(self) -> str:
        return f"“{name_of(self.panel)}”的档案有修改没有保存" if self.panel.changed else ""

    def permit(self, may: May) -> None:
        super().permit(may)
        self.panel.may = may
        self.head.permit(may)
        self.panel.read_only = not may("edit")

    def keep_draft(self) -> None:
        self.file.keep_draft()

    def new(self) -> None:
        """An empty file, as soon as nothing unsaved stands in the way."""
        self.file.new()

    def remove(self, uids: list[str]) -> None:
        """Asks first, by name."""
        self.removal.ask(uids)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.panel.enter()
        elif event.key() == Qt.Key.Key_Delete and self.list.uids and not self.panel.read_only:
            self.remove(self.list.uids)
        else:
            super().keyPressEvent(event)

    def _show_all(self) -> None:
        """List, counts and file after the data has changed."""
        some = len(self.state.roster) > 0 or self.panel.changed
        self.frame.show_people(some=some)
        self.head.show_people(some=some)
        self._show_tree()
        self.list.renew()

    def _show_tree(self) -> None:
        self.tree.show_roster(self.state.roster, self.state.saved, self.state.circle)
        self.tree.show_filter(self.state.filter)

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
        """With thousands of people each renewal takes a moment, which nobody should wait for on another page."""
        self._missed.append(change)
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        missed, self._missed = together(self._missed), []
        for change in missed:
            self._take_change(change)

    def _take_change(self, change: Change) -> None:
        if change.kind == "cadre":
            self._renew(change)
        elif change.kind in {"visit", "payment"} and not self.panel.changed:
            self.file.read_again()
        elif change.kind == "review":
            self.state.read_states()
            self._show_all()
        elif change.kind == "acceptance":
            self._marks.look_again(filter(self.state.has, change.uids), seen=self.isVisible())
        elif change.kind == "rule":
            self._marks.look_again(self.state.uids, seen=self.isVisible())
        elif change.kind == "filter":
            self.state.read_circle()
            self._show_all()

    def _renew(self, change: Change) -> None:
        self.state.read()
        uids = change.uids or self.state.uids
        self._deep.look_again(uids, seen=self.isVisible())
        self._marks.look_again(filter(self.state.has, uids), seen=self.isVisible())
        self.panel.look_alikes.renew()
        if change.is_about(self.panel.uid) and not self.panel.changed:
            self.file.read_again()
        self._show_all()

    def _take_marks(self, marks: Marks) -> None:
        self.state.mark(marks)
        self._show_tree()
        if any(condition.facet == TODO for condition in self.state.filter.conditions):
            self.list.renew()

    def _find_deeper(self) -> None:
        """What is typed already is sought in the rest of the files too."""
        if self.state.typed:
            self.list.renew()

    def _sort_by(self, code: str) -> None:
        self.state.sort_by(code)
        self.list.sorted_anew()
        self.says.emit(f"名单{self.state.order.title}排列，打印和导出的花名册也一样")

    def _show_bulk(self) -> None:
        dialog = BulkDialog(self._tools.bulk, self.list.uids, self, self.list.shown_uids)
        dialog.applied.connect(self._take_bulk)
        dialog.open()

    def _take_bulk(self, change: Change, about: str) -> None:
        self._changes.tell(change)
        self.says.emit(f"已{about}")

    def _lay_out(self) -> None:
        notice = QVBoxLayout()
        notice.setContentsMargins(16, 0, 16, 8)
        notice.addWidget(self.banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(notice)
        column.addWidget(self.frame, 1)

    def _connect(self) -> None:
        self._changes.changed.connect(self._on_change)
        self._marks.found.connect(self._take_marks)
        self.frame.import_wanted.connect(self.import_wanted)
        self.file.shown.connect(self.frame.show_people)
        self._deep.ready.connect(self._find_deeper)
        self.filters.filtered.connect(self._show_list)
        self.filters.redrawn.connect(self._show_all)
        for part in (self.filters, self.file, self.removal):
            part.said.connect(self.says)
        self.quick.chosen.connect(self.list.go_to)
        self.file.opened.connect(self.quick.opened)
        self.list.order_wanted.connect(self._sort_by)
        self.list.narrowed.connect(self._show_list)
        self.list.search_dropped.connect(self.search_dropped)
        self.list.selected.connect(self.head.show_selection)
        self.head.bulk_wanted.connect(lambda: self.file.leave(self._show_bulk))
        self.head.new_wanted.connect(self.new)
        for source in (self.head, self.panel):
            source.visit_wanted.connect(self.visit_wanted)
            source.payment_wanted.connect(self.payment_wanted)
        self.head.export_wanted.connect(self.export_wanted)
        self.panel.remove_wanted.connect(lambda uid: self.remove([uid]))
