"""The theme in use, put on the application: palette, font, style sheet. Can be applied again while running."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from app.ui import tokens
from app.ui.tokens import Shade, Size, Theme

Mode = Literal["light", "dark", "system"]
MIDDLE = 14
"""Pixels of text at the middle size (`resources/theme/tokens.toml`)."""

PALETTE = {
    QPalette.ColorRole.Window: "paper",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "sheet",
    QPalette.ColorRole.AlternateBase: "paper",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "quiet",
    QPalette.ColorRole.Button: "sheet",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "seal",
    QPalette.ColorRole.Light: "sheet",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
    QPalette.ColorRole.Highlight: "leaf_tint",
    QPalette.ColorRole.HighlightedText: "ink",
    QPalette.ColorRole.Accent: "leaf",
    QPalette.ColorRole.Link: "leaf",
    QPalette.ColorRole.LinkVisited: "leaf",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "sheet",
}
"""Widgets that paint themselves take their colours from here, so that they need not know the tokens."""

SCHEMES: dict[Mode, Qt.ColorScheme] = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


class _InUse:
    """One process has one application, so one theme."""

    theme: Theme | None = None


def apply(application: QApplication, mode: Mode = "system", size: Size = "中") -> Theme:
    """Puts the theme on everything, open windows included."""
    application.styleHints().setColorScheme(SCHEMES[mode])
    theme = tokens.read_theme(_shade(application, mode), size)
    _InUse.theme = theme
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(_palette(theme))
    application.setFont(_font(theme))
    application.setStyleSheet(theme.style_sheet)
    return theme


def current() -> Theme:
    if _InUse.theme is None:
        _InUse.theme = tokens.read_theme()
    return _InUse.theme


def colour(token: str) -> QColor:
    return QColor(current().colours[token])


def size(token: str) -> int:
    return current().sizes[token]


def scaled(pixels: int) -> int:
    """What holds so many pixels of text at the middle size holds at the size that is chosen."""
    return round(pixels * size("text") / MIDDLE)


def _shade(application: QApplication, mode: Mode) -> Shade:
    return shade_of(application.styleHints().colorScheme()) if mode == "system" else mode


def shade_of(scheme: Qt.ColorScheme) -> Shade:
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in PALETTE.items():
        palette.setColor(role, QColor(theme.colours[token]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.colours["quiet"]))
    return palette


def _font(theme: Theme) -> QFont:
    font = QFont(list(theme.families))
    font.setPixelSize(theme.sizes["text"])
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
