"""导入: a file of the office's is taken in, in four steps on one page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.fields.masking import covered
from app.services.changes import Change
from app.services.desk import Desk
from app.services.import_preview import PreviewRow
from app.ui.changes import Changes
from app.ui.forms.import_state import ImportState, Outcome
from app.ui.imports.afterwards import Afterwards
from app.ui.imports.column_step import ColumnStep
from app.ui.imports.file_step import FileStep
from app.ui.imports.finish_step import FinishStep
from app.ui.imports.preview_step import PreviewStep
from app.ui.page import PageWidget
from app.ui.tasks import Tasks, Work
from app.ui.whole_numbers import WholeNumbers
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.steps import Steps

WORDS = ("选文件", "对照列", "核对", "完成")
FILE, COLUMNS, PREVIEW, FINISH, WAITING, HISTORY = range(6)
DOUBTS, PAST = "doubts", "history"
KEEP_AFTER = 1500
"""Milliseconds after which what was set and decided is put away."""


class ImportPage(PageWidget):
    """`about` when opened: the path of the file to begin with, `doubts` or `history`."""

    left = Signal()
    """The user has given up this import and wants to be elsewhere; nothing was written."""

    def __init__(self, desk: Desk, changes: Changes, tasks: Tasks) -> None:
        super().__init__()
        self._state = ImportState(desk.imports, desk.cadres, desk.drafts)
        self._changes, self._tasks = changes, tasks
        self._busy = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(KEEP_AFTER)
        self.numbers = WholeNumbers(desk.reveals, self)
        self.header = PageHeader("导入")
        self.steps = Steps(WORDS)
        self.problem = Banner()
        self.file, self.columns = FileStep(), ColumnStep(self._state)
        self.piles, self.finish = PreviewStep(self._state), FinishStep()
        self.after = Afterwards(desk, changes, tasks, self, self._run)
        self.past = push_button("导入记录", self.after.open_history, "quiet")
        self.cancel = push_button("不导了", self.give_up, "quiet")
        self.back = push_button("上一步", self.go_back)
        self.next = push_button("下一步", self.go_on, "primary")
        self._stack = QStackedWidget()
        self._parts: tuple[QWidget, ...] = (
            self.file,
            self.columns,
            self.piles,
            self.finish,
            self.after.waiting,
            self.after.history,
        )
        self.takes_elsewhere: Callable[[Path, bool], bool] = lambda _path, _about_people: False
        """Whether another view takes the file; True as second where it was read and is of one person each."""
        self.unsaved_elsewhere: Callable[[], str] = lambda: ""
        self._lay_out()
        self._connect()
        self.go_to(FILE)

    @property
    def step(self) -> int:
        return self._stack.currentIndex()

    def opened(self, about: str = "") -> None:
        self._state.get_ready()
        if about in (DOUBTS, PAST):
            (self.after.open_doubts if about == DOUBTS else self.after.open_history)()
        elif about:
            self.read(Path(about))
        elif FINISH <= self.step < len(self._parts):  # whoever comes again has another file
            self.go_to(FILE)
        elif self.step == FILE:
            self.file.tell_waiting(self.after.rows)
            self.file.take_focus()

    def read(self, path: Path) -> None:
        """Reads the file off the window's thread; a bad one gives its sentence on the first step."""
        if self.takes_elsewhere(path, False):
            return
        self.go_to(FILE)
        self.file.wait_for(path)
        self._work(
            f"读取“{covered(path.name)}”",
            lambda report: self._state.read(path, report),
            lambda _: self._show_file(),
            self.file.refuse,
        )

    def show_instead(self, view: QWidget) -> None:
        """Another view in the place of the steps, until one of them comes back."""
        if self._stack.indexOf(view) < 0:
            self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        for part in (self._foot, self.steps, self.problem, self.past):
            part.hide()
        self.header.set_note("")

    def go_to(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.go_to(min(step, FINISH))
        self.steps.setVisible(step <= FINISH)
        self.past.setVisible(step in (FILE, FINISH))
        self.header.set_note(self._note(step))
        self._foot.setVisible(step in (COLUMNS, PREVIEW))
        if step == FILE:
            self.file.tell_waiting(self.after.rows)
        self.problem.hide()
        self._show_verb()
        self._parts[step].take_focus()  # type: ignore[attr-defined]

    def _note(self, step: int) -> str:
        if step > FINISH:
            return {WAITING: "待定", HISTORY: "导入记录"}[step]
        return covered(self._state.path.name) if self._state.path and step else ""

    def go_on(self) -> None:
        if self._busy:
            return
        if self.step == COLUMNS and self._state.stale:
            self._run("按改过的规则重新比对", self._state.read_again, lambda _: self._show_piles())
        elif self.step == COLUMNS:
            self.go_to(PREVIEW)
        elif self.step == PREVIEW:
            self._apply()

    def _show_piles(self) -> None:
        self._renew()
        self.go_to(PREVIEW)

    def go_back(self) -> None:
        if not self._busy and self.step in (COLUMNS, PREVIEW):
            self.go_to(self.step - 1)

    def give_up(self) -> None:
        """Nothing is written; what was set and decided is there again when the file is opened the next time."""
        self.keep_draft()
        self.go_to(FILE)
        self.left.emit()

    def keep_draft(self) -> None:
        self._clock.stop()
        if self.step in (COLUMNS, PREVIEW):
            self._state.keep()

    def unsaved(self) -> str:
        return "导入到一半，还没有写入" if self.step in (COLUMNS, PREVIEW) else self.unsaved_elsewhere()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on: first to what waits for a decision, then to the button. Esc goes back to the file."""
        if event.key() == Qt.Key.Key_Escape and self.step > FINISH:
            self.go_to(FILE)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QPushButton) and button.isEnabled():
            button.click()
        elif self.step == COLUMNS:
            self.go_on()
        elif self.step == PREVIEW and not self.piles.go_to_undecided():
            self.next.setFocus()
        elif self.step == WAITING and not self.after.waiting.go_to_undecided():
            self.after.waiting.write.setFocus()

    def _lay_out(self) -> None:
        self.header.add(self.steps)
        self.header.add(self.past)
        for part in self._parts:
            self._stack.addWidget(part)
        self._foot = QFrame()
        self._foot.setProperty("look", "head")
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.cancel)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(_indented(self.problem))
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self.file.given.connect(self.read)
        self.file.doubts_wanted.connect(self.after.open_doubts)
        self.columns.mapped.connect(self._read_again)
        self.columns.proposal_wanted.connect(lambda: self._start_again(self._state.use_proposal))
        self.columns.fresh_wanted.connect(lambda: self._start_again(self._state.start_over))
        for told in (self.columns.mapped, self.columns.ruled, self.piles.decided):
            told.connect(self._clock.start)
        self._clock.timeout.connect(self.keep_draft)
        self.piles.decided.connect(self._show_verb)
        self.piles.show_wanted.connect(self._show_numbers)
        self.finish.page_wanted.connect(self._leave_for)
        self.finish.again.connect(lambda: self.go_to(FILE))
        self.finish.doubts_wanted.connect(lambda: self.after.open_doubts(self.after.newest))
        self.finish.failed_wanted.connect(self.after.save_failed)
        self.after.shown.connect(lambda view: self.go_to(self._stack.indexOf(view)))
        self.after.says.connect(self.says)
        self.after.waiting.show_wanted.connect(self._show_numbers_of_waiting)
        for view in (self.after.waiting, self.after.history):
            view.left.connect(lambda: self.go_to(FILE))

    def _show_verb(self) -> None:
        if self.step == PREVIEW:
            count = self._state.to_write
            self.next.setText(f"导入 {count} 行" if count else "没有要写入的，完成")
        else:
            self.next.setText("下一步")
        self.next.setEnabled(not self._busy)
        self.back.setEnabled(not self._busy)
        self.cancel.setEnabled(not self._busy)
        self.past.setEnabled(not self._busy)

    def _show_numbers(self, row: PreviewRow) -> None:
        about = f"导入表第 {row.row} 行的号码"
        self.numbers.show(covered(row.label), about, lambda: self.piles.reveal(row))

    def _show_numbers_of_waiting(self, row: PreviewRow) -> None:
        about = f"导入表第 {row.row} 行的号码"
        self.numbers.show(covered(row.label), about, lambda: self.after.waiting.reveal(row))

    def _start_again(self, work: Work) -> None:
        self._run("按程序认的重新读取", work, lambda _: self._renew())

    def _show_file(self) -> None:
        self._state.get_ready()  # columns set by hand have it read again
        self.file.rest()
        path, preview = self._state.path, self._state.preview
        if path and preview and preview.is_about_people and self.takes_elsewhere(path, True):
            return
        self._renew()
        self.go_to(COLUMNS)

    def _renew(self) -> None:
        self.columns.renew()
        self.piles.renew()

    def _read_again(self) -> None:
        self._run("按改过的列重新读取", self._state.read_again, lambda _: self._renew())

    def _apply(self) -> None:
        self._clock.stop()
        self._run("写入", lambda _: self._state.apply(), self._finish)

    def _finish(self, result: tuple[Outcome, Change]) -> None:
        outcome, change = result
        self.finish.show_outcome(covered(self._state.path.name) if self._state.path else "", outcome)
        self.go_to(FINISH)
        self._changes.tell(change)

    def _refuse(self, sentence: str) -> None:
        self.problem.say("error", sentence)

    def _leave_for(self, key: str) -> None:
        self.go_to(FILE)
        self.wants_page.emit(key, "")

    def _run(self, title: str, work: Work, done: Callable[[Any], None]) -> None:
        """What goes wrong is said across the page."""
        self.problem.hide()
        self._work(title, work, done, self._refuse)

    def _work(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None],
        refuse: Callable[[str], None],
    ) -> None:
        """Off the window's thread; meanwhile nothing else can be begun here."""
        self._be_busy(on=True)

        def end(result: object) -> None:
            self._be_busy(on=False)
            done(result)

        def fail(error: Exception) -> None:
            self._be_busy(on=False)
            if isinstance(error, UserError):
                refuse(str(error))
            else:
                self.file.rest()
                self._tasks.failed.emit(error)

        self._tasks.start(title, work, end, fail, cancelled=self._rest)

    def _rest(self) -> None:
        """The user has stopped the reading; what was shown before stays."""
        self._be_busy(on=False)
        self.file.rest()

    def _be_busy(self, *, on: bool) -> None:
        self._busy = on
        self._stack.setEnabled(not on)
        self._show_verb()


def _indented(widget: QWidget) -> QWidget:
    """The banner keeps the page's margin and takes no room while it is hidden."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 0, 16, 0)
    column.addWidget(widget)
    return frame
