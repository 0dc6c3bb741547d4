"""A splitter that stands where the user left it the last time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QSplitter, QWidget


class KeptSplitter(QSplitter):
    """`name` is the key under which its sizes are kept."""

    def __init__(
        self,
        settings: QSettings,
        name: str,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(orientation, parent)
        self._settings = settings
        self._key = f"splitters/{name}"
        self.setChildrenCollapsible(False)
        self.setHandleWidth(5)
        self.splitterMoved.connect(lambda: settings.setValue(self._key, self.sizes()))

    def put(self, parts: Sequence[tuple[QWidget, int]]) -> None:
        """Widgets with the pixels each begins with; the largest takes what a wider window gives."""
        widest = max(pixels for _, pixels in parts)
        for place, (widget, pixels) in enumerate(parts):
            self.addWidget(widget)
            self.setStretchFactor(place, 1 if pixels == widest else 0)
        kept = self._settings.value(self._key)
        usable = isinstance(kept, list) and len(kept) == len(parts)
        self.setSizes([int(size) for size in kept] if usable else [pixels for _, pixels in parts])
