"""What the desktop says over its bus is heard; a bus of the test's own, so that nobody's screen is meant."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = """
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
application = QCoreApplication([])
bus = QDBusConnection.sessionBus()
bus.registerService("org.freedesktop.ScreenSaver")
for on in (False, True):
    told = QDBusMessage.createSignal("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
    told.setArguments([on])
    bus.send(told)
QTimer.singleShot(5000, application.quit)
application.exec()
"""
LISTENER = f"""
import subprocess, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from app.ui.login.system_watch import SystemWatch
application = QGuiApplication([])
watch = SystemWatch()
watch.left.connect(lambda why: (print(why, flush=True), application.quit()))
watch.begin(None)
desktop = subprocess.Popen([sys.executable, "-c", {DESKTOP!r}])
QTimer.singleShot(20000, application.quit)
application.exec()
desktop.kill()
desktop.wait()
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("dbus-run-session"), reason="there is no desktop bus here"
)
def test_the_screen_being_locked_is_heard() -> None:
    said = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", LISTENER],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert said.stdout.split() == ["screen"], said.stderr
