"""The look the user has chosen: light or dark, and how large; kept with the other window settings."""

from __future__ import annotations

from typing import cast, get_args

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from app.ui import theme
from app.ui.theme import Mode
from app.ui.tokens import Size

MODE_KEY, SIZE_KEY = "look/mode", "look/size"
MODES: dict[Mode, str] = {"light": "浅色", "dark": "深色", "system": "跟随系统"}
SIZES: dict[Size, str] = {"小": "小", "中": "中", "大": "大"}


class Look(QObject):
    changed = Signal()

    def __init__(self, application: QApplication, settings: QSettings) -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings
        application.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def mode(self) -> Mode:
        kept = self._settings.value(MODE_KEY)
        return cast(Mode, kept) if kept in MODES else "system"

    @property
    def size(self) -> Size:
        kept = self._settings.value(SIZE_KEY)
        return cast(Size, kept) if kept in get_args(Size) else "中"

    def choose(self, *, mode: Mode | None = None, size: Size | None = None) -> None:
        """Keeps the choice and puts it on at once."""
        if mode:
            self._settings.setValue(MODE_KEY, mode)
        if size:
            self._settings.setValue(SIZE_KEY, size)
        self.apply()

    def apply(self) -> None:
        theme.apply(self._application, self.mode, self.size)
        self.changed.emit()

    def _follow(self) -> None:
        """The system has gone dark or light; when that was us, there is nothing to do."""
        hints = self._application.styleHints()
        if self.mode == "system" and theme.current().shade != theme.shade_of(hints.colorScheme()):
            self.apply()
