"""The steps of an event, one under the other: what each would change, and whether it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.event_effects import Told
from app.services.event_plans import StepPlan
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

STATES = (("done", "办好"), ("not_needed", "不需要"), ("later", "以后办"))
CHANGES_SHOWN = 4


class StepList(QWidget):
    decided = Signal(str, str)
    """The code of the step, and what was decided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, StepRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)

    def show_steps(self, steps: Sequence[StepPlan], state_of: Callable[[StepPlan], str]) -> None:
        """The same steps keep their rows, so that the cursor stays where it is."""
        if [step.code for step in steps] != list(self.rows):
            self._make(steps)
        for step in steps:
            self.rows[step.code].show_step(step, state_of(step))

    def _make(self, steps: Sequence[StepPlan]) -> None:
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        for step in steps:
            row = StepRow(step.code)
            row.decided.connect(self.decided)
            self.rows[step.code] = row
            self._column.insertWidget(self._column.count() - 1, row)


class StepRow(QFrame):
    """Title, what changes, and the three answers."""

    decided = Signal(str, str)

    def __init__(self, code: str) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._title = label("", wrap=True)
        self._changes = label("", "quiet", wrap=True)
        self.answer = Segments(STATES)
        self.answer.setObjectName(f"step_{code}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._changes)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignVCenter)
        self.answer.chosen.connect(lambda state: self.decided.emit(code, state))

    def show_step(self, step: StepPlan, state: str) -> None:
        self._title.setText(step.title)
        told = _words(step)
        self._changes.setText(told)
        self._changes.setVisible(bool(told))
        self.answer.choose(state)
        self.answer.setAccessibleName(step.title)

    @property
    def words(self) -> str:
        return self._changes.text()


def _words(step: StepPlan) -> str:
    """'王秀英：婚姻状况 已婚 → 丧偶', or until when people are to do it."""
    if step.changes:
        shown = "；".join(_change(each) for each in step.changes[:CHANGES_SHOWN])
        more = f" 等 {len(step.changes)} 处" if len(step.changes) > CHANGES_SHOWN else ""
        return f"{step.name}：{shown}{more}"
    if step.by_program:
        return "没有要改的"
    return f"{step.due.replace('-', '.')} 前办" if step.due else ""


def _change(told: Told) -> str:
    return f"{told.label} {told.old or '空'} → {told.new or '空'}"
