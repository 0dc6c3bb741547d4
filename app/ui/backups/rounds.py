"""Backups that nobody has to think of: after half an hour of work, and onto a stick as soon as it is plugged in."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import LockedError, UserError
from app.services.backups import AFTERWARDS, IN_WORK, Backup, Backups, Drive
from app.services.changes import Change
from app.services.stick_backups import Stick, StickBackups
from app.ui.changes import Changes
from app.ui.tasks import Tasks

HALF_AN_HOUR, A_MINUTE, TEN_SECONDS = 30 * 60_000, 60_000, 10_000
"""Milliseconds."""

Plugged = tuple[Stick, Drive]


class BackupRounds(QObject):
    made = Signal()
    """There is another backup, here or on a stick."""
    says = Signal(str)
    failed = Signal(str)
    """Why one was not made, as a sentence; the work goes on."""

    def __init__(
        self,
        backups: Backups,
        sticks: StickBackups,
        changes: Changes,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._backups, self._sticks, self._tasks = backups, sticks, tasks
        self._looking = self._copying = False
        self._refused: set[tuple[str, str]] = set()
        """(stick, backup) that did not go: not tried again until one of them is another."""
        self.work = QTimer(self)
        self.work.setSingleShot(True)
        self.work.setInterval(HALF_AN_HOUR)
        self.work.timeout.connect(lambda: self._make(IN_WORK))
        self.start = QTimer(self)
        self.start.setSingleShot(True)
        self.start.setInterval(A_MINUTE)
        self.start.timeout.connect(lambda: self._make(AFTERWARDS))
        self.look = QTimer(self)
        self.look.setInterval(TEN_SECONDS)
        self.look.timeout.connect(self.look_for_sticks)
        changes.changed.connect(self._begin_to_work)

    def begin(self) -> None:
        """What was left without a backup, because the computer went off, gets one soon."""
        self.start.start()
        self.look.start()

    def stop(self) -> None:
        self.start.stop()
        self.work.stop()
        self.look.stop()

    def look_for_sticks(self) -> None:
        """Off the window's thread: a drive that is waking up answers after seconds."""
        if self._looking or self._copying:
            return
        self._looking = True
        self._tasks.start(
            "看备份 U 盘",
            lambda _: self._sticks.lacking(),
            self._copy_to,
            self._fail,
            ended=self._end_looking,
            matters=False,
            quiet=True,
        )

    def _begin_to_work(self, _change: Change) -> None:
        if not self.work.isActive():
            self.work.start()

    def _make(self, why: str) -> None:
        self._tasks.start(
            "正在备份",
            lambda report: self._backups.make_if_due(why, report),
            self._tell_made,
            self._fail,
            matters=False,
        )

    def _tell_made(self, made: Backup | None) -> None:
        if made:
            self.made.emit()

    def _copy_to(self, lacking: list[Plugged]) -> None:
        newest = self._backups.newest
        name = newest.name if newest else ""
        waiting = [each for each in lacking if (each[0].id, name) not in self._refused]
        if waiting:
            self._copy(*waiting[0], name)

    def _copy(self, stick: Stick, drive: Drive, name: str) -> None:
        self._copying = True
        self.says.emit(f"正在把备份拷到 U 盘“{drive.label}”，请先别拔")

        def done(_made: Backup) -> None:
            self.says.emit(f"备份已拷到 U 盘“{drive.label}”并核对过，安全弹出后可以拔下")
            self.made.emit()

        def failed(error: Exception) -> None:
            self._refused.add((stick.id, name))
            self._fail(error)

        self._tasks.start(
            "正在拷到备份 U 盘",
            lambda report: self._sticks.copy(stick, drive, report),
            done,
            failed,
            ended=self._end_copying,
            matters=False,
        )

    def _end_looking(self) -> None:
        self._looking = False

    def _end_copying(self) -> None:
        self._copying = False

    def _fail(self, error: Exception) -> None:
        if isinstance(error, LockedError):  # nobody is there; it is done when somebody is
            return
        if isinstance(error, UserError):
            self.failed.emit(str(error))
        else:
            self._tasks.failed.emit(error)
