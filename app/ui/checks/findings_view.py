"""体检: what is wrong or missing in all files, by rule or by person; mended here, one after the other."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.acceptances import Acceptances
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.check_groups import Wanted
from app.services.data_check import CheckResult, DataCheck
from app.services.drafts import Drafts
from app.services.exports import Exports
from app.services.findings import Finding
from app.services.gap_list import GapLists
from app.ui.changes import Changes
from app.ui.checks.accept_dialog import AcceptDialog
from app.ui.checks.accepted_list import AcceptedList
from app.ui.checks.check_runs import CheckRuns
from app.ui.checks.findings_head import ACCEPTED, FindingsHead
from app.ui.checks.findings_state import FindingsState
from app.ui.checks.found_pane import FoundPane
from app.ui.checks.gap_papers import GapPapers
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.rights import May
from app.ui.tasks import Tasks
from app.ui.widgets.empty import EmptyState

NOBODY, IMPORT = "花名册还是空的。先导入花名册，这里就能看出哪里不对、还缺什么。", "导入花名册"
ALL_GOOD, NONE_HERE = "没有发现问题，也没有缺项。", "这里没有发现问题。"
PAGES = {"visit": "visits", "batch": "payments"}


class FindingsView(PageWidget):
    """`about` when opened: the uid of a person whose findings to show."""

    def __init__(
        self,
        check: DataCheck,
        acceptances: Acceptances,
        cadres: Cadres,
        drafts: Drafts,
        gap_lists: GapLists,
        exports: Exports,
        changes: Changes,
        tasks: Tasks,
        settings: QSettings,
    ) -> None:
        super().__init__()
        self._acceptances, self._changes = acceptances, changes
        self._may: May = lambda _: True
        self._about = ""
        self._filters = ("rule", 0, "")
        self.state = FindingsState()
        self.runs = CheckRuns(check, tasks, self, self.state.prepare)
        self.head = FindingsHead()
        self.found = FoundPane(self.state, cadres, drafts, lambda: self._may("edit"), settings)
        self.accepted = AcceptedList()
        self.empty = EmptyState("正在体检……", icon=icon("ok", "quiet"))
        self.papers = GapPapers(gap_lists, exports, tasks, self)
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.runs.look()

    def opened(self, about: str = "") -> None:
        if about:
            self._about = about
            self.head.view.choose("person")
            self._narrow()
        self.runs.look()
        self.found.groups.setFocus()

    def permit(self, may: May) -> None:
        self._may = may
        super().permit(may)

    def unsaved(self) -> str:
        mend = self.found.mend
        return f"“体检”里{mend.title.text()}改过，还没有保存" if mend.changed else ""

    def keep_draft(self) -> None:
        self.found.mend.keep_draft()

    def _narrow(self) -> None:
        self.found.leave(self._show_view, self._show_filters)

    def _show_view(self) -> None:
        self._filters = (self.head.view.key, self.head.village.currentIndex(), self.head.severity.key)
        self.head.show_filters(on=self.head.view.key != ACCEPTED)
        if self.head.view.key == ACCEPTED:
            self.accepted.show_accepted(self._acceptances.all())
            self._places.setCurrentWidget(self.accepted)
            return
        self.state.narrow(self.head.by, self.head.wanted)
        self._show_all()

    def _show_filters(self) -> None:
        """As they were before somebody stayed after all."""
        view, village, severity = self._filters
        self.head.choose(view, village, severity)

    def _take(self, result: CheckResult) -> None:
        """The list is new; whoever types in a field is not disturbed."""
        self.state.show(result)
        if self.head.view.key != ACCEPTED:
            self._show_all()

    def _show_all(self) -> None:
        if self.state.result is None:
            return
        if self._about:
            self.state.choose_group(self._about)
            self._about = ""
        self.head.show_result(self.state.result)
        self.found.show_all()
        self.head.setVisible(bool(self.state.result.people))
        self._say_empty(self.state.result)
        self._places.setCurrentWidget(self.found if self.state.groups else self.empty)

    def _say_empty(self, result: CheckResult) -> None:
        if not result.people:
            self.empty.say(NOBODY, IMPORT if self._may("edit") else "")
        else:
            self.empty.say(ALL_GOOD if self.head.wanted == Wanted() else NONE_HERE)

    def _accept(self, findings: list[Finding]) -> None:
        first = findings[0]

        def take(reason: str) -> None:
            change = self._acceptances.accept_all(findings, reason)
            self.found.go_on()
            self._changes.tell(change)
            self.says.emit("记下了，以后不再提示；在“已核实”里可以撤回")

        whose = first.name if len(findings) == 1 else f"{first.name}等 {len(findings)} 处"
        AcceptDialog(f"{whose}　{first.label}", first.problem.message, take, self).open()

    def _withdraw(self, uid: str) -> None:
        try:
            self._changes.tell(self._acceptances.withdraw(uid))
        except UserError as error:
            self.says.emit(str(error))

    def _show_people(self, uids: list[str]) -> None:
        self.wants_page.emit("roster", " ".join(["only", *uids]))

    def _hear(self, change: Change) -> None:
        self.runs.hear(change)
        if self.isVisible():
            self.runs.look()
            if self.head.view.key == ACCEPTED:
                self._narrow()

    def _look_again(self) -> None:
        self.runs.forget()
        self.runs.look()

    def _by_person(self) -> None:
        self.head.view.choose("person")
        self._narrow()

    def _connect(self) -> None:
        self.runs.begun.connect(lambda: self.head.again.setEnabled(False))
        self.runs.ended.connect(lambda: self.head.again.setEnabled(True))
        self.runs.done.connect(self._take)
        self._changes.changed.connect(self._hear)
        self.head.narrowed.connect(self._narrow)
        self.head.again_wanted.connect(self._look_again)
        self.head.ring_pressed.connect(self._by_person)
        self.head.gaps_wanted.connect(lambda: self.papers.choose(self.head.gaps, self.head.wanted.village))
        self.found.said.connect(self.says)
        self.found.saved.connect(self._changes.tell)
        self.found.accept_wanted.connect(self._accept)
        self.found.open_wanted.connect(lambda finding: self.wants_page.emit(*_page_of(finding)))
        self.found.people_wanted.connect(self._show_people)
        self.accepted.withdraw_wanted.connect(self._withdraw)
        self.accepted.open_wanted.connect(lambda uid: self.wants_page.emit("roster", uid))
        self.papers.says.connect(self.says)
        self.empty.pressed.connect(lambda: self.wants_page.emit("import", ""))

    def _lay_out(self) -> None:
        middle = QWidget()
        self._places = QStackedLayout(middle)
        for each in (self.empty, self.found, self.accepted):
            self._places.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(middle, 1)


def _page_of(finding: Finding) -> tuple[str, str]:
    """Where it is seen: (key of the page, what to show there)."""
    kind, _, key = finding.about.partition(":")
    if kind == "batch":
        return "payments", key
    return (PAGES.get(kind, "roster"), finding.uid)
