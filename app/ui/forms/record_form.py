"""The form of a record: its sections, its fields in two columns, what is wrong under each field."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.fields.kinds import Photo
from app.fields.spec import Field, Problem
from app.services import readings
from app.ui import editors, theme
from app.ui.editors import Editor, Spell
from app.ui.forms.form_state import FormState
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.secret_edit import SecretEdit
from app.ui.widgets.words import Look, label

SIGNS: dict[str, tuple[str, Look]] = {"E": ("×", "error"), "W": ("!", "warning"), "I": ("i", "small")}
ACCEPT = "已核实…"
LABEL_WIDTH = 8.6
"""Widths of a character that a label has before it goes on to the next line."""
TWO_COLUMNS = 43
"""Chinese characters of width from which two fields stand side by side: 600 px at the middle size."""
LEAST_WIDTH = 280


@dataclass(frozen=True)
class _Line:
    """What belongs to one field on the form."""

    field: Field
    label: QLabel
    editor: Editor
    problem: QLabel
    place: QWidget
    """Editor and problem, one above the other."""


class RecordForm(QWidget):
    """Shows and edits a FormState. Sections and fields can be chosen, so that tabs can share one state."""

    typed = Signal(str)
    """The name of the field the user has just changed; the state already knows."""
    finished = Signal()
    """Enter in the last field."""
    show_wanted = Signal(str)
    copy_wanted = Signal(str)
    """A whole number is wanted: the name of its field."""
    accept_wanted = Signal(object)
    """A warning was looked into and is to be shown no more: the Problem."""

    def __init__(
        self,
        state: FormState,
        *,
        sections: Iterable[str] | None = None,
        skip: Collection[str] = (),
        titles: bool = True,
        spell: Spell = readings.initials,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = state
        self._spell = spell
        self._titles = titles
        self.accepts = False
        """Whether warnings can be accepted here; each then has a link for it."""
        self._accepting: dict[str, QPushButton] = {}
        self._lines: dict[str, _Line] = {}
        self._grids: list[tuple[QGridLayout, list[_Line]]] = []
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(12)
        for section in sections if sections is not None else state.record.sections:
            fields = [field for field in state.record.in_section(section) if field.name not in skip]
            self._add_section(
                column, section, [field for field in fields if not isinstance(field.kind, Photo)]
            )
        column.addStretch()
        self._arrange(1)
        self.refresh()

    def refresh(self) -> None:
        """Shows the state again, after it was changed from outside."""
        for name, line in self._lines.items():
            line.editor.show_text(self.state.text(name))
        self.show_problems()

    def show_problems(self) -> None:
        worst = self.state.worst
        for name, line in self._lines.items():
            _show_problem(line, worst.get(name))
            self._offer_acceptance(line, worst.get(name))

    def _offer_acceptance(self, line: _Line, problem: Problem | None) -> None:
        """The link is made when the first warning comes: few fields ever have one."""
        name = line.field.name
        offered = self.accepts and problem is not None and problem.severity != "E" and problem.code != "R-00"
        if offered and name not in self._accepting:
            link = push_button(ACCEPT, lambda: self._accept(name), "link")
            link.setToolTip("核实过、没有错的，写明原因，以后不再提示")
            self._accepting[name] = link
            layout = line.place.layout()
            assert layout is not None
            layout.addWidget(link)
            layout.setAlignment(link, Qt.AlignmentFlag.AlignLeft)
        if name in self._accepting:
            self._accepting[name].setVisible(offered)

    def _accept(self, name: str) -> None:
        if problem := self.state.worst.get(name):
            self.accept_wanted.emit(problem)

    def editor(self, name: str) -> Editor:
        return self._lines[name].editor

    def reveal(self, name: str) -> None:
        """Shows a whole number, after that was allowed."""
        editor = self._lines[name].editor
        assert isinstance(editor, SecretEdit)
        editor.reveal()

    @property
    def names(self) -> list[str]:
        """The fields on this form, in the order Enter goes through them."""
        return list(self._lines)

    def go_to(self, name: str) -> bool:
        """Puts the cursor there and brings it into sight; False when the field is not on this form."""
        if name not in self._lines:
            return False
        editor = self._lines[name].editor
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        self._bring_into_sight(editor)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter goes back."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        name = watched.property("field_name")
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._enter_leaves(name, back=back):
            return False
        editor = self._lines[name].editor
        if isinstance(editor, editors.CodeEditor):
            editor.settle()
        self._step(name, -1 if back else 1)
        return True

    def minimumSizeHint(self) -> QSize:
        """So that a narrow place makes one column of it rather than cutting the second."""
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Another size of letters wants other labels."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_lines"):
            for line in self._lines.values():
                self._size_label(line.label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() / max(1, self.fontMetrics().horizontalAdvance("字"))
        self._arrange(2 if room >= TWO_COLUMNS else 1)

    def _enter_leaves(self, name: str, *, back: bool) -> bool:
        editor = self._lines[name].editor
        return back or not isinstance(editor, editors.LongEditor)

    def _step(self, name: str, by: int) -> None:
        names = self.names
        place = names.index(name) + by
        if place >= len(names):
            self.finished.emit()
        elif place >= 0:
            self.go_to(names[place])

    def _add_section(self, column: QVBoxLayout, section: str, fields: list[Field]) -> None:
        if not fields:
            return
        if self._titles:
            column.addWidget(label(section, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        lines = [self._make_line(field) for field in fields]
        self._grids.append((grid, lines))
        column.addLayout(grid)

    def _make_line(self, field: Field) -> _Line:
        editor = editors.editor_for(field, self._spell)
        problem = editors.problem_label()
        place = QWidget()
        inside = QVBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        inside.addWidget(editor)
        inside.addWidget(problem)
        line = _Line(field, self._label(field), editor, problem, place)
        line.label.setBuddy(editor)
        self._lines[field.name] = line
        editor.typed.connect(lambda text: self._take(field.name, text))
        if isinstance(editor, editors.CodeEditor):  # later, when the list has put in what was chosen
            editor.entered.connect(lambda: QTimer.singleShot(0, self, lambda: self._step(field.name, 1)))
        if isinstance(editor, SecretEdit):
            editor.show_wanted.connect(lambda: self.show_wanted.emit(field.name))
            editor.copy_wanted.connect(lambda: self.copy_wanted.emit(field.name))
        self._watch(field.name, editor)
        return line

    def _label(self, field: Field) -> QLabel:
        shown = label(f"{field.label} *" if field.need == "always" else field.label, "quiet", wrap=True)
        self._size_label(shown)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        shown.setToolTip("必填。" * (field.need == "always") + field.help)
        return shown

    def _size_label(self, shown: QLabel) -> None:
        shown.setFixedWidth(round(self.fontMetrics().horizontalAdvance("字") * LABEL_WIDTH))
        shown.setMinimumHeight(theme.size("row"))

    def _watch(self, name: str, editor: Editor) -> None:
        for widget in (editor, *editor.findChildren(QWidget)):
            if not isinstance(widget, QAbstractItemView):
                widget.setProperty("field_name", name)
                widget.installEventFilter(self)

    def _take(self, name: str, text: str) -> None:
        self.state.type_in(name, text)
        self.show_problems()
        self.typed.emit(name)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, lines in self._grids:
            _fill(grid, lines, columns)

    def _bring_into_sight(self, editor: QWidget) -> None:
        widget: QWidget | None = self
        while widget is not None:
            if isinstance(widget, QScrollArea) and (inner := widget.widget()):
                spot = editor.mapTo(inner, QPoint(0, editor.height()))
                widget.ensureVisible(spot.x(), spot.y(), 0, 80)
                return
            widget = widget.parentWidget()


def _fill(grid: QGridLayout, lines: list[_Line], columns: int) -> None:
    for line in lines:
        for widget in (line.label, line.place):
            # Not takeAt: the item it leaves behind keeps Qt from telling the new one that its height is another.
            grid.removeWidget(widget)
    top = Qt.AlignmentFlag.AlignTop
    row, column = 0, 0
    for line in lines:
        wide = columns == 1 or editors.is_wide(line.field)
        if wide and column:
            row, column = row + 1, 0
        grid.addWidget(line.label, row, column * 2, top)
        span = columns * 2 - 1 if wide else 1
        grid.addWidget(
            line.place, row, column * 2 + 1, 1, span, top
        )  # a problem beside does not push it down
        row, column = (row + 1, 0) if wide or column == columns - 1 else (row, column + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1 if columns == 2 else 0)


def _show_problem(line: _Line, problem: Problem | None) -> None:
    """An empty field that is asked for has its mark at the label; red under every gap would shout."""
    if problem is None or problem.code == "R-00":
        line.problem.hide()
        set_look(line.editor, problem="")
        return
    sign, look = SIGNS[problem.severity]
    line.problem.setText(f"{sign} {problem.message}")
    set_look(line.problem, look=look)
    set_look(line.editor, problem=problem.severity)
    line.problem.show()
