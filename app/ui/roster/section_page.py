"""One tab of a file: its fields, and the tables of the parts that belong to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.ui.editors import CodeEditor
from app.ui.forms.cadre_draft import CadreDraft
from app.ui.forms.form_state import FormState
from app.ui.forms.record_form import RecordForm
from app.ui.roster.part_table import PartTable
from app.ui.roster.sections import PARTS, PARTS_FIRST


class SectionForm(RecordForm):
    """A form whose Enter can be led to the gaps only."""

    passed = Signal(str)
    """Enter was pressed in this field while the gaps are walked."""

    def __init__(self, state: FormState, section: str) -> None:
        super().__init__(state, sections=[section], titles=False)
        self.walking = False

    def _step(self, name: str, by: int) -> None:
        if self.walking and by > 0:
            self.passed.emit(name)
        else:
            super()._step(name, by)


class SectionPage(QScrollArea):
    """Scrolls up and down only."""

    edited = Signal(str)
    """The name of the field or the part."""
    finished = Signal()
    passed = Signal(str)
    show_wanted = Signal(str)
    copy_wanted = Signal(str)
    """A whole number is wanted: the name of its field."""
    accept_wanted = Signal(object)
    """The Problem of a warning that was looked into."""

    def __init__(self, section: str, draft: CadreDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(section)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form = SectionForm(draft.form, section)
        self.form.accepts = True
        self.form.show_problems()
        self.parts = {name: PartTable(name, draft.parts[name]) for name in PARTS.get(section, ())}
        self._lay_out(parts_first=section in PARTS_FIRST)
        self.form.typed.connect(self.edited)
        self.form.finished.connect(self._after_fields)
        self.form.passed.connect(self.passed)
        self.form.show_wanted.connect(self.show_wanted)
        self.form.copy_wanted.connect(self.copy_wanted)
        self.form.accept_wanted.connect(self.accept_wanted)
        for name, table in self.parts.items():
            table.edited.connect(lambda name=name: self.edited.emit(name))
            table.left.connect(lambda by, name=name: self._after_part(name, by))

    def set_read_only(self, *, on: bool) -> None:
        """The page still scrolls; what stands in it is looked at only."""
        for inside in (self.form, *self.parts.values()):
            inside.setEnabled(not on)

    def show_draft(self, draft: CadreDraft) -> None:
        self.form.state = draft.form
        self.form.refresh()
        for name, table in self.parts.items():
            table.show_state(draft.parts[name])

    def show_again(self) -> None:
        """After the draft was changed from outside."""
        self.form.refresh()

    def begin(self) -> None:
        self.form.go_to(self.form.names[0])

    def go_to(self, name: str) -> None:
        """A field, or a part."""
        if name in self.parts:
            self.parts[name].begin()
            self.ensureWidgetVisible(self.parts[name])
        else:
            self.form.go_to(name)

    def settle(self) -> None:
        """Takes what stands in a drop-down that the cursor has not left yet."""
        focus: QWidget | None = self.focusWidget()
        while focus is not None and focus is not self:
            if isinstance(focus, CodeEditor):
                focus.settle()
            focus = focus.parentWidget()
        for table in self.parts.values():
            table.settle()

    def _after_fields(self) -> None:
        if self.parts and not self.form.walking:
            next(iter(self.parts.values())).begin()
        else:
            self.finished.emit()

    def _after_part(self, name: str, by: int) -> None:
        names = list(self.parts)
        place = names.index(name) + by
        if 0 <= place < len(names):
            self.parts[names[place]].begin()
        elif place < 0:
            self.form.go_to(self.form.names[-1])
        else:
            self.finished.emit()

    def _lay_out(self, *, parts_first: bool) -> None:
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        tables = QVBoxLayout()
        tables.setContentsMargins(16, 8, 16, 8)
        tables.setSpacing(16)
        for table in self.parts.values():
            tables.addWidget(table)
        if parts_first:
            column.addLayout(tables)
        column.addWidget(self.form)
        if not parts_first and self.parts:
            column.addLayout(tables)
        column.addStretch(1)
        self.setWidget(ground)
