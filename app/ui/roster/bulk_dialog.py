"""批量改: one field, or one more row, for many people; old and new stand side by side before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from app.errors import UnreadableError
from app.fields.spec import Field
from app.services import readings
from app.services.bulk_edit import BulkEdit, Plan
from app.ui.editors import Editor, editor_for
from app.ui.roster.bulk_table import BulkTable
from app.ui.widgets.choice_box import ChoiceBox, ChoiceModel, Entry
from app.ui.widgets.looks import set_look
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

ALL, ONLY_EMPTY = "all", "empty"
SELECTED, SHOWN = "selected", "shown"
FIRST = "village"
WAIT = 120
"""Milliseconds after the last key: of some thousands every file is looked at."""


class BulkDialog(QDialog):
    """Says what would become of whom, then does it."""

    applied = Signal(object, str)
    """The Change, and what the step is called."""

    def __init__(
        self,
        edit: BulkEdit,
        uids: Sequence[str],
        parent: QWidget | None = None,
        shown: Sequence[str] = (),
    ) -> None:
        """`shown` is everybody in the list, where they are others than those selected."""
        super().__init__(parent)
        self.setWindowTitle(f"批量改：选中的 {len(uids)} 人")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 560)
        self._edit, self._uids, self._shown = edit, list(uids), list(shown)
        self._parts = {name: fields for name, _, fields in edit.parts}
        self._fields = {field.name: field for field in edit.fields}
        self._plan: Plan | None = None
        self.field = ChoiceBox(_entries(edit))
        self.field.setAccessibleName("改哪一项")
        self.rule = Segments([(ONLY_EMPTY, "只填空白的"), (ALL, "全部改")])
        self.whom = Segments([(SELECTED, f"选中的 {len(uids)} 人"), (SHOWN, f"名单里的 {len(shown)} 人")])
        self.editors: list[Editor] = []
        self._form = QFormLayout()
        self.table = BulkTable()
        self._count = label("", "quiet", wrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT)
        self._lay_out()
        self._connect()
        self.choose(FIRST)

    def choose(self, name: str) -> None:
        self.field.choose(name)
        self._change_field()

    @property
    def editor(self) -> Editor:
        """The one that says what is new."""
        return self.editors[0]

    def apply(self) -> None:
        self.look()
        if self._plan and self._plan.uids:
            self.applied.emit(self._edit.apply(self._plan), self._plan.about)
            self.accept()

    def look(self) -> None:
        """What would become of whom, as the fields stand now."""
        self._clock.stop()
        try:
            plan = self._planned()
        except UnreadableError as error:
            self._show(None, str(error), wrong=True)
        else:
            self._show(plan, _sentence(plan))
            if plan.uids and _is_empty(plan):
                set_look(self._count, look="warning")

    @property
    def _asked(self) -> Sequence[Field]:
        key = self.field.key
        return self._parts.get(key) or [self._fields[key]]

    def _planned(self) -> Plan:
        texts = zip(self._asked, self.editors, strict=True)
        values: dict[str, Any] = {field.name: field.kind.parse(editor.text()) for field, editor in texts}
        uids = self._shown if self.whom.key == SHOWN else self._uids
        key = self.field.key
        if key in self._parts:
            return self._edit.plan_row(uids, key, values)
        return self._edit.plan(uids, key, values[key], only_empty=self.rule.key == ONLY_EMPTY)

    def _change_field(self, _key: str = "") -> None:
        for editor in self.editors:
            self._form.removeRow(editor)
        self.editors = [editor_for(field, readings.initials) for field in self._asked]
        for place, (field, editor) in enumerate(zip(self._asked, self.editors, strict=True)):
            editor.typed.connect(lambda _="": self._clock.start())
            self._form.insertRow(1 + place, "新的内容" if len(self.editors) == 1 else field.label, editor)
        self._form.setRowVisible(self.rule, self.field.key not in self._parts)
        for before, after in pairwise([self.field, *self.editors, self.rule, self.whom]):
            QWidget.setTabOrder(before, after)
        self.look()

    def _show(self, plan: Plan | None, sentence: str, *, wrong: bool = False) -> None:
        self._plan = plan
        self.table.show_steps(plan.steps if plan else [])
        self._count.setText(sentence)
        set_look(self._count, look="error" if wrong else "quiet")
        many = len(plan.uids) if plan else 0
        self.ok.setEnabled(many > 0)
        self.ok.setText(f"改这 {many} 人" if many else "改")

    def _connect(self) -> None:
        self.field.chosen.connect(self._change_field)
        for segments in (self.rule, self.whom):
            segments.chosen.connect(lambda _: self.look())
        self._clock.timeout.connect(self.look)
        self.buttons.accepted.connect(self.apply)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self._form.addRow("改哪一项", self.field)
        self._form.addRow("怎么改", self.rule)
        self._form.addRow("改哪些人", self.whom)
        self._form.setRowVisible(self.whom, len(self._shown) > len(self._uids))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._form)
        column.addWidget(self.table, 1)
        column.addWidget(self._count)
        column.addWidget(self.buttons)


def _sentence(plan: Plan) -> str:
    many, left = len(plan.uids), sum(bool(step.problem) for step in plan.steps)
    same = len(plan.steps) - many - left
    wrong = f"，{left} 人改了会出错，留着不改（排在最前面）" if left else ""
    if _is_empty(plan) and not many:
        return "请先填新的内容。"
    emptied = "；内容为空，会清掉原来的" if _is_empty(plan) else ""
    return f"将改 {many} 人，{same} 人不动{wrong}{emptied}。"


def _is_empty(plan: Plan) -> bool:
    values = plan.value.values() if isinstance(plan.value, dict) else [plan.value]
    return all(value is None for value in values)


def _entries(edit: BulkEdit) -> ChoiceModel:
    spell: Callable[[str], str] = readings.initials
    parts = [Entry(name, f"加一条：{title}", spell(title)) for name, title, _ in edit.parts]
    fields = [
        Entry(field.name, f"{field.label}（{field.section}）", spell(field.label)) for field in edit.fields
    ]
    return ChoiceModel([*fields, *parts])
