"""One window for one data folder: a second start brings the first one to the front."""

from __future__ import annotations

import ctypes
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QSysInfo, Signal

from app.paths import DATA_FILE

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

LOCK_FILE = f"{DATA_FILE}.lock"
HEARD = b"here"
PATIENCE = 2_000
"""Milliseconds for the other window to answer."""


@dataclass(frozen=True)
class Holder:
    """Who has the data open, as the lock file says."""

    process: int
    computer: str

    @property
    def is_elsewhere(self) -> bool:
        return bool(self.computer) and self.computer != QSysInfo.machineHostName()

    @property
    def sentence(self) -> str:
        if self.is_elsewhere:
            return (
                f"这份数据正在另一台电脑“{self.computer}”上开着，两边一起改会改乱。"
                "请先在那台电脑上退出桑榆；那台电脑已经关机的，点“那边已经关了”。"
            )
        return "桑榆已经开着了，可是它没有答应。请看看任务栏；找不到的话，注销或重启电脑再打开。"


class SingleInstance(QObject):
    """Holds the folder from `take` until `let_go`; the system lets go when the process is killed."""

    raise_wanted = Signal()
    """Somebody has started the program once more."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / LOCK_FILE))
        self._lock.setStaleLockTime(0)  # an open window is not stale however long it stands open
        self._name = f"sangyu-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]}"
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """False when another window has the folder. Where no lock can be written, the database itself will say so."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    @property
    def holder(self) -> Holder:
        process, computer, _ = self._lock.getLockInfo()
        return Holder(process, computer)

    def call(self) -> bool:
        """Asks the other window to come to the front; False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket  # 10 ms that only a second start needs here

        _allow_to_come_forward(self.holder.process)
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE):
            return False
        return socket.waitForReadyRead(PATIENCE) and socket.readAll() == HEARD

    def take_over(self) -> bool:
        """The user says that the other computer is off."""
        return self._lock.removeStaleLockFile() and self.take()

    def let_go(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def listen(self) -> None:
        """To the next start, once the window is seen: it takes 10 ms to load."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)  # the one whose process was killed left its name behind
        server.newConnection.connect(self._answer)
        server.listen(self._name)
        self._server = server

    def _answer(self) -> None:
        """Whoever calls wants one thing only, so nothing needs to be said."""
        if self._server is None:
            return
        caller = self._server.nextPendingConnection()
        caller.disconnected.connect(caller.deleteLater)
        caller.write(HEARD)
        caller.flush()
        caller.disconnectFromServer()
        self.raise_wanted.emit()


def _allow_to_come_forward(process: int) -> None:
    """Windows lets a program take the front only when the one that has it agrees."""
    if sys.platform == "win32":
        ctypes.windll.user32.AllowSetForegroundWindow(process)
