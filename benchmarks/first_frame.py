"""Run in a fresh process: opens a window, says 'painted' after its first frame, 'asked' when it waits for the
password, which is typed then, and last how much memory it took.

`python -m benchmarks.first_frame` opens a bare window, with a data folder after it the program as users start it,
and with `keyed` or `plain` behind that the same window straight on the data, without a password.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

AGAIN = 10
"""Milliseconds between two looks whether the figures of the first page have come."""


def main(folder: str = "", straight: str = "") -> int:
    if straight:
        return _straight(Path(folder), keyed=straight == "keyed")
    return _program(folder) if folder else _bare()


def _bare() -> int:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    _tell_when_painted(QMainWindow, lambda _window: True, lambda _window: True)
    window = QMainWindow()
    window.resize(1280, 700)
    window.show()
    return application.exec()


def _program(folder: str) -> int:
    from app import bootstrap
    from app.ui.main_window import MainWindow

    _tell_when_painted(MainWindow, _enter, _has_figures)
    return bootstrap.run(["--data", folder])


def _straight(folder: Path, *, keyed: bool) -> int:
    from app.ui.main_window import MainWindow
    from app.ui.program import Program
    from app.ui.start import FirstPaint, application
    from benchmarks.filled_database import open_filled

    _tell_when_painted(MainWindow, lambda _window: True, _has_figures)
    made = application()
    program = Program(folder, made)
    program.window.show()
    FirstPaint(program.window, lambda: program.begin(open_filled(folder, keyed=keyed)))
    return made.exec()


def _has_figures(window: Any) -> object:
    return window.key and window.page("today").day


def _enter(window: Any) -> bool:
    """Types the password as soon as it is asked for."""
    from app.ui.login.login_sheet import LoginSheet
    from benchmarks.filled_database import PASSWORD

    sheet = window.findChild(LoginSheet)
    if sheet is None:
        return False
    sheet.password.setText(PASSWORD)
    sheet.try_it()
    return True


def _tell_when_painted(
    window: Any, is_asked: Callable[[Any], object], is_full: Callable[[Any], object]
) -> None:
    from PySide6.QtCore import QTimer

    told: list[str] = []

    def paint(shown: Any, _event: object) -> None:
        if not told:
            told.append("painted")
            QTimer.singleShot(0, lambda: tell(shown))

    def tell(shown: Any) -> None:
        _say(told[0])
        ask(shown)

    def ask(shown: Any) -> None:
        if is_asked(shown):
            _say("asked")
            wait(shown)
        else:
            QTimer.singleShot(AGAIN, lambda: ask(shown))

    def wait(shown: Any) -> None:
        if is_full(shown):
            _say(f"{_peak():.1f}")
            os._exit(0)
        QTimer.singleShot(AGAIN, lambda: wait(shown))

    window.paintEvent = paint


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _peak() -> float:
    """The most memory so far, in MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
