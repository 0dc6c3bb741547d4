"""Python looks for garbage on the window's thread only.

Left to itself it looks whenever some thread has made enough objects, and destroys what it finds right there: a
timer or a widget destroyed on a thread of the pool ends the process.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 2_000
"""Milliseconds."""


class Collector(QObject):
    """Takes the search over from Python for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(look)
        self._timer.start(EVERY)


def look() -> None:
    """As deep as Python itself would have looked by now."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > limits[generation] > 0]
    if due:
        gc.collect(max(due))
