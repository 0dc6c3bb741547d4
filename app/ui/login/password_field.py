"""Where a password is typed: covered, to be looked at on demand, with a word when Caps Lock is on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.icons import icon
from app.ui.login.caps_lock import caps_lock_on

SHOW, HIDE = "看一看输入的口令", "遮住口令"
LONGEST = 200


class PasswordField(QLineEdit):
    """Chinese cannot be typed into a covered field: the words of a phrase are typed as pinyin, or in sight."""

    caps_lock_seen = Signal(bool)
    """When it has changed."""

    def __init__(self, name: str = "口令", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)
        self.caps_lock = False
        self._eye = QAction(self)
        self._eye.triggered.connect(lambda: self.show_typed(on=self.is_covered))
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.show_typed(on=False)

    @property
    def is_covered(self) -> bool:
        return self.echoMode() == QLineEdit.EchoMode.Password

    def show_typed(self, *, on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye_off" if on else "eye", "quiet"))
        self._eye.setToolTip(HIDE if on else SHOW)

    def forget(self) -> None:
        """Empty and covered; what was typed cannot be brought back by 撤销."""
        self.show_typed(on=False)
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        seen = caps_lock_on(event.text(), shift=shift, before=self._after_key(event))
        if seen != self.caps_lock:
            self.caps_lock = seen
            self.caps_lock_seen.emit(seen)
        super().keyPressEvent(event)

    def _after_key(self, event: QKeyEvent) -> bool:
        return self.caps_lock != (event.key() == Qt.Key.Key_CapsLock and not event.isAutoRepeat())
