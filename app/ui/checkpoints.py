"""Two seconds after the last change the data file is whole by itself: a copy made by hand misses nothing then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.errors import LockedError
from app.services.changes import Change
from app.ui.changes import Changes
from app.ui.tasks import Tasks

QUIET = 2_000
"""Milliseconds without a change (reliability.md §4.2)."""


class Checkpoints(QObject):
    """`checkpoint` is called off the window's thread."""

    def __init__(
        self, checkpoint: Callable[[], object], changes: Changes, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._checkpoint, self._tasks = checkpoint, tasks
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(QUIET)
        self.timer.timeout.connect(self._run)
        changes.changed.connect(self._wait)

    def stop(self) -> None:
        self.timer.stop()

    def _wait(self, _change: Change) -> None:
        self.timer.start()

    def _run(self) -> None:
        self._tasks.start(
            "整理数据文件", lambda _: self._checkpoint(), failed=self._fail, matters=False, quiet=True
        )

    def _fail(self, error: Exception) -> None:
        """Locking has done the same."""
        if not isinstance(error, LockedError):
            self._tasks.failed.emit(error)
