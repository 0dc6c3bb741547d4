"""One finding with the editors of the fields it is about: mended, accepted, or opened, without leaving the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import InvalidError, UserError
from app.fields.kinds import Photo
from app.fields.spec import Field
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.check_groups import rule_title
from app.services.data_check import GAP
from app.services.drafts import Drafts
from app.services.findings import Finding
from app.ui import theme
from app.ui.checks.severities import SEVERITIES
from app.ui.editors import CodeEditor
from app.ui.forms.cadre_draft import CadreDraft
from app.ui.forms.record_form import RecordForm
from app.ui.rights import needs
from app.ui.widgets.buttons import push_button
from app.ui.widgets.tag import Tag
from app.ui.widgets.words import label

MOST_FIELDS = 4
LEAST_ROWS = 2.5
"""So much of the editors is always seen: a field and what is wrong with it."""
ELSEWHERE = "这一处不在档案的一个格子里，请打开看。"


class MendCard(QFrame):
    """`show_finding` puts one in front; whoever has it tells where it comes from and what comes next."""

    saved = Signal(object)
    """Carries the Change, after 保存."""
    next_wanted = Signal()
    accept_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, cadres: Cadres, drafts: Drafts, may_edit: Callable[[], bool]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._cadres, self._drafts, self._may_edit = cadres, drafts, may_edit
        self._is_kept = False
        self.finding: Finding | None = None
        self.draft: CadreDraft | None = None
        self.form: RecordForm | None = None
        self.severity = Tag("")
        self.title = label("", "section", wrap=True)
        self.message = label("", wrap=True)
        self.told = label("", "warning", wrap=True)
        self.place = QScrollArea()
        self.save_button = push_button("保存，看下一个", self.save, "primary", keys="Ctrl+Return")
        self.next_button = push_button("下一个", self.next_wanted.emit, keys="Ctrl+Down")
        self.accept_button = push_button("已核实…", self.accept_wanted.emit, keys="Ctrl+J")
        self.open_button = push_button("看档案", self.open_wanted.emit, keys="F2")
        needs("edit", self.save_button, self.accept_button)
        self._lay_out()
        self.show_finding(None)

    def show_finding(self, finding: Finding | None) -> None:
        self.finding, self.draft, self._is_kept = finding, None, False
        self.setVisible(finding is not None)
        if finding is None:
            self._put_form(None)
            return
        severity = finding.problem.severity
        self.severity.set_tag(SEVERITIES[severity].word, SEVERITIES[severity].level)
        rule = "" if finding.problem.code == GAP else f"　{rule_title(finding.problem.code)}"
        self.title.setText(f"{finding.name}{rule}")
        self.message.setText(finding.problem.message)
        self.told.hide()
        fields = self._fields(finding)
        self._put_form(self._form_of(finding, fields) if fields else None)
        self.message.setVisible(not self._says_itself(finding))
        self.save_button.setVisible(bool(fields))
        self.accept_button.setVisible(severity != "E" and finding.problem.code != GAP)
        self.open_button.setVisible(bool(finding.uid or finding.about))

    def enter(self) -> None:
        """Puts the cursor into the field, or on what can be done else."""
        if self.form and self.finding:
            name = self.finding.problem.field
            self.form.go_to(name if name in self.form.names else self.form.names[0])
        else:
            (self.open_button if self.open_button.isVisible() else self.next_button).setFocus()

    @property
    def changed(self) -> bool:
        return bool(self.draft and self.draft.changed)

    def is_about(self, finding: Finding | None, version: int) -> bool:
        """Whether just this stands here already, as the file is now."""
        return self.finding == finding and (self.draft is None or self.draft.version == version)

    def save(self) -> None:
        """Saves and goes on; stays and says why where something is still wrong."""
        if self.store():
            self.next_wanted.emit()

    def store(self) -> bool:
        """False when it could not be saved, or when what is saved is still wrong."""
        if not self.draft or not self.save_button.isEnabled():
            return False
        self._settle()
        if told := self._unsavable():
            self._say(told)
            return False
        if not self.draft.changed:
            return True
        try:
            change = self._cadres.save(self.draft.file)
        except (InvalidError, UserError) as error:
            self._say(str(error))
            return False
        return self._after_save(change)

    def keep_draft(self) -> None:
        """The roster offers it to whoever opens the data next."""
        if self.draft and self.draft.changed:
            self._drafts.keep(self.draft.about, self.draft.content())
            self._is_kept = True

    def drop(self) -> None:
        """What was typed is given up."""
        self._drop_draft()
        self.show_finding(self.finding)

    def _drop_draft(self) -> None:
        if self._is_kept and self.draft:
            self._drafts.drop(self.draft.about)

    def _after_save(self, change: Change) -> bool:
        assert self.finding
        self._drop_draft()
        finding, file = self.finding, self._cadres.read(next(iter(change.uids)))
        left = [each for each in self._cadres.problems(file) if self._is_same(each.code, each.field)]
        if left:
            self.show_finding(Finding(finding.uid, finding.name, left[0], finding.label))
            self._say("已保存，这一处还没有改好。")
            self.enter()
        else:
            self.draft = None
        self.saved.emit(change)
        return not left

    def _says_itself(self, finding: Finding) -> bool:
        """Whether the message stands under its field already."""
        if self.form is None or self.draft is None or finding.problem.field not in self.form.names:
            return False
        worst = self.draft.form.worst.get(finding.problem.field)
        return worst is not None and worst.message == finding.problem.message and worst.code != GAP

    def _is_same(self, code: str, name: str) -> bool:
        assert self.finding
        return (code, name) == (self.finding.problem.code, self.finding.problem.field)

    def _settle(self) -> None:
        focus: QWidget | None = self.focusWidget()
        while focus is not None and focus is not self:
            if isinstance(focus, CodeEditor):
                focus.settle()
            focus = focus.parentWidget()

    def _unsavable(self) -> str:
        assert self.draft
        found = self.draft.unreadable
        return f"还没有保存。{found[0].message}" if found else ""

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()

    def _fields(self, finding: Finding) -> list[Field]:
        """Those that the rule looked at, the one at fault among them; none for rows of parts and pictures."""
        record, problem = self._cadres.record, finding.problem
        names = dict.fromkeys([problem.field, *problem.reads])
        fields = [record.field(name) for name in names if record.has(name)]
        plain = [field for field in fields if not isinstance(field.kind, Photo)]
        return [] if finding.about or not finding.uid else plain[:MOST_FIELDS]

    def _form_of(self, finding: Finding, fields: list[Field]) -> RecordForm | None:
        try:
            self.draft = CadreDraft(self._cadres, self._cadres.read(finding.uid))
        except UserError as error:
            self._say(str(error))
            return None
        shown = {field.name for field in fields}
        skip = {field.name for field in self._cadres.record.fields} - shown
        sections = dict.fromkeys(field.section for field in fields)
        form = RecordForm(self.draft.form, sections=sections, skip=skip, titles=False)
        form.setEnabled(self._may_edit())
        form.finished.connect(self.save)
        return form

    def _put_form(self, form: RecordForm | None) -> None:
        self.form = form
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form or label(ELSEWHERE, "quiet", wrap=True))
        column.addStretch(1)
        self.place.setWidget(ground)

    def _lay_out(self) -> None:
        self.place.setWidgetResizable(True)
        self.place.setMinimumHeight(round(theme.size("row") * LEAST_ROWS))
        self.place.setFrameShape(QFrame.Shape.NoFrame)
        self.place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.severity, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.open_button, self.accept_button):
            foot.addWidget(button)
        foot.addStretch()
        for button in (self.next_button, self.save_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.message)
        column.addWidget(self.place, 1)
        column.addWidget(self.told)
        column.addLayout(foot)
