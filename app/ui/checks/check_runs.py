"""The check off the window's thread: of everybody at first, then of what was changed since."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.progress import Progress
from app.services.changes import Change
from app.services.data_check import CheckResult, DataCheck
from app.ui.tasks import Task, Tasks

WITHOUT_WEIGHT = frozenset({"draft", "delivery", "intake", "user", "note"})
"""Kinds of Change that no rule looks at."""


class CheckRuns(QObject):
    """One run at a time; what changes meanwhile is looked at in the next."""

    begun = Signal()
    done = Signal(object)
    """Carries the CheckResult."""
    ended = Signal()
    """Whatever the outcome."""

    def __init__(
        self,
        check: DataCheck,
        tasks: Tasks,
        parent: QObject,
        prepare: Callable[[CheckResult], object] = lambda _: None,
    ) -> None:
        """`prepare` is called with each result before `done`, off the window's thread too."""
        super().__init__(parent)
        self._prepare = prepare
        self._check, self._tasks = check, tasks
        self.result: CheckResult | None = None
        self._task: Task | None = None
        self._changed: set[str] = set()
        self._is_stale = self._of_everybody = True
        self._came_through = False

    def hear(self, change: Change) -> None:
        """Remembers what to look at again; `look` does it."""
        if change.kind not in WITHOUT_WEIGHT:
            self._is_stale = True
            self._changed |= change.uids if change.kind == "cadre" else set()
            if change.kind == "cadre" and not change.uids:
                self.forget()

    def forget(self) -> None:
        """The next look is at everybody."""
        self._of_everybody = self._is_stale = True

    def look(self) -> None:
        if self._task or not self._is_stale:
            return
        before, changed = None if self._of_everybody else self.result, frozenset(self._changed)
        self._is_stale = self._of_everybody = self._came_through = False
        self._changed = set()

        def work(report: Progress) -> CheckResult:
            result = self._check.renew(before, changed, report) if before else self._check.run(report)
            self._prepare(result)
            return result

        self.begun.emit()
        self._task = self._tasks.start(
            "数据体检",
            work,
            self._take,
            self._fail,
            cancelled=self.forget,
            ended=self._end,
            matters=False,
            quiet=before is not None,
        )

    def _take(self, result: CheckResult) -> None:
        self.result, self._came_through = result, True
        self.done.emit(result)

    def _fail(self, error: Exception) -> None:
        self.forget()
        self._tasks.failed.emit(error)

    def _end(self) -> None:
        """What was changed meanwhile has its turn now."""
        self._task = None
        self.ended.emit()
        if self._came_through:
            self.look()
