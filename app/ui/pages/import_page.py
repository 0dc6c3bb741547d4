"""导入: a file of the office's is taken in, in four steps on one page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.fields.masking import covered
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.import_preview import PreviewRow
from app.services.imports import Imports
from app.services.reveals import Reveals
from app.ui.changes import Changes
from app.ui.forms.import_state import ImportState, Outcome
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
FILE, COLUMNS, PREVIEW, FINISH = range(4)


class ImportPage(PageWidget):
    """`about` when opened: the path of the file to begin with."""

    left = Signal()
    """The user has given up this import and wants to be elsewhere; nothing was written."""

    def __init__(
        self, imports: Imports, cadres: Cadres, reveals: Reveals, changes: Changes, tasks: Tasks
    ) -> None:
        super().__init__()
        self._state = ImportState(imports, cadres)
        self._changes, self._tasks = changes, tasks
        self._busy = False
        self.numbers = WholeNumbers(reveals, self)
        self.header = PageHeader("导入")
        self.steps = Steps(WORDS)
        self.problem = Banner()
        self.file, self.columns = FileStep(), ColumnStep(self._state)
        self.piles, self.finish = PreviewStep(self._state), FinishStep()
        self.cancel = push_button("不导了", self.give_up, "quiet")
        self.back = push_button("上一步", self.go_back)
        self.next = push_button("下一步", self.go_on, "primary")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.go_to(FILE)

    @property
    def step(self) -> int:
        return self._stack.currentIndex()

    def opened(self, about: str = "") -> None:
        self._state.get_ready()
        if about:
            self.read(Path(about))
        elif self.step == FINISH:  # whoever comes again has another file
            self.go_to(FILE)

    def read(self, path: Path) -> None:
        """Reads the file off the window's thread; a bad one gives its sentence on the first step."""
        self.go_to(FILE)
        self.file.wait_for(path)
        self._work(
            f"读取“{path.name}”",
            lambda report: self._state.read(path, report),
            lambda _: self._show_file(),
            self.file.refuse,
        )

    def go_to(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.go_to(step)
        self.header.set_note(self._state.path.name if self._state.path and step else "")
        self._foot.setVisible(step in (COLUMNS, PREVIEW))
        self.problem.hide()
        self._show_verb()
        for part in (self.file, self.columns, self.piles, self.finish)[step : step + 1]:
            part.take_focus()

    def go_on(self) -> None:
        if self._busy:
            return
        if self.step == COLUMNS:
            self.go_to(PREVIEW)
        elif self.step == PREVIEW:
            self._apply()

    def go_back(self) -> None:
        if not self._busy and self.step in (COLUMNS, PREVIEW):
            self.go_to(self.step - 1)

    def give_up(self) -> None:
        self.go_to(FILE)
        self.left.emit()

    def unsaved(self) -> str:
        return "导入到一半，还没有写入" if self.step in (COLUMNS, PREVIEW) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on: first to what waits for a decision, then to the button."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QPushButton) and button.isEnabled():
            button.click()
        elif self.step == COLUMNS:
            self.go_on()
        elif self.step == PREVIEW and not self.piles.go_to_undecided():
            self.next.setFocus()

    def _lay_out(self) -> None:
        self.header.add(self.steps)
        for part in (self.file, self.columns, self.piles, self.finish):
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
        self.columns.mapped.connect(self._read_again)
        self.piles.decided.connect(self._show_verb)
        self.piles.show_wanted.connect(self._show_numbers)
        self.finish.page_wanted.connect(self._leave_for)
        self.finish.again.connect(lambda: self.go_to(FILE))

    def _show_verb(self) -> None:
        if self.step == PREVIEW:
            count = self._state.to_write
            self.next.setText(f"导入 {count} 行" if count else "没有要写入的，完成")
        else:
            self.next.setText("下一步")
        self.next.setEnabled(not self._busy)
        self.back.setEnabled(not self._busy)
        self.cancel.setEnabled(not self._busy)

    def _show_numbers(self, row: PreviewRow) -> None:
        about = f"导入表第 {row.row} 行的号码"
        self.numbers.show(covered(row.label), about, lambda: self.piles.reveal(row))

    def _show_file(self) -> None:
        self._state.get_ready()  # columns set by hand have it read again
        self.file.rest()
        self._renew()
        self.go_to(COLUMNS)

    def _renew(self) -> None:
        self.columns.renew()
        self.piles.renew()

    def _read_again(self) -> None:
        self._work("按改过的列重新读取", self._state.read_again, lambda _: self._renew(), self._refuse)

    def _apply(self) -> None:
        self._work("写入", lambda _report: self._state.apply(), self._finish, self._refuse)

    def _finish(self, result: tuple[Outcome, Change]) -> None:
        outcome, change = result
        self.finish.show_outcome(self._state.path.name if self._state.path else "", outcome)
        self.go_to(FINISH)
        self._changes.tell(change)

    def _refuse(self, sentence: str) -> None:
        self.problem.say("error", sentence)

    def _leave_for(self, key: str) -> None:
        self.go_to(FILE)
        self.wants_page.emit(key, "")

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

        self._tasks.start(title, work, end, fail).cancelled.connect(self._rest)

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
