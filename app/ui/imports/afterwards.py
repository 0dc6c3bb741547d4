"""What comes after an import: deciding what waited, saving what was not taken, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.changes import Change
from app.services.desk import Desk
from app.services.failed_rows import KIND
from app.services.import_doubts import Decided
from app.services.import_history import PastImport, Undoing
from app.ui.changes import Changes
from app.ui.forms.waiting_state import WaitingState
from app.ui.imports.history_view import HistoryView
from app.ui.imports.waiting_view import WaitingView
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.tasks import Tasks, Work

Run = Callable[[str, Work, Callable[[Any], None]], None]
"""Does work off the window's thread: title, work, what to do with its result."""


class Afterwards(QObject):
    shown = Signal(QWidget)
    """One of the two views is to come to the front."""
    says = Signal(str)

    def __init__(self, desk: Desk, changes: Changes, tasks: Tasks, page: QWidget, run: Run) -> None:
        super().__init__(page)
        self._desk, self._changes, self._run = desk, changes, run
        self.state = WaitingState(desk.import_doubts, desk.cadres)
        self.waiting, self.history = WaitingView(self.state), HistoryView()
        self.outlet = PaperOutlet(desk.exports, tasks, page)
        self.waiting.write_wanted.connect(self._write)
        self.waiting.file_wanted.connect(self.open_doubts)
        self.waiting.failed_wanted.connect(self.save_failed)
        self.history.doubts_wanted.connect(self.open_doubts)
        self.history.failed_wanted.connect(self.save_failed)
        self.history.undo_wanted.connect(self._ask_to_undo)
        self.outlet.saved.connect(self._tell_saved)

    @property
    def rows(self) -> int:
        """How many rows wait."""
        return self._desk.import_doubts.count()

    @property
    def newest(self) -> str:
        """The uid of the last import."""
        return self._desk.import_history.all()[0].uid

    def open_doubts(self, intake: str = "") -> None:
        def show(_: object) -> None:
            self.waiting.renew()
            self.shown.emit(self.waiting)

        self._run("比对待定的行", lambda _: self.state.look(intake), show)

    def open_history(self) -> None:
        def show(history: list[PastImport]) -> None:
            self.history.show_history(history)
            self.shown.emit(self.history)

        self._run("读导入记录", lambda _: self._desk.import_history.all(), show)

    def save_failed(self, intake: str = "") -> None:
        """The rows of this import that were not taken, '' for the last one."""
        uid = intake or self.newest
        file = next(past.file for past in self._desk.import_history.all() if past.uid == uid)
        failed = self._desk.failed_rows
        self.outlet.save(KIND, failed.name(file), lambda _, errand: failed.paper(uid, masked=errand.masked))

    def _write(self) -> None:
        def done(result: tuple[Decided, Change]) -> None:
            decided, change = result
            self._changes.tell(change)
            self.waiting.renew()
            self.waiting.tell(decided)
            self.waiting.take_focus()

        def work(_: object) -> tuple[Decided, Change]:
            result = self.state.apply()
            self.state.look()
            return result

        self._run("写入定下的行", work, done)

    def _ask_to_undo(self, past: PastImport) -> None:
        history = self._desk.import_history

        def ask(undoing: Undoing) -> None:
            self.history.ask_about(undoing, partial(self._undo, past.uid))

        self._run("看看撤销会动什么", lambda _: history.preview(past.uid), ask)

    def _undo(self, uid: str) -> None:
        def done(result: tuple[Undoing, list[Change], list[PastImport]]) -> None:
            undone, changes, history = result
            for change in changes:
                self._changes.tell(change)
            self.history.show_history(history)
            self.history.tell(undone)
            self.history.take_focus()

        def work(_: object) -> tuple[Undoing, list[Change], list[PastImport]]:
            return (*self._desk.import_history.undo(uid), self._desk.import_history.all())

        self._run("撤销导入", work, done)

    def _tell_saved(self, saved: Saved) -> None:
        self.says.emit(f"已存成“{saved.path.name}”，改好了再导入。{saved.told}")
