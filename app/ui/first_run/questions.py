"""The pages of the first run: each asks one thing and says what is wrong under the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.dialogs.files import documents
from app.ui.forms.first_run_state import RECORD, FirstRunState, Start
from app.ui.login.new_password import NewPassword
from app.ui.login.new_password_state import NewPasswordState
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

STARTS: Mapping[Start, tuple[str, str]] = {
    "import": (
        "导入办公室现有的花名册",
        "Excel、WPS 的表格或从平台导出的名单都行。现在选好文件，或者进去以后再选。",
    ),
    "practice": (
        "先用练习镇试一试",
        "编出来的梧桐镇，近五十位老干部，随便改；熟悉以后换成自己的，再填本单位名称。",
    ),
    "empty": ("从空白花名册开始", "一个一个新建。"),
}
HINTS = {
    "township": "例如 卫城镇",
    "county": "例如 清镇市",
    "unit": "印在表上的填报单位",
    "officer": "您的姓名",
    "preparer": "印在表的落款处",
    "reviewer": "没有就空着",
    "telephone": "手机，或区号-号码",
}


class Question(QWidget):
    """Title, a quiet sentence, then what the page asks."""

    answered = Signal()
    """Enter in the last field."""
    mended = Signal()
    """Something was changed that decides what comes next."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__()
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(title, "title"))
        column.addWidget(label(why, "quiet", wrap=True))
        column.addLayout(self.body)
        column.addStretch(1)

    def renew(self) -> None:
        """The page comes to the front; what was told elsewhere may have changed."""

    def check(self) -> bool:
        """Shows what is wrong and goes there; True when the next question may come."""
        return True

    def take_focus(self) -> None:
        """Puts the cursor into the first field."""


class OfficeQuestion(Question):
    """Some fields of the office's profile, one under the other."""

    def __init__(self, title: str, why: str, state: FirstRunState, names: Sequence[str]) -> None:
        super().__init__(title, why)
        self._state = state
        self.fields: dict[str, QLineEdit] = {}
        self.problems: dict[str, QLabel] = {}
        for name in names:
            self._add(name)

    def renew(self) -> None:
        for name, edit in self.fields.items():
            if edit.text() != self._state.texts[name]:
                edit.setText(self._state.texts[name])
                self._show_problem(name, "")

    def check(self) -> bool:
        found = {name: self._state.problem(name) for name in self.fields}
        for name, sentence in found.items():
            self._show_problem(name, sentence)
        first = next((name for name, sentence in found.items() if sentence), None)
        if first:
            self.fields[first].setFocus()
        return first is None

    def take_focus(self) -> None:
        next(iter(self.fields.values())).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field, and from the last one on."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        edits = list(self.fields.values())
        place = next(place for place, edit in enumerate(edits) if edit is watched)
        if place + 1 < len(edits):
            edits[place + 1].setFocus()
            edits[place + 1].selectAll()
        else:
            self.answered.emit()
        return True

    def _add(self, name: str) -> None:
        field = RECORD.field(name)
        edit, problem = QLineEdit(), label("", "error", wrap=True)
        edit.setObjectName(name)
        edit.setAccessibleName(field.label)
        edit.setPlaceholderText(HINTS.get(name, ""))
        edit.setMaximumWidth(460)
        edit.installEventFilter(self)
        edit.textEdited.connect(lambda text: self._type(name, text))
        self.fields[name], self.problems[name] = edit, problem
        problem.hide()
        star = " *" if field.need == "always" else ""
        self.body.addWidget(label(f"{field.label}{star}", "quiet"))
        self.body.addWidget(edit)
        self.body.addWidget(problem)
        self.body.addSpacing(6)

    def _type(self, name: str, text: str) -> None:
        self._state.type_in(name, text)
        self._show_problem(name, "")
        self.renew()

    def _show_problem(self, name: str, sentence: str) -> None:
        self.problems[name].setText(f"× {sentence}")
        self.problems[name].setVisible(bool(sentence))
        set_look(self.fields[name], problem="E" if sentence else "")


class FolderQuestion(Question):
    def __init__(self, title: str, why: str, state: FirstRunState) -> None:
        super().__init__(title, why)
        self._state = state
        self.path = QLineEdit(str(state.folder))
        self.path.setObjectName("folder")
        self.path.setAccessibleName("数据文件夹")
        self.other = push_button("另选文件夹…", self._ask)
        self.other.setAutoDefault(False)
        self.problem = label("", "error", wrap=True)
        self.note = label("", "ok", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self.path, 1)
        line.addWidget(self.other)
        self.body.addWidget(label("数据文件夹", "quiet"))
        self.body.addLayout(line)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.note)
        self.path.textChanged.connect(self._take)
        self._take(self.path.text())

    def check(self) -> bool:
        sentence = self._state.folder_problem
        self.problem.setText(f"× {sentence}")
        self.problem.setVisible(bool(sentence))
        set_look(self.path, problem="E" if sentence else "")
        return not sentence

    def take_focus(self) -> None:
        self.path.setFocus()

    def _take(self, text: str) -> None:
        self._state.folder = Path(text.strip().strip('"“”')).expanduser()
        self.problem.hide()
        self.note.setText(
            "✓ 这个文件夹里已有桑榆的数据，会接着用，不会清空；用它原来的口令打开。"
            if self._state.folder_has_data
            else ""
        )
        self.note.setVisible(self._state.folder_has_data)
        self.mended.emit()

    def _ask(self) -> None:
        dialog = QFileDialog(self, "数据放在哪个文件夹", str(self._state.folder.parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()


class StartQuestion(Question):
    def __init__(
        self, title: str, why: str, state: FirstRunState, ways: Iterable[Start] = tuple(STARTS)
    ) -> None:
        super().__init__(title, why)
        self._state = state
        self.ways: dict[Start, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.file = QLineEdit()
        self.file.setObjectName("workbook")
        self.file.setAccessibleName("花名册文件")
        self.file.setPlaceholderText("还没有选文件")
        self.browse = push_button("选择文件…", self._ask)
        self.browse.setAutoDefault(False)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        for way in ways:
            self._add(way)
        self.body.addWidget(self.problem)
        self.ways[state.start].setChecked(True)
        self.file.textChanged.connect(self._take_file)
        self._group.buttonToggled.connect(lambda *_: self._take_way())

    def check(self) -> bool:
        sentence = self._state.start_problem
        self.problem.setText(f"× {sentence}")
        self.problem.setVisible(bool(sentence))
        return not sentence

    def take_focus(self) -> None:
        self.ways[self._state.start].setFocus()

    def _add(self, way: Start) -> None:
        words, more = STARTS[way]
        button = QRadioButton(words)
        button.setObjectName(way)
        self._group.addButton(button)
        self.ways[way] = button
        beside = QVBoxLayout()
        beside.setContentsMargins(28, 0, 0, 8)
        beside.addWidget(label(more, "quiet", wrap=True))
        if way == "import":
            line = QHBoxLayout()
            line.addWidget(self.file, 1)
            line.addWidget(self.browse)
            beside.addLayout(line)
        self.body.addWidget(button)
        self.body.addLayout(beside)

    def _take_way(self) -> None:
        self._state.start = next(way for way, button in self.ways.items() if button.isChecked())
        self.file.setEnabled(self._state.start == "import")
        self.browse.setEnabled(self._state.start == "import")
        self.problem.hide()

    def _take_file(self, text: str) -> None:
        self._state.workbook = text.strip().strip('"“”')
        self.problem.hide()

    def _ask(self) -> None:
        dialog = QFileDialog(self, "选择花名册", documents())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["花名册 (*.xlsx *.xls *.csv)", "所有文件 (*)"])
        dialog.fileSelected.connect(self.file.setText)
        dialog.open()


class PasswordQuestion(Question):
    """The login of the one who has just told his name."""

    def __init__(self, title: str, why: str, state: FirstRunState) -> None:
        super().__init__(title, why)
        self._state = state
        self._name = label("", "section")
        self.password = NewPassword(NewPasswordState())
        self.body.addWidget(label("您的登录名", "quiet"))
        self.body.addWidget(self._name)
        self.body.addSpacing(10)
        self.body.addWidget(self.password)
        self.password.setMaximumWidth(460)
        self.password.finished.connect(self.answered)

    def renew(self) -> None:
        self._name.setText(self._state.name)
        self.password.state.names = self._state.names

    def check(self) -> bool:
        self._state.password = self.password.check()
        return bool(self._state.password)

    def take_focus(self) -> None:
        self.password.take_focus()
