"""走访: the ledger, the visit beside it, and rounds to many people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.drafts import Drafts, KeptDraft
from app.services.people import everybody
from app.services.pictures import Pictures
from app.services.search import Search
from app.services.visits import Visits
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.dialogs.draft_offer import DraftOffer
from app.ui.dialogs.files import PICTURES, documents
from app.ui.dialogs.picture import show_picture
from app.ui.forms.draft_shelf import DraftShelf
from app.ui.forms.visit_draft import VisitDraft, last_team
from app.ui.forms.visit_ledger_state import VisitLedgerState
from app.ui.forms.visit_round import VisitRound
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.rights import needs
from app.ui.visits.ledger import VisitLedger
from app.ui.visits.round_view import RoundView
from app.ui.visits.visit_form import VisitForm
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.page_header import PageHeader

LEDGER_WIDTH, FORM_WIDTH = 780, 420
ROUND = "round"


class VisitsPage(PageWidget):
    """`about` when opened: uids of people whose visits to show, or 'new' and uids to write a visit for."""

    print_wanted = Signal(str)
    """The period: a year, or '' for all."""
    import_wanted = Signal()

    def __init__(
        self,
        visits: Visits,
        cadres: Cadres,
        search: Search,
        pictures: Pictures,
        changes: Changes,
        drafts: Drafts,
    ) -> None:
        super().__init__()
        self._visits, self._cadres, self._search = visits, cadres, search
        self._pictures, self._changes = pictures, changes
        self._state = VisitLedgerState(visits, search.find)
        self._draft = VisitDraft(visits)
        self.header = PageHeader("走访")
        self.import_table = push_button("从表格导入", self.import_wanted.emit, icon=icon("import"))
        self.print = push_button("打印台账", self._print, icon=icon("print"))
        self.many = push_button("给多人记", self.new_round, icon=icon("people"))
        self.new = push_button("记一次走访", self.new_visit, keys="Ctrl+N")
        self.ledger = VisitLedger(self._state)
        self.form = VisitForm(self._draft, search.find, pictures.content)
        self.round: RoundView | None = None
        self._shelf = DraftShelf(drafts, "visit:")
        self.offer = DraftOffer(self._shelf, "一条走访")
        needs("edit", self.import_table, self.many, self.new, self.offer)
        self._lay_out()
        self._connect()
        self._know_people()
        self._show_form(on=False)
        self.offer.renew()

    def opened(self, about: str = "") -> None:
        verb, *uids = about.split() or [""]
        if verb == "new":
            self.new_visit_for(uids)
        elif verb:
            self.show_visits_of([verb, *uids])
        elif not self.round and not self._form_is_open:
            self.ledger.search.setFocus()  # the table would open the first visit

    def search(self, text: str) -> bool:
        self.ledger.search.setText(text)
        return True

    def take_search(self) -> None:
        self.ledger.table.setFocus()

    def unsaved(self) -> str:
        if self.round and self._round.changed:
            return "给多人记的走访还没有保存"
        return "一条走访还没有保存" if self._form_is_open and self._draft.changed else ""

    def keep_draft(self) -> None:
        if self.unsaved():
            self._shelf.keep(self._about, (self._round if self.round else self._draft).content())

    @property
    def _about(self) -> str:
        """What the draft of the open form is kept under."""
        return ROUND if self.round else self._draft.uid or "new"

    def _resume(self, kept: KeptDraft) -> None:
        """Onto the visit it belongs to, where that is still there."""
        about = self._shelf.name_of(kept)
        if about == ROUND:
            self._leave(lambda: self._begin_round([], kept.content))
        else:
            self._leave(lambda: self._go_on(about, kept))

    def _go_on(self, about: str, kept: KeptDraft) -> None:
        self._close_all()
        if any(line.uid == about for line in self._visits.lines()):
            self._draft.open(about)
        else:
            self._draft.begin()
            self._shelf.drop(about)  # its visit was removed: it goes on as a new one
        self._draft.restore(kept.content)
        self._show_draft()
        self.offer.renew(but=about)
        self.form.go_to_first()

    def _drop_draft(self, about: str) -> None:
        self._shelf.drop(about)
        self.offer.renew()

    def show_visits_of(self, uids: Iterable[str]) -> None:
        people = tuple(uids)
        self._leave(lambda: self._show_only(people))

    def new_visit(self) -> None:
        self._leave(lambda: self._begin([]))

    def new_visit_for(self, uids: Iterable[str]) -> None:
        """One person: the form; several: a round with one visit for each."""
        people = list(uids)
        self._leave(lambda: self._begin(people) if len(people) < 2 else self._begin_round(people))

    def new_round(self) -> None:
        self._leave(lambda: self._begin_round([]))

    def _lay_out(self) -> None:
        self.header.add(self.import_table, self.print, self.many, self.new)
        self._parts = QSplitter()
        self._parts.setChildrenCollapsible(False)
        self._parts.setProperty("look", "gap")
        self._parts.setHandleWidth(8)
        self._parts.addWidget(self.ledger)
        self._parts.addWidget(self.form)
        self._parts.setStretchFactor(0, 1)
        self._parts.setSizes([LEDGER_WIDTH, FORM_WIDTH])
        desk = QWidget()
        inside = QVBoxLayout(desk)
        inside.setContentsMargins(16, 0, 16, 8)
        inside.addWidget(self._parts)
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        offer = QVBoxLayout()
        offer.setContentsMargins(16, 0, 16, 0)
        offer.addWidget(self.offer)
        column.addLayout(offer)
        column.addWidget(desk, 1)
        self._views = QStackedLayout(self)
        self._views.addWidget(front)

    def _connect(self) -> None:
        self.ledger.moved_to.connect(self._move_to)
        self.ledger.table.opened.connect(lambda _uid: self.form.go_to_first())
        self.ledger.new_wanted.connect(self.new_visit)
        self.form.save_wanted.connect(self._save)
        self.form.next_wanted.connect(self._save_and_next)
        self.form.remove_wanted.connect(self._ask_to_remove)
        self.form.close_wanted.connect(lambda: self._leave(self._close_form))
        self.form.photo_wanted.connect(self._choose_photos)
        self.form.view_wanted.connect(self._view_photo)
        self._changes.changed.connect(self._on_change)
        self.offer.resumed.connect(self._resume)

    def _on_change(self, change: Change) -> None:
        if change.kind == "cadre":
            self._know_people()
        if change.kind in ("visit", "cadre"):
            self.ledger.renew()

    def _know_people(self) -> None:
        self._search.renew()
        self.form.know(everybody(self._cadres))

    def _move_to(self, uid: str) -> None:
        if uid and uid != self._draft.uid:
            self._leave(lambda: self._open(uid), stay=lambda: self.ledger.table.go_to(self._draft.uid))

    def _open(self, uid: str) -> None:
        self._draft.open(uid)
        self._show_draft()

    def _begin(self, people: list[str]) -> None:
        self._close_all()
        self._draft.begin(people)
        self.ledger.table.clearSelection()
        self._show_draft()
        self.form.go_to_first()

    def _show_draft(self) -> None:
        self.form.show_draft(last_team(self._visits.lines()))
        self._show_form(on=True)

    def _save(self) -> bool:
        """Whether it was kept."""
        about = self._about
        try:
            change = self._draft.save()
        except UserError as error:
            self.form.refuse(error)
            return False
        self._drop_draft(about)
        self._tell_saved(change)
        return True

    def _tell_saved(self, change: Change) -> None:
        self._changes.tell(change)
        self.form.show_draft(last_team(self._visits.lines()))
        self.ledger.go_to(self._draft.uid)
        self.says.emit(f"已保存 {self._draft.state.text('date')} 走访 {'、'.join(self.form.people.names)}")

    def _save_and_next(self) -> None:
        if self._save():
            self._draft.begin_next()
            self._show_draft()
            self.form.go_to_first()

    def _ask_to_remove(self) -> None:
        names = "、".join(self.form.people.names)
        ask.confirm(
            self,
            f"将删除 {self._draft.state.text('date')} 走访 {names} 的记录",
            "删除",
            self._remove,
            details="30 天内可以在“设置 → 回收站”里找回。",
        )

    def _remove(self) -> None:
        uid = self._draft.uid
        self._draft.begin()
        self._close_form()
        self._changes.tell(self._visits.remove([uid]))
        self.says.emit("已删除 1 条走访")

    def _choose_photos(self) -> None:
        dialog = QFileDialog(self, "选择照片", documents(), PICTURES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.take_photos)
        dialog.open()

    def take_photos(self, paths: Iterable[str]) -> None:
        """What is no picture is said; the others are taken."""
        for path in paths:
            try:
                self.form.add_photo(self._pictures.take_in(Path(path)))
            except UserError as error:
                self.form.refuse(error)

    def _view_photo(self, key: str) -> None:
        if content := self._pictures.content(key):
            show_picture(self, content)

    def _print(self) -> None:
        self.print_wanted.emit(self._state.year)

    def _begin_round(self, people: list[str], draft: Mapping[str, Any] | None = None) -> None:
        self._close_all()
        self._round = VisitRound(self._visits, everybody(self._cadres), self._search.find, people)
        if draft:
            self._round.restore(draft)
            self.offer.renew(but=ROUND)
        self.round = RoundView(self._round)
        self.round.save_wanted.connect(self._save_round)
        self.round.back_wanted.connect(lambda: self._leave(self._close_all))
        self._views.addWidget(self.round)
        self._views.setCurrentWidget(self.round)
        self.round.picker.search.setFocus()

    def _save_round(self) -> bool:
        assert self.round is not None
        try:
            change = self._round.save()
        except UserError as error:
            self.round.refuse(error)
            return False
        self._drop_draft(ROUND)
        self._close_all()
        self._changes.tell(change)
        self.ledger.reveal(next(iter(change.uids)))
        self.says.emit(f"已保存 {len(change.uids)} 条走访")
        return True

    @property
    def _form_is_open(self) -> bool:
        return not self.form.isHidden()

    def _show_form(self, *, on: bool) -> None:
        self.form.setVisible(on)
        set_look(self.new, look="" if on else "primary")

    def _close_form(self) -> None:
        self._draft.begin()
        self._show_form(on=False)
        self.ledger.table.clearSelection()
        self.ledger.table.setFocus()

    def _show_only(self, people: tuple[str, ...]) -> None:
        self._close_all()
        self.ledger.show_only(people)

    def _close_all(self) -> None:
        """Only the ledger is left; what was not saved is gone."""
        self._close_form()
        if self.round:
            self._views.removeWidget(self.round)
            self.round.deleteLater()
            self.round = None

    def _leave(self, then: Callable[[], object], stay: Callable[[], object] = lambda: None) -> None:
        """Goes on at once when nothing would be lost, else asks first."""
        lost = self.unsaved()
        if not lost:
            then()
            return
        save = self._save_round if self.round else self._save
        ask.choose(
            self,
            lost,
            [
                ("保存", lambda: then() if save() else stay()),
                ("不保存", lambda: self._forget(then)),
                ("留在这里", stay),
            ],
        )

    def _forget(self, then: Callable[[], object]) -> None:
        self._drop_draft(self._about)
        self._draft.begin()
        then()
