"""加条件: any field of the file or of its parts, what is asked of it, and how many fit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from app.errors import UnreadableError
from app.services import readings
from app.services.questions import QUESTIONS, Question, read_wanted
from app.services.roster_filter import Condition
from app.services.roster_values import field_of, paths, questions_of, title_of
from app.ui.editors import Editor, editor_for
from app.ui.widgets.choice_box import ChoiceBox, ChoiceModel, Entry
from app.ui.widgets.line_editor import LineEditor
from app.ui.widgets.looks import set_look
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

AND, OR = "and", "or"
FIRST = "native_place"
HINTS = {"words": "其中的几个字或几位数", "ages": "70-79，或只写 80"}


class ConditionDialog(QDialog):
    """Tells the Condition and how it joins those in force."""

    wanted = Signal(object, str)

    def __init__(
        self, count: Callable[[Condition, str], int], *, alone: bool, parent: QWidget | None = None
    ) -> None:
        """`count` says how many would be left; `alone` where no condition is in force yet."""
        super().__init__(parent)
        self.setWindowTitle("加条件")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 240)
        self._count = count
        self.field = ChoiceBox(_entries())
        self.field.setAccessibleName("哪一项")
        self.question = QComboBox()
        self.question.setAccessibleName("怎么问")
        self.editor: Editor | LineEditor = LineEditor()
        self.joint = Segments([(AND, "并且"), (OR, "或者")])
        self._said = label("", "quiet", wrap=True)
        self._is_wrong = False
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._form = QFormLayout()
        self._lay_out(alone=alone)
        self.field.chosen.connect(self._change_field)
        self.question.currentIndexChanged.connect(self._change_question)
        self.joint.chosen.connect(self._look)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._mark)
        self.choose(FIRST)

    def choose(self, path: str) -> None:
        self.field.choose(path)
        self._change_field()

    @property
    def condition(self) -> Condition:
        """Raises UnreadableError while something is left to say."""
        question, negated = self._asked
        path = self.field.key
        wanted = read_wanted(field_of(path).kind, question, self.editor.text())
        return Condition(path, wanted, negated, question.code)

    @property
    def _asked(self) -> tuple[Question, bool]:
        code, negated = self.question.currentData()
        return QUESTIONS[code], negated

    def _change_field(self, _key: str = "") -> None:
        before = self.question.blockSignals(True)
        self.question.clear()
        for question in questions_of(self.field.key):
            self.question.addItem(question.title, (question.code, False))
            self.question.addItem(question.opposite, (question.code, True))
        self.question.blockSignals(before)
        self._change_question()

    def _change_question(self, _place: int = 0) -> None:
        asks, replaced = self._asked[0].asks, self.editor
        if asks == "value":
            self.editor = editor_for(field_of(self.field.key), readings.initials)
        else:
            self.editor = LineEditor()
            self.editor.setPlaceholderText(HINTS.get(asks, ""))
        self._form.removeRow(replaced)
        self.editor.setEnabled(asks != "nothing")
        self.editor.typed.connect(self._look)
        self._form.insertRow(2, "内容", self.editor)
        for before, after in pairwise([self.question, self.editor, self.joint]):
            QWidget.setTabOrder(before, after)
        self._look()

    def _look(self, _text: str = "") -> None:
        """How many it would leave, at once."""
        try:
            condition = self.condition
        except UnreadableError as error:
            wrong = bool(self.editor.text().strip())
            self._say(str(error), wrong=wrong)
            self.ok.setEnabled(False)
            return
        self._say(f"加上以后有 {self._count(condition, self.joint.key)} 人。")
        self.ok.setEnabled(True)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self._said.setText(sentence)
        self._is_wrong = wrong
        self._mark()

    def _mark(self) -> None:
        """Red only behind whoever has left the field: half a word is no mistake."""
        focus = QApplication.focusWidget()
        typing = focus is not None and (focus is self.editor or self.editor.isAncestorOf(focus))
        set_look(self._said, look="error" if self._is_wrong and not typing else "quiet")

    def _take(self) -> None:
        self.wanted.emit(self.condition, self.joint.key)
        self.accept()

    def _lay_out(self, *, alone: bool) -> None:
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self._form.addRow("哪一项", self.field)
        self._form.addRow("怎么问", self.question)
        self._form.addRow("内容", self.editor)
        self._form.addRow("和前面的", self.joint)
        self._form.setRowVisible(self.joint, not alone)
        self.ok.setText("加上")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._form)
        column.addWidget(self._said)
        column.addStretch(1)
        column.addWidget(self.buttons)


def _entries() -> ChoiceModel:
    return ChoiceModel(
        Entry(
            path,
            title_of(path) if "." in path else f"{title_of(path)}（{section}）",
            readings.initials(title_of(path)),
        )
        for section, names in paths()
        for path in names
    )
