"""Work done off the window's thread, so that the window never stands still."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.progress import Progress

Work = Callable[[Progress], Any]
"""Its progress raises CancelledError once the user has stopped the work."""


class CancelledError(Exception):
    """The user has stopped the work; leaves `work` through its own clean-up."""


class Task(QObject):
    """One piece of work. Its signals arrive on the thread that made it."""

    progressed = Signal(int, int, str)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal(object)
    """The task itself, last of all, whatever the outcome."""

    def __init__(self, title: str, work: Work, *, matters: bool = True) -> None:
        super().__init__()
        self.title = title
        self.matters = matters
        self._work = work
        self._stop = Event()

    def stop(self) -> None:
        """Asks the work to end at its next report."""
        self._stop.set()

    def run(self) -> None:
        try:
            self.done.emit(self._work(self._report))
        except CancelledError:
            self.cancelled.emit()
        except Exception as error:  # noqa: BLE001 - handed to the window's thread, which shows and logs it
            self.failed.emit(error)
        finally:
            self.ended.emit(self)

    def _report(self, done: int, total: int, what: str) -> None:
        if self._stop.is_set():
            raise CancelledError
        self.progressed.emit(done, total, what)


class Tasks(QObject):
    """Owns every running task; the main window waits for it before it closes."""

    started = Signal(object)
    failed = Signal(object)
    """An error nobody else listens for; `ui.errors` shows it."""
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._running: list[Task] = []

    def start(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        progressed: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], object] | None = None,
        ended: Callable[[], object] | None = None,
        matters: bool = True,
        quiet: bool = False,
    ) -> Task:
        """Runs `work(report)` in the background; `done`, `failed`, … are called on the window's thread.

        They are given here: work may have come to its end before its task is returned, and what is connected to
        that afterwards hears nothing.

        Closing the window asks before it stops what matters; the rest it just stops. What is quiet is not shown.
        """
        task = Task(title, work, matters=matters)
        if done:
            task.done.connect(done)
        if progressed:
            task.progressed.connect(progressed)
        task.failed.connect(failed or self.failed.emit)
        task.ended.connect(self._end)
        for signal, heard in ((task.cancelled, cancelled), (task.ended, ended)):
            if heard:
                signal.connect(heard)
        self._running.append(task)
        if not quiet:
            self.started.emit(task)
        self._pool.start(
            task.run
        )  # a QRunnable would leave its Python shell at an address that is used again
        return task

    @property
    def running(self) -> list[Task]:
        return list(self._running)

    def stop_all(self) -> None:
        for task in self._running:
            task.stop()

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Until everything has ended; False when something still runs after that time."""
        return self._pool.waitForDone(milliseconds)

    def _end(self, task: Task) -> None:
        self._running.remove(task)
        if not self._running:
            self.idle.emit()
