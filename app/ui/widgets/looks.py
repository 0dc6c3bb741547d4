"""How a widget is told which rules of the style sheet are for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget


def set_look(widget: QWidget, **properties: Any) -> None:
    """Sets dynamic properties that the style sheet asks for, also after the widget has been shown."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return  # polishing costs 0.2 ms a widget, and forms ask at every keystroke
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
