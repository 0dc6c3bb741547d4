"""批量改: one field for the people selected; old and new stand side by side before anything is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import UnreadableError
from app.services import readings
from app.services.bulk_edit import BulkEdit, Step
from app.services.changes import Change
from app.ui.editors import Editor, editor_for
from app.ui.widgets.looks import set_look
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

ALL, ONLY_EMPTY = "all", "empty"
FIRST = "village"
HEADINGS = ("姓名", "原来", "改为")


class BulkDialog(QDialog):
    """Says what would become of whom, then does it."""

    applied = Signal(object)
    """Carries the Change."""

    def __init__(self, edit: BulkEdit, uids: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"批量改：选中的 {len(uids)} 人")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 440)
        self._edit, self._uids = edit, list(uids)
        self._steps: list[Step] = []
        self.field = QComboBox()
        for field in edit.fields:
            self.field.addItem(f"{field.label}（{field.section}）", field.name)
        self.rule = Segments([(ONLY_EMPTY, "只填空白的"), (ALL, "全部改")])
        self._form = QFormLayout()
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.editor: Editor = editor_for(edit.fields[0], readings.initials)
        self.table = QTableWidget(0, len(HEADINGS))
        self._count = label("", "quiet", wrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._lay_out()
        self.field.currentIndexChanged.connect(self._change_field)
        self.rule.chosen.connect(self._plan)
        self.buttons.accepted.connect(self.apply)
        self.buttons.rejected.connect(self.reject)
        self.choose(FIRST)
        self._change_field()

    def choose(self, name: str) -> None:
        self.field.setCurrentIndex(self.field.findData(name))

    def apply(self) -> None:
        change: Change = self._edit.apply(self._steps, self._name, self._value())
        self.applied.emit(change)
        self.accept()

    @property
    def _name(self) -> str:
        return str(self.field.currentData())

    def _value(self) -> object:
        field = next(field for field in self._edit.fields if field.name == self._name)
        return field.kind.parse(self.editor.text())

    def _change_field(self) -> None:
        field = next(field for field in self._edit.fields if field.name == self._name)
        self._form.removeRow(self.editor)
        self.editor = editor_for(field, readings.initials)
        self.editor.typed.connect(self._plan)
        self._form.insertRow(1, "新的内容", self.editor)
        self._plan()

    def _plan(self) -> None:
        try:
            value = self._value()
        except UnreadableError as error:
            self._show([], str(error), wrong=True)
            return
        steps = self._edit.plan(self._uids, self._name, value, only_empty=self.rule.key == ONLY_EMPTY)
        many = sum(step.changes for step in steps)
        if value is None and not many:
            self._show(steps, "请先填新的内容。")
        else:
            emptied = "；内容为空，会清掉原来的" if value is None else ""
            self._show(steps, f"将改 {many} 人，{len(steps) - many} 人不动{emptied}。")

    def _show(self, steps: list[Step], sentence: str, *, wrong: bool = False) -> None:
        self._steps = steps
        self.table.setRowCount(len(steps))
        for row, step in enumerate(steps):
            new = step.new if step.changes else "不动"
            for column, text in enumerate((step.name, step.old or "（空）", new or "（空）")):
                item = QTableWidgetItem(text)
                if not step.changes:
                    item.setForeground(self.palette().placeholderText())
                self.table.setItem(row, column, item)
        self._count.setText(sentence)
        set_look(self._count, look="error" if wrong else "quiet")
        many = sum(step.changes for step in steps)
        self.ok.setEnabled(many > 0)
        self.ok.setText(f"改这 {many} 人" if many else "改")

    def _lay_out(self) -> None:
        self._form.addRow("改哪一项", self.field)
        self._form.addRow("新的内容", self.editor)
        self._form.addRow("怎么改", self.rule)
        self.field.setMaxVisibleItems(16)
        self.table.setHorizontalHeaderLabels(list(HEADINGS))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._form)
        column.addWidget(self.table, 1)
        column.addWidget(self._count)
        column.addWidget(self.buttons)
