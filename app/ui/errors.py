"""Where errors end: one dialog in Chinese, one log file in the data folder."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app import clock
from app.errors import DamagedError, LockedError, UserError
from app.fields.masking import covered, scrubbed, without_names
from app.ui import icons

LOG_NAME = "程序记录.log"
SIGN = 36
WAY_OUT = "从备份恢复：打开“设置”，选“备份与恢复”，选最近的一份。"
LOG_LIMIT = 1_000_000
"""Bytes; then the log starts anew and the former one is kept as .1."""


class Errors(QObject):
    """Shows and writes down what nobody could put right. A UserError is shown as it is and not logged."""

    raised = Signal(object)
    """From any thread; shown on the window's."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._log = folder / LOG_NAME
        self._parent = parent
        self._open: QMessageBox | None = None
        self.raised.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def catch_all(self) -> None:
        """From now on every exception that reaches the event loop ends here."""
        sys.excepthook = self._hook

    def show(self, error: BaseException) -> QMessageBox | None:
        if isinstance(error, LockedError):
            return None  # a page asked too late; the cover over it says why
        if isinstance(error, UserError):
            return self._say(covered(str(error)), WAY_OUT if isinstance(error, DamagedError) else "")
        return self._confess(error)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.raised.emit(error)

    def _say(self, sentence: str, details: str = "") -> QMessageBox:
        box = self._box(("warning", "dusk"), sentence)
        box.setInformativeText(details)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        return self._opened(box)

    def _confess(self, error: BaseException) -> QMessageBox:
        details = _details(error)
        _append(self._log, details)
        if self._open is not None:  # a fault that repeats must not bury the screen in dialogs
            return self._open
        box = self._box(("error", "seal"), "程序出了差错")
        box.setInformativeText(
            f"刚才这一步没有做成，已保存的内容不受影响。\n请把详情发给维护的人；记录在 {self._log}"
        )
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        copy = box.addButton("复制详情", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # copying does not close the dialog
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        self._open = box
        box.destroyed.connect(self._forget)
        return self._opened(box)

    def _forget(self) -> None:
        self._open = None

    def _box(self, sign: tuple[str, str], sentence: str) -> QMessageBox:
        parent = QApplication.activeWindow() or self._parent
        nothing = QMessageBox.StandardButton.NoButton
        box = QMessageBox(QMessageBox.Icon.NoIcon, "桑榆", sentence, nothing, parent)
        box.setIconPixmap(icons.pixmap(sign[0], SIGN, sign[1], parent.devicePixelRatioF() if parent else 1.0))
        return box

    def _opened(self, box: QMessageBox) -> QMessageBox:
        box.finished.connect(box.deleteLater)
        box.open()
        return box


def _details(error: BaseException) -> str:
    """Without anybody's numbers: the log is sent to whoever maintains the program."""
    when = clock.now().isoformat(" ")
    trace = scrubbed("\n".join(_chain(error)))
    return f"{when}  Python {platform.python_version()}  {platform.platform()}\n{trace}"


def _chain(error: BaseException) -> Iterator[str]:
    """Each error after the one that led to it: where, whole; and what it said, which may name people, without names."""
    if (before := error.__cause__ or (None if error.__suppress_context__ else error.__context__)) is not None:
        yield from _chain(before)
    told = traceback.TracebackException.from_exception(error)
    yield "".join(told.stack.format()) + without_names("".join(told.format_exception_only()))


def _append(log: Path, text: str) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    with log.open("a", encoding="utf-8") as file:
        file.write(text + "\n")
