"""Buttons by the weight they have on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QToolButton

Weight = Literal["", "primary", "quiet", "danger", "link"]
ICON = QSize(20, 20)


def push_button(
    text: str,
    act: Callable[[], object] | None = None,
    weight: Weight = "",
    icon: QIcon | None = None,
    keys: str = "",
) -> QPushButton:
    """`keys` is also told in the tooltip."""
    button = QPushButton(text)
    button.setProperty("look", weight)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        button.setIcon(icon)
        button.setIconSize(ICON)
    if keys:
        button.setShortcut(keys)
        button.setToolTip(f"{text}（{keys}）")
    if act:
        button.clicked.connect(lambda: act())
    return button


def tool_button(
    icon: QIcon, hint: str, act: Callable[[], object] | None = None, keys: str = ""
) -> QToolButton:
    """A button that is only a picture; the hint says what it does, to the eye and to screen readers."""
    button = QToolButton()
    button.setIcon(icon)
    button.setIconSize(ICON)
    button.setToolTip(f"{hint}（{keys}）" if keys else hint)
    button.setAccessibleName(hint)
    if keys:
        button.setShortcut(keys)
    if act:
        button.clicked.connect(lambda: act())
    return button
