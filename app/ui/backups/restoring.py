"""A backup in the place of the data while the window stands: the pages are covered, nothing else runs meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.fields.actors import Keys
from app.progress import Progress
from app.services.backups import Backup
from app.services.restores import Restored, Restores
from app.ui.dialogs import ask
from app.ui.login.stage import Sheet, Stage
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks

DOING = "正在核对备份并换上，请不要关机……"


class Restoring(QObject):
    restored = Signal(object)
    """Restored: the data is locked now, and everything in the window is of before."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, stop_work: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._tasks, self._stop_work = window, tasks, stop_work

    def run(self, restores: Restores, backup: Backup, keys: Keys | None) -> None:
        if losses := self._window.losses:
            ask.tell(self._window, "请先保存或放弃没有做完的，再恢复备份。", details="\n".join(losses))
            return
        self._stop_work()
        stage = Stage()
        stage.bring(Sheet("正在恢复", DOING))
        self._window.cover_with(stage)

        def work(report: Progress) -> Restored:
            return restores.restore(backup, keys, report)

        self._tasks.start("正在恢复备份", work, self.restored.emit, self._fail)

    def _fail(self, error: Exception) -> None:
        self._window.uncover()
        if isinstance(error, UserError):
            ask.tell(self._window, str(error), title="没有恢复")
        else:
            self._tasks.failed.emit(error)
