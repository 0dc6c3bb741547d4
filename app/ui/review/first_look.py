"""What a review needs to know of everybody, looked through in the background before the first file is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.services.changes import Change
from app.services.reviews import Reviews
from app.ui.tasks import Task, Tasks

MANY = 50
"""Changed files that are looked through in the background again."""


class FirstLook(QObject):
    ready = Signal()

    def __init__(self, reviews: Reviews, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._reviews, self._tasks = reviews, tasks
        self._task: Task | None = None
        self._is_ready = False

    def hear(self, change: Change) -> None:
        """Nobody is named after an import: it may be everybody."""
        if not 0 < len(change.uids) <= MANY:
            self._is_ready = False

    def is_taken(self) -> bool:
        """Whether files can be shown at once; else the look is taken now, and `ready` tells of it."""
        if self._task is None and not self._is_ready:
            self._task = self._tasks.start(
                "看要审核的档案",
                lambda _report: self._reviews.prepare(),
                self._take,
                ended=self._end,
                matters=False,
                quiet=True,
            )
        return self._is_ready

    def _take(self, _nothing: None) -> None:
        self._is_ready = True

    def _end(self) -> None:
        self._task = None
        if self._is_ready:
            self.ready.emit()
