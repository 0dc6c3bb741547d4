"""Hears that the system goes to sleep or locks its screen."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from app.ui.login.system_messages import reason_to_lock

LOGIND = "org.freedesktop.login1"
SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.ukui.ScreenSaver")
THIS_SESSION = 0


class SystemWatch(QObject):
    """Silent where the system does not say: the clock's jump is noticed elsewhere."""

    left = Signal(str)
    """Why: 'sleep' or 'screen'."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter: _WindowsMessages | None = None

    def begin(self, window: QWindow | None) -> None:
        """`window` is the one to which Windows speaks."""
        if sys.platform == "win32" and window is not None:
            self._filter = _WindowsMessages(self)
            self._filter.follow(int(window.winId()))
        elif sys.platform == "linux":
            self._listen()

    def end(self) -> None:
        if self._filter:
            QGuiApplication.instance().removeNativeEventFilter(self._filter)  # type: ignore[union-attr]
            self._filter = None

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        if begins:
            self.left.emit("sleep")

    @Slot(bool)
    def on_saver(self, active: bool) -> None:
        if active:
            self.left.emit("screen")

    @Slot()
    def on_screen(self) -> None:
        self.left.emit("screen")

    def _listen(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # left out by whoever packed the program for a system without it
            return
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        self._hear(system, LOGIND, f"{LOGIND}.Manager", "PrepareForSleep", "on_sleep(bool)")
        self._hear(system, LOGIND, f"{LOGIND}.Session", "Lock", "on_screen()")
        for saver in SAVERS:
            self._hear(session, saver, saver, "ActiveChanged", "on_saver(bool)")

    def _hear(self, bus: Any, service: str, interface: str, name: str, slot: str) -> None:
        """Of any path: a session's own is not known beforehand."""
        if bus.isConnected():
            bus.connect(service, "", interface, name, self, SLOT(slot))


class _WindowsMessages(QAbstractNativeEventFilter):
    def __init__(self, watch: SystemWatch) -> None:
        super().__init__()
        self._watch = watch

    def follow(self, window: int) -> None:
        """Windows tells of locked screens only who has asked for it."""
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, THIS_SESSION)
            QGuiApplication.instance().installNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        from ctypes import wintypes

        told = wintypes.MSG.from_address(int(message))
        if reason := reason_to_lock(told.message, told.wParam):
            self._watch.left.emit(reason)
        return False, 0
