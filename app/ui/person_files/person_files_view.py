"""Forms, .lrmx and .lrm taken in: what the file says on the left, what we have on the right, one save a person."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.errors import UserError
from app.fields.masking import covered
from app.services.changes import Change
from app.services.person_readings import PersonFilesRead
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.forms.whose_box import WhoseBox
from app.ui.icons import icon
from app.ui.person_files.field_table import FieldTable
from app.ui.person_files.person_files_state import NEW, PHOTO, PersonFilesState
from app.ui.person_files.sides_pane import SidesPane
from app.ui.rights import needs
from app.ui.tables.text_table import Line, TextTable
from app.ui.tasks import Tasks
from app.ui.whole_numbers import WholeNumbers
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.choice_box import Entry
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.secret_edit import SHOW, SHOWN_FOR
from app.ui.widgets.words import label

LIST_WIDTH = 230
PERSON_WIDTH = 380
STATES = {"": ("待定", "dusk"), "saved": ("✓ 已保存", "leaf"), "skipped": ("跳过", "quiet")}
NEW_LABEL = "＋ 新建档案"


class PersonFilesView(QWidget):
    finished = Signal()
    """The user goes back to choosing files."""
    page_wanted = Signal(str)
    said = Signal(str)

    def __init__(
        self, state: PersonFilesState, numbers: WholeNumbers, changes: Changes, tasks: Tasks
    ) -> None:
        super().__init__()
        self._state, self._numbers, self._changes, self._tasks = state, numbers, changes, tasks
        self._busy = False
        self.banner = Banner()
        self.title = label("", "section")
        self.note = label("", "quiet")
        self.people = TextTable(("姓名", "状态"), (120,))
        self.people.setAccessibleName("读到的人")
        self.fields = FieldTable(state.shown)
        self.person = WhoseBox("这份表是谁的", [Entry(NEW, NEW_LABEL, "xj")])
        self.person.setMinimumWidth(PERSON_WIDTH)
        self.doubt = label("", "warning", wrap=True)
        self.remarks = label("", "warning", wrap=True)
        self.sides = SidesPane()
        self.leave = push_button("返回", self.go_back, "quiet")
        self.skip = push_button("跳过这一份", self.skip_one)
        self.save = push_button("保存", self.save_one, "primary")
        self.numbers = push_button(SHOW, self._show_numbers, "link", icon("eye", "leaf"))
        self.numbers.setToolTip("查看会记入日志，30 秒后收起")
        self.save.setToolTip("Ctrl+Enter")
        needs("edit", self.save)
        self._covering = QTimer(self)
        self._covering.setSingleShot(True)
        self._covering.timeout.connect(self._cover)
        self._lay_out()
        self._connect()

    def show_read(self, read: PersonFilesRead) -> None:
        """The people of the chosen files, the first in front; the files that could not be read are named."""
        self._state.take(read)
        self.banner.hide()
        if read.refused:
            some = "、".join(name for name, _ in read.refused[:3]) + ("等" if len(read.refused) > 3 else "")
            verb = "看原因" if len(read.refused) > 1 else ""
            told = f"{len(read.refused)} 个文件没有读入：{some}" if verb else read.refused[0][1]
            self.banner.say("warning", told, verb)
        self._side.setVisible(len(read.people) > 1)
        self._renew_list()
        if read.people:
            self.people.go_to(0)
            self._go_to(0)
            self.take_focus()

    @property
    def open_count(self) -> int:
        return self._state.counts[2]

    def take_focus(self) -> None:
        if self._state.compared is None:
            self.person.setFocus()
        else:
            self.fields.setFocus()

    def save_one(self) -> None:
        """Ctrl+Enter: this one is saved, the next comes to the front."""
        if self._busy or not self.save.isEnabled() or self._state.compared is None:
            return
        self._be_busy(on=True)
        title = f"保存{self._state.person.label if self._state.person else ''}"
        save, place = self._state.to_save(), self._state.place
        self._tasks.start(
            title, lambda _report: save(), lambda change: self._after_save(place, change), self._refuse
        )

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._cover()

    def skip_one(self) -> None:
        if self._state.person is not None and not self._busy:
            self._state.skip()
            self._go_on()

    def go_back(self) -> None:
        saved, _, left = self._state.counts
        if left and saved:
            ask.confirm(
                self,
                f"还有 {left} 份没有处理，已保存的 {saved} 份不受影响。现在返回吗？",
                "返回",
                self.finished.emit,
            )
        else:
            self.finished.emit()

    def _lay_out(self) -> None:
        self._side = QWidget()
        self._side.setFixedWidth(LIST_WIDTH)
        left = QVBoxLayout(self._side)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.people)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.fields)
        split.addWidget(scrolled(self.sides))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([300, 230])
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addLayout(self._head())
        middle.addWidget(self.doubt)
        middle.addWidget(self.remarks)
        middle.addWidget(split, 1)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self._side)
        body.addLayout(middle, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 4, 16, 8)
        inside.setSpacing(8)
        inside.addWidget(self.banner)
        inside.addLayout(body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(self._foot())

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.title)
        line.addWidget(self.note)
        line.addStretch(1)
        line.addWidget(self.numbers)
        line.addWidget(label("这是谁的："))
        line.addWidget(self.person)
        return line

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("look", "head")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.leave)
        line.addStretch(1)
        line.addWidget(label("空格打勾，回车下一行", "quiet"))
        line.addWidget(self.skip)
        line.addWidget(self.save)
        return foot

    def _connect(self) -> None:
        self.people.moved_to.connect(self._go_to)
        self.fields.toggled.connect(self._toggle)
        self.fields.past_the_last.connect(self._go_to_parts)
        self.banner.pressed.connect(self._tell_refused)
        self.person.chosen.connect(self._choose)
        self.sides.decided.connect(self._decide)
        self.sides.photo_toggled.connect(lambda: self._toggle(PHOTO))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_one)

    def _renew_list(self) -> None:
        place = self.people.place
        lines = []
        for at, person in enumerate(self._state.people):
            word, tone = STATES[self._state.done[at]]
            lines.append(Line(at, (person.label, word), {1: tone}))
        if len(lines) == len(self.people.texts.lines):
            self.people.texts.replace(lines)
        else:
            self.people.show_lines(lines)
        if place >= 0:
            self.people.go_to(min(place, len(lines) - 1))

    def _go_to(self, place: int | None) -> None:
        if place is None or place == self._state.place:
            return
        self._state.go_to(place)
        self._show_person()

    def _show_person(self) -> None:
        person = self._state.person
        if person is None:
            return
        self._covering.stop()
        several = f"（第 {self._state.place + 1} 份，共 {len(self._state.people)} 份）"
        self.title.setText(person.label)
        self.note.setText(covered(person.path.name) + (several if len(self._state.people) > 1 else ""))
        self._offer_people()
        self._show_comparison()

    def _offer_people(self) -> None:
        """Those whom the file may mean stand above everybody else."""
        person = self._state.person
        assert person is not None
        likely = {known.uid for known in person.candidates} | {person.uid}
        self.person.offer(self._state.everybody(), likely, self._state.key)

    def _choose(self, key: str) -> None:
        try:
            self._state.choose(key)
        except UserError as error:
            self.banner.say("error", str(error))
        self._show_comparison()
        self.fields.setFocus()

    def _show_comparison(self) -> None:
        person, compared = self._state.person, self._state.compared
        assert person is not None
        self.doubt.setText(f"{person.doubt}。请在右上选定，或新建档案。" if person.doubt else "")
        self.doubt.setVisible(bool(person.doubt) and compared is None)
        self.remarks.setText(self._state.remarks)
        self.remarks.setVisible(bool(self._state.remarks))
        self.fields.show_lines(self._state.lines, self._state.ticked)
        self.numbers.setVisible(self._state.hides_numbers)
        self.sides.show_sides(compared, person.photo, self._state.kept_photo())
        self._show_verb()

    def _show_verb(self) -> None:
        """What is pressed next, in words."""
        compared, place = self._state.compared, self._state.place
        done = self._state.done[place] if 0 <= place < len(self._state.done) else ""
        is_last = self._state.counts[2] <= 1
        words = "保存" if is_last else "保存，看下一份"
        if compared is not None and compared.uid is None:
            words = f"新建并{words}"
        self.save.setText("已保存" if done == "saved" else words)
        nothing = self._state.saves_nothing
        self.save.setEnabled(compared is not None and not self._busy and not nothing and done != "saved")
        self.save.setToolTip("没有勾选要写入的内容" if nothing else "Ctrl+Enter")
        self.skip.setEnabled(not self._busy and not done)

    def _toggle(self, name: str) -> None:
        self._state.toggle(name)
        self._show_verb()

    def _decide(self, part: str, way: Any) -> None:
        self._state.ways[part] = way
        self._show_verb()

    def _go_to_parts(self) -> None:
        """Behind the last line: the first part that wants a decision, else the button."""
        (self.sides.waiting or self.save).setFocus()

    def _after_save(self, place: int, change: Change) -> None:
        self._be_busy(on=False)
        self._state.after_save(place)
        self._changes.tell(change)
        self._go_on()

    def _go_on(self) -> None:
        self._renew_list()
        following = self._state.next_open()
        if following is not None:
            self.people.go_to(following)
            self._go_to(following)
            self.take_focus()
            return
        self._show_verb()
        saved, skipped, _ = self._state.counts
        left = f"，跳过 {skipped} 份" if skipped else ""
        left += f"；{bad} 个文件没有读入" if (bad := len(self._state.read_files.refused)) else ""
        self.banner.say("ok", f"都处理完了：保存 {saved} 份{left}。", "去花名册看看" if saved else "")
        self.leave.setFocus()

    def _tell_refused(self) -> None:
        if self.open_count:
            details = "\n".join(f"· {why}" for _, why in self._state.read_files.refused)
            ask.tell(self, "这些文件没有读入，别的文件不受影响。", details=details)
        else:
            self.page_wanted.emit("roster")

    def _refuse(self, error: Exception) -> None:
        self._be_busy(on=False)
        if isinstance(error, UserError):
            self.banner.say("error", covered(str(error)))
        else:
            self._tasks.failed.emit(error)

    def _be_busy(self, *, on: bool) -> None:
        self._busy = on
        self._show_verb()

    def _show_numbers(self) -> None:
        person = self._state.person
        if person is not None:
            self._numbers.show(person.label, f"“{covered(person.path.name)}”里的号码", self._uncover)

    def _uncover(self) -> None:
        self._state.are_numbers_shown = True
        self.fields.fields.renew()
        self._covering.start(SHOWN_FOR)

    def _cover(self) -> None:
        self._covering.stop()
        self._state.are_numbers_shown = False
        self.fields.fields.renew()
