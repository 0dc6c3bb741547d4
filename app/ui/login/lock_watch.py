"""Says when to lock: nobody at the desk, the computer asleep, its screen locked, its clock changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from app import clock
from app.ui.login.away import Idle, Jump
from app.ui.login.system_watch import SystemWatch

LOOK = 5_000
"""Milliseconds between two looks at the clocks."""
SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}


def _asks_to_lock(event: QEvent) -> bool:
    """Ctrl+L also where a dialog is open, which keeps the window's own shortcuts asleep."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )


class LockWatch(QObject):
    """`due` carries the reason; it goes on saying so until somebody calls `rest`."""

    due = Signal(str)

    def __init__(self, at_work: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_work = at_work
        self._steady = QElapsedTimer()
        self._steady.start()
        self.idle = Idle(None, self._seconds())
        self._jump = Jump(clock.now(), self._seconds())
        self._system = SystemWatch(self)
        self._system.left.connect(self._leave)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK)
        self._clock.timeout.connect(self.look)
        # One filter on the application would bring every event of every widget through Python.
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._follow)
        self._follow(application.focusWindow())

    def begin(self, minutes: int | None, window: QWindow | None) -> None:
        """From now on; `window` is the main one."""
        self.idle.set_minutes(minutes)
        self._system.begin(window)
        self.wake()

    def wake(self) -> None:
        """Somebody has come back."""
        self.idle.moved(self._seconds())
        self._jump = Jump(clock.now(), self._seconds())
        self._clock.start()

    def rest(self) -> None:
        """It is locked: there is nothing more to say."""
        self._clock.stop()

    def end(self) -> None:
        self.rest()
        self._system.end()

    def look(self) -> None:
        at = self._seconds()
        if self._jump.seen(clock.now(), at):
            self.due.emit("sleep")
        elif self.idle.due(at, at_work=self._at_work()):
            self.due.emit("idle")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS_OF_LIFE:
            self.idle.moved(self._seconds())
        if _asks_to_lock(event):
            self._leave("wanted")
            return True
        return False

    def _leave(self, why: str) -> None:
        if self._clock.isActive():
            self.due.emit(why)

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _seconds(self) -> float:
        return self._steady.elapsed() / 1000
