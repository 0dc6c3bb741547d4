"""Reading everything that can be searched, off the window's thread."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from app.progress import Progress
from app.services.search_reasons import SearchReasons
from app.ui.tasks import Tasks


class DeepRounds(QObject):
    ready = Signal()
    """Now also families, résumés and remarks are searched."""

    def __init__(self, reasons: SearchReasons, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reasons, self._tasks = reasons, tasks
        self._at_work = False

    def look(self) -> None:
        """Makes it when it is not there; what changes meanwhile is read again one by one."""
        if not self._reasons.is_ready and not self._at_work:
            self._at_work = True
            self._tasks.start("准备查找", self._make, self._finish, self._fail)

    def look_again(self, uids: Collection[str], *, seen: bool) -> None:
        self._reasons.renew(uids)
        if seen:
            self.look()

    def _make(self, _report: Progress) -> None:
        self._reasons.make()

    def _finish(self, _nothing: None) -> None:
        self._at_work = False
        self.ready.emit()

    def _fail(self, error: Exception) -> None:
        self._at_work = False
        self._tasks.failed.emit(error)
