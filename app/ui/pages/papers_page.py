"""表格与台账: what can be made, looked at, printed and saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.errors import UserError
from app.progress import Progress
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.exports import Errand, Exports
from app.services.paper import Paper
from app.services.payments import Payments
from app.services.people import everybody
from app.services.printing import FormLine, Printing
from app.services.search import Search
from app.services.visits import Visits
from app.ui.changes import Changes
from app.ui.dialogs.files import open_with_system
from app.ui.page import PageWidget
from app.ui.papers.choose_people import ChoosePeople
from app.ui.papers.kind_list import KindList
from app.ui.papers.kinds import KINDS
from app.ui.papers.option_bar import OptionBar
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.papers.paper_preview import PaperPreview
from app.ui.papers.papers_state import PapersState, look_of_forms, said_of_forms
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks
from app.ui.widgets.page_header import PageHeader

LIST_WIDTH = 228


class PapersPage(PageWidget):
    """Made again whenever a choice or the data changes; what comes too late is dropped."""

    def __init__(
        self,
        printing: Printing,
        exports: Exports,
        visits: Visits,
        payments: Payments,
        cadres: Cadres,
        search: Search,
        changes: Changes,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._cadres, self._search, self._tasks = cadres, search, tasks
        self._exports = exports
        self._state = PapersState(printing, exports, visits, payments)
        self._asked = 0
        self._stale = True
        self._paper: Paper | None = None
        self._saved: Saved | None = None
        self.header = PageHeader("表格与台账", "选一种，看一看，再打印或保存")
        self.kinds = KindList(KINDS)
        self.options = OptionBar(self._state)
        self.preview = PaperPreview()
        self.outlet = PaperOutlet(exports, tasks, self)
        self._lay_out()
        self._connect()
        changes.changed.connect(self._on_change)

    def opened(self, about: str = "") -> None:
        """'forms UID UID', 'roster UID', 'visits 2026', 'records UID', 'sign-off UID'."""
        verb, *told = about.split() or [""]
        links = {
            "forms": lambda: self.show_forms(told),
            "roster": lambda: self.show_for("roster", told),
            "records": lambda: self.show_for("records", told),
            "visits": lambda: self.show_ledger("".join(told[:1])),
            "sign-off": lambda: self.show_sign_off("".join(told[:1])),
        }
        links.get(verb, self.renew_if_stale)()

    def show_ledger(self, period: str) -> None:
        """The visit ledger of a year, a quarter or a month; '' is all time."""
        self._state.period = period
        self._show("ledger")

    def show_sign_off(self, batch_uid: str) -> None:
        self._state.batch = batch_uid
        self._show("sign_off")

    def show_forms(self, uids: Iterable[str]) -> None:
        """Collection forms of these people; of nobody in particular, of everybody."""
        self.show_for("forms", uids)

    def show_for(self, key: str, uids: Iterable[str]) -> None:
        self._state.uids = list(uids) or None
        self._show(key)

    def renew_if_stale(self) -> None:
        if self._stale:
            self.renew()

    def renew(self) -> None:
        """Makes the paper anew in the background."""
        self._stale = False
        self._asked += 1
        self._paper = self._saved = None
        self.options.renew()
        self.preview.allow(on=self.outlet.allowed)
        sentence, verb, _ = self._state.missing()
        if sentence:
            self.preview.say(sentence, verb)
            return
        self.preview.wait()
        if self._state.makes == "forms":
            self._start(lambda _: self._state.form_lines(), self._show_forms)
        else:
            self._start(self._make, self._show_paper)

    def showEvent(self, event: QShowEvent) -> None:
        self.renew_if_stale()
        super().showEvent(event)

    def choose_people(self) -> ChoosePeople:
        dialog = ChoosePeople(everybody(self._cadres), self._search.find, self._state.uids or (), self)
        dialog.chosen.connect(self._take_people)
        dialog.open()
        return dialog

    def _show(self, key: str) -> None:
        self._state.key = key
        self.kinds.choose(key)
        self.renew()

    def _start(self, work: Any, then: Any) -> None:
        asked = self._asked

        def done(made: Any) -> None:
            if asked == self._asked:
                then(made)

        def failed(error: Exception) -> None:
            if not isinstance(error, UserError):
                self._tasks.failed.emit(error)
            elif asked == self._asked:
                self.preview.say(str(error))

        self._tasks.start(f"正在准备{self._state.kind.title}", work, done, failed)

    def _make(self, report: Progress) -> tuple[Paper, PdfDocument | None]:
        paper = self._state.paper(report)
        if self._state.makes != "pdf":
            return paper, None
        self._exports.shown(paper)
        return paper, PdfDocument(paper.content)

    def _show_paper(self, made: tuple[Paper, PdfDocument | None]) -> None:
        self._paper, document = made
        if document:
            self.preview.show_pdf(self._paper, document)
        elif self._paper.look:
            look = self._paper.look
            said = f"{self._paper.name}：{look.count} 行，{len(look.columns)} 栏"
            self.preview.show_look(look, said, self._paper.warnings)

    def _show_forms(self, lines: list[FormLine]) -> None:
        if lines:
            self.preview.show_look(look_of_forms(lines), said_of_forms(lines, self._state.layout))
        else:
            self.preview.say("花名册里还没有人，没有可以填写的表。", "去花名册")

    def _print(self) -> None:
        if self._paper and self.preview.view.document:
            self.outlet.print(self._state.key, self._as_shown)

    def _save(self, *, then_open: bool = False) -> None:
        state = self._state
        if state.makes_files:
            self.outlet.save_many(state.key, lambda report, _: state.forms(report), then_open=then_open)
        else:
            name = self._paper.name if self._paper else state.book_name
            self.outlet.save(state.key, name, self._as_shown, then_open=then_open)

    def _as_shown(self, report: Progress, errand: Errand) -> Paper:
        """Made anew where nothing was looked at, or the numbers are to be shortened otherwise."""
        if self._paper and self._paper.facts.masked == errand.masked:
            return self._paper
        return self._state.paper(report)

    def _match(self) -> None:
        """What is shown follows the answer that was just given."""
        if self._paper and self._paper.facts.masked != self._state.masked:
            self.renew()

    def _tell_saved(self, saved: Saved) -> None:
        self._saved = saved
        self.preview.warn(saved.warnings)
        if saved.count == 1:
            self.says.emit(f"已保存 {saved.path.name}")
        if not saved.warnings:
            many = f"{saved.count} 个文件：" if self._state.makes_files else ""
            self.preview.banner.say("ok", f"已保存 {many}{saved.path}　{saved.told}".rstrip(), "打开")

    def _press_banner(self) -> None:
        if self._saved and not self._saved.warnings:
            open_with_system(self._saved.path)

    def _press_empty(self) -> None:
        self.wants_page.emit(self._state.missing()[2] or "roster", "")

    def _choose_kind(self, key: str) -> None:
        self._state.key = key
        self.renew()

    def _take_people(self, uids: list[str]) -> None:
        self._state.uids = uids
        self.renew()

    def _on_change(self, change: Change) -> None:
        if change.kind == "delivery":
            return
        self._stale = True
        if self.isVisible():
            self.renew()

    def _lay_out(self) -> None:
        self.kinds.setFixedWidth(LIST_WIDTH)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.options)
        right.addWidget(self.preview, 1)
        body = QHBoxLayout()
        body.setContentsMargins(16, 0, 16, 12)
        body.setSpacing(16)
        body.addWidget(self.kinds)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.header)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._choose_kind)
        self.options.changed.connect(self.renew)
        self.options.choose_wanted.connect(self.choose_people)
        self.preview.print_wanted.connect(self._print)
        self.preview.save_wanted.connect(self._save)
        self.preview.open_wanted.connect(lambda: self._save(then_open=True))
        self.preview.banner.pressed.connect(self._press_banner)
        self.preview.empty_pressed.connect(self._press_empty)
        self.outlet.saved.connect(self._tell_saved)
        self.outlet.answered.connect(self._match)
