"""发放: the batches, what each person gets in one, and new batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.drafts import Drafts, KeptDraft
from app.services.payments import BatchFile, Payments
from app.services.people import everybody
from app.services.reveals import Reveals
from app.services.search import Search
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.dialogs.draft_offer import DraftOffer
from app.ui.forms.draft_shelf import DraftShelf
from app.ui.forms.payment_draft import PaymentDraft
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.payments.batch_editor import BatchEditor
from app.ui.payments.batch_head import BatchHead, allow
from app.ui.payments.batch_list import BatchList
from app.ui.payments.batch_payments import BatchPayments
from app.ui.payments.reviewing import Reviewing
from app.ui.whole_numbers import WholeNumbers
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.page_header import PageHeader

LIST_HEIGHT, LINES_HEIGHT = 150, 470
LEAST_LIST = 104


class PaymentsPage(PageWidget):
    """`about` when opened: 'new' and uids of people to pay, or the uid of a batch."""

    print_wanted = Signal(str)
    """The uid of the batch."""
    import_wanted = Signal()

    def __init__(
        self,
        payments: Payments,
        cadres: Cadres,
        search: Search,
        reveals: Reveals,
        changes: Changes,
        drafts: Drafts,
    ) -> None:
        super().__init__()
        self._payments, self._cadres, self._search, self._changes = payments, cadres, search, changes
        self._file = BatchFile()
        self._draft: PaymentDraft | None = None
        self.editor: BatchEditor | None = None
        self.header = PageHeader("发放")
        self.batches = BatchList(payments)
        self.lines = BatchPayments(payments)
        self.numbers = WholeNumbers(reveals, self)
        self.head = BatchHead(payments)
        self.reviewing = Reviewing(payments, self)
        self.empty = EmptyState(
            "还没有发放批次。慰问金、护理费、补助，发给谁、发多少、谁签的字，都记在这里。",
            "新建发放",
            icon("payment", "quiet"),
        )
        self._shelf = DraftShelf(drafts, "batch:")
        self.offer = DraftOffer(self._shelf, "一批发放")
        self._lay_out()
        self._connect()
        self._allow()
        self.renew()
        self.offer.renew()

    def opened(self, about: str = "") -> None:
        verb, *uids = about.split() or [""]
        if verb == "new":
            self.new_batch_for(uids)
        elif verb:
            self.show_batch(verb)
        elif not self.editor:
            self.batches.setFocus()

    def unsaved(self) -> str:
        return "这批发放还没有保存" if self._draft and self._draft.changed else ""

    def keep_draft(self) -> None:
        if self._draft and self._draft.changed:
            self._shelf.keep(self._draft.about, self._draft.content())

    def _resume(self, kept: KeptDraft) -> None:
        """Onto the batch it belongs to, where that is still there."""
        about = self._shelf.name_of(kept)
        there = any(line.uid == about for line in self._payments.lines())
        draft = self._new_draft(file=self._payments.read(about) if there else None)
        if not there:
            self._shelf.drop(about)  # its batch was removed: it goes on as a new one
        draft.restore(kept.content)
        self._leave(lambda: self._edit(draft))
        self.offer.renew(but=about)

    def _drop_draft(self) -> None:
        if self._draft:
            self._shelf.drop(self._draft.about)
        self.offer.renew()

    def show_batch(self, uid: str) -> None:
        self._leave(lambda: self._go_to(uid))

    def new_batch(self) -> None:
        """With everybody who is alive."""
        self.new_batch_for(())

    def new_batch_for(self, uids: Iterable[str]) -> None:
        """With these people only; with everybody who is alive when nobody is named."""
        people = set(uids) or None
        if told := self._payments.why_not("save_batch", BatchFile()):
            self.says.emit(told)
        else:
            self._leave(lambda: self._edit(self._new_draft(people)))

    def edit_batch(self) -> None:
        """The batch that is shown, as it is kept now; one that stands fast says so instead."""
        file = self._payments.read(self._file.uid or "")
        if told := self._payments.why_not("save_batch", file):
            self.lines.banner.say("info", told)
        else:
            self._edit(self._new_draft(file=file))

    def renew(self) -> None:
        """Reads the batches again; the row stays where it is."""
        self.batches.renew()
        self._show_batch(self.batches.current_uid)
        self._places.setCurrentIndex(0 if self.batches.records.rows else 1)
        self.new.setVisible(bool(self.batches.records.rows))

    def _lay_out(self) -> None:
        self.new = push_button("新建发放", self.new_batch, "primary", keys="Ctrl+N")
        self.take_in = push_button("从表格导入", self.import_wanted.emit, icon=icon("import"))
        self.header.add(self.take_in, self.new)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 8, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.head)
        below.addWidget(self.lines, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setProperty("look", "gap")
        parts.setChildrenCollapsible(False)
        self.batches.setMinimumHeight(LEAST_LIST)
        parts.addWidget(self.batches)
        parts.addWidget(lower)
        parts.setStretchFactor(1, 1)
        parts.setSizes([LIST_HEIGHT, LINES_HEIGHT])
        desk = QVBoxLayout()
        desk.setContentsMargins(16, 0, 16, 8)
        self._places = QStackedLayout()
        desk.addLayout(self._places)
        self._places.addWidget(parts)
        self._places.addWidget(self.empty)
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        offer = QVBoxLayout()
        offer.setContentsMargins(16, 0, 16, 0)
        offer.addWidget(self.offer)
        column.addLayout(offer)
        column.addLayout(desk, 1)
        self._views = QStackedLayout(self)
        self._views.addWidget(front)

    def _connect(self) -> None:
        self.batches.moved_to.connect(self._show_batch)
        self.batches.opened.connect(lambda _uid: self.edit_batch())
        self.head.edit_wanted.connect(self.edit_batch)
        self.head.remove_wanted.connect(self._ask_to_remove)
        self.head.print_wanted.connect(self._print)
        self.head.review_wanted.connect(lambda: self.reviewing.ask_to_review(self._file))
        self.head.reverse_wanted.connect(lambda: self.reviewing.ask_to_reverse(self._file))
        self.reviewing.changed.connect(self._show_reviewed)
        self.reviewing.refused.connect(lambda sentence: self.lines.banner.say("error", sentence))
        self.reviewing.said.connect(self.says)
        self.lines.save_wanted.connect(self._save_signatures)
        self.numbers.serve(self.lines.table, self.lines.name_of)
        self.numbers.said.connect(self.says)
        self.empty.pressed.connect(self.new_batch)
        self._changes.changed.connect(self._on_change)
        self.offer.resumed.connect(self._resume)

    def _on_change(self, change: Change) -> None:
        if change.kind == "cadre":
            self._search.renew()
        if change.kind in ("payment", "cadre"):
            self.renew()

    def _show_batch(self, uid: str) -> None:
        self._file = self._payments.read(uid) if uid else BatchFile()
        self.head.show_batch(self._file)
        self.lines.show_batch(self._file, {person.uid: person for person in everybody(self._cadres)})

    def _allow(self) -> None:
        """What the role does not allow is grey and says so."""
        if told := self._payments.why_not("save_batch", BatchFile()):
            for button in (self.new, self.take_in):
                allow(button, told)
            self.lines.bar.allow(told)

    def _show_reviewed(self, change: Change, uid: str) -> None:
        self._changes.tell(change)
        self.batches.go_to(uid)
        self.batches.setFocus()

    def _save_signatures(self, file: BatchFile) -> None:
        try:
            change = self._payments.save(file)
        except UserError as error:
            self.lines.banner.say("error", str(error))
            return
        self._changes.tell(change)
        self.says.emit("签领情况已保存")

    def _print(self) -> None:
        self.print_wanted.emit(self._file.uid or "")

    def _ask_to_remove(self) -> None:
        texts = self._payments.record.texts(self._file.values)
        ask.confirm(
            self,
            f"将删除“{texts['title']}”和其中 {len(self._file.payments)} 人的发放记录",
            "删除",
            self._remove,
            details="30 天内可以在“设置 → 回收站”里找回。",
        )

    def _remove(self) -> None:
        self._changes.tell(self._payments.remove([self._file.uid or ""]))
        self.says.emit("已删除 1 批发放")

    def _new_draft(self, people: set[str] | None = None, file: BatchFile | None = None) -> PaymentDraft:
        return PaymentDraft(self._payments, everybody(self._cadres), self._search.find, file, people)

    def _edit(self, draft: PaymentDraft) -> None:
        self._close_editor()
        self._draft = draft
        self.editor = BatchEditor(draft)
        self.editor.save_wanted.connect(self._save)
        self.editor.back_wanted.connect(lambda: self._leave(self._close_editor))
        self._views.addWidget(self.editor)
        self._views.setCurrentWidget(self.editor)
        self.editor.form.go_to("fund")

    def _save(self) -> bool:
        """Whether it was kept."""
        assert self.editor is not None
        assert self._draft is not None
        try:
            change = self._draft.save()
        except UserError as error:
            self.editor.refuse(error)
            return False
        self._drop_draft()
        self._close_editor()
        self._changes.tell(change)
        self.batches.go_to(next(iter(change.uids)))
        self.batches.setFocus()
        self.says.emit(f"已保存“{self.head.title.text()}”，{len(self._file.payments)} 人")
        return True

    def _close_editor(self) -> None:
        """What was not saved is gone."""
        self._draft = None
        if self.editor:
            self._views.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None
            self.batches.setFocus()

    def _go_to(self, uid: str) -> None:
        self._close_editor()
        self.batches.go_to(uid)

    def _forget(self, then: Callable[[], object]) -> None:
        self._drop_draft()
        self._close_editor()
        then()

    def _leave(self, then: Callable[[], object]) -> None:
        """Goes on at once when nothing would be lost, else asks first."""
        lost = self.unsaved()
        if not lost:
            then()
            return
        ask.choose(
            self,
            lost,
            [
                ("保存", lambda: then() if self._save() else None),
                ("不保存", lambda: self._forget(then)),
                ("留在这里", lambda: None),
            ],
        )
