"""Between a page and the log: whoever wants a whole number asks here, and is told why not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.services.reveals import Reveals
from app.ui.dialogs import ask
from app.ui.tables.record_view import RecordTable

KEPT_FOR = 10_000
"""Milliseconds that a number stays in the clipboard."""
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
MARKS = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\1\0\0\0",
    _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
    _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    "x-kde-passwordManagerHint": b"secret",
}
"""By these a clipboard's history and its copy in the cloud leave a content out."""


class WholeNumbers(QObject):
    """One for a page."""

    said = Signal(str)

    def __init__(self, reveals: Reveals, page: QWidget, kept_for: int = KEPT_FOR) -> None:
        super().__init__(page)
        self._reveals, self._page = reveals, page
        self._copied = ""
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(kept_for)
        self._clock.timeout.connect(self.clear)
        if application := QGuiApplication.instance():
            application.aboutToQuit.connect(self.clear)

    def serve(self, table: RecordTable, name_of: Callable[[str], str]) -> None:
        """From now on answers what this table asks; `name_of` is the person of a row's uid."""

        def label(field: str) -> str:
            return table.records.fields[table.records.column_of(field)].label

        table.show_wanted.connect(
            lambda uid, field: self.show(name_of(uid), label(field), lambda: table.reveal(uid, field))
        )
        table.copy_wanted.connect(
            lambda uid, field: self.copy(name_of(uid), label(field), table.records.number(uid, field))
        )

    def show(self, person: str, label: str, then: Callable[[], object]) -> None:
        """`then` shows it, once the asking stands in the log."""
        try:
            self._reveals.shown(person, label)
        except UserError as error:
            ask.tell(self._page, str(error))
        else:
            then()

    def copy(self, person: str, label: str, number: str) -> None:
        try:
            self._reveals.copied(person, label)
        except UserError as error:
            ask.tell(self._page, str(error))
        else:
            self._put(number)
            self.said.emit(f"{label}已复制，{self._clock.interval() // 1000} 秒后从剪贴板清除")

    def clear(self) -> None:
        """Unless something else was copied meanwhile."""
        clipboard = QGuiApplication.clipboard()
        if self._copied and clipboard.text() == self._copied:
            clipboard.clear()
        self._copied = ""

    def _put(self, number: str) -> None:
        content = QMimeData()
        content.setText(number)
        for name, mark in MARKS.items():
            content.setData(name, mark)
        QGuiApplication.clipboard().setMimeData(content)
        self._copied = number
        self._clock.start()
