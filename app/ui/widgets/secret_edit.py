"""A line for a number of which only the last four are seen until somebody asks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QLineEdit, QMenu, QToolTip, QWidget

from app.ui.widgets.line_editor import LineEditor

SHOWN_FOR = 30_000
"""Milliseconds that a whole number stands on the screen after it was asked for, or after the last key."""
EYE_WIDTH = 28
KEYS = "Alt+V"
SHOW, HIDE, COPY = "显示完整号码", "收起号码", "复制完整号码"
ABOUT = f"只显示末四位。{KEYS} 显示完整号码，Ctrl+C 复制；都会记入日志。"
ASK = f"{KEYS} 或右键菜单可以显示完整号码"
"""Beside a covered number in a list."""
FIRST_SHOW = f"要改号码，请先按 {KEYS} 显示出来。"


class SecretEdit(LineEditor):
    """Asks before it shows or copies: whoever answers calls `reveal`. An empty one is typed into as any other.

    What was typed just now stays in sight for as long as what was asked for.
    """

    show_wanted = Signal()
    copy_wanted = Signal()

    def __init__(
        self,
        mask: Callable[[str], str],
        eye: Callable[[bool], QIcon],
        explain: Callable[[str], str] | None = None,
        shown_for: int = SHOWN_FOR,
        parent: QWidget | None = None,
    ) -> None:
        """`eye` is the sign of the button, for a number that is shown and for one that is covered."""
        super().__init__(explain, parent)
        self.setProperty("look", "secret")
        self._mask, self._sign = mask, eye
        self._number = ""
        self._open = False
        self.clock = QTimer(self)
        self.clock.setSingleShot(True)
        self.clock.setInterval(shown_for)
        self.clock.timeout.connect(self.cover)
        self._eye = QAction(self)
        self._eye.triggered.connect(self._turn)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._renew()

    @property
    def number(self) -> str:
        """The whole of it, whatever can be seen."""
        return self._number

    @property
    def is_covered(self) -> bool:
        return bool(self._number) and not self._open

    @property
    def taken_at_the_end(self) -> int:
        return EYE_WIDTH if self._eye.isVisible() else 0

    def show_text(self, text: str) -> None:
        """Another number is covered; the same one stays as it is, also when it was only tidied."""
        if _plain(text) != _plain(self._number):
            self._open = False
        if text != self._number:
            self._number = text
            self._renew()

    def reveal(self) -> None:
        """After it was allowed."""
        self._open = True
        self._renew()
        self.clock.start()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def cover(self) -> None:
        if self._open:
            self._open = False
            self._forget_marked()
            self._renew()

    def menu(self) -> QMenu:
        """Qt's own would copy without asking."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._number:
            menu.addAction(HIDE if self._open else SHOW, self._turn)
            menu.addAction(COPY, self.copy_wanted.emit)
        if not self.isReadOnly():
            menu.addAction("粘贴", self.paste)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            if self._number:
                self.copy_wanted.emit()
            return
        if asks_for_number(event):
            self._turn()
            return
        if self.is_covered and _would_change(event):
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), FIRST_SHOW, self)
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cover()

    def _take(self, text: str) -> None:
        self._number, self._open = text, True
        self._show_eye()
        self.clock.start()
        super()._take(text)

    def _turn(self) -> None:
        if self._open:
            self.cover()
        elif self._number:
            self.show_wanted.emit()

    def _renew(self) -> None:
        if not self._open:
            self.clock.stop()
        self.setReadOnly(self.is_covered)
        self.setText(self._mask(self._number) if self.is_covered else self._number)
        self.setCursorPosition(0)
        self._show_eye()

    def _show_eye(self) -> None:
        self._eye.setVisible(bool(self._number))
        self._eye.setIcon(self._sign(self._open))
        self._eye.setText(HIDE if self._open else SHOW)
        self._eye.setToolTip(f"{HIDE if self._open else SHOW}（{KEYS}）")
        self.setAccessibleDescription(ABOUT if self.is_covered else "")

    def _forget_marked(self) -> None:
        """Where marking with the mouse is copying, as on Linux, the marked number must not stay behind."""
        clipboard, marked = QGuiApplication.clipboard(), QClipboard.Mode.Selection
        if clipboard.supportsSelection() and clipboard.ownsSelection() and self.hasSelectedText():
            clipboard.clear(marked)


def asks_for_number(event: QKeyEvent) -> bool:
    """The one key for it, wherever the number stands."""
    return event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.AltModifier


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()


def _would_change(event: QKeyEvent) -> bool:
    pastes = event.matches(QKeySequence.StandardKey.Paste)
    erases = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
    return pastes or erases or bool(event.text() and event.text().isprintable())
