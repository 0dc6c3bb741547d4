"""Where pages hear what an operation has changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.services.changes import Change


class Changes(QObject):
    """One for the whole program: whoever changed something tells, whoever shows it listens."""

    changed = Signal(object)
    """Carries a Change."""

    def tell(self, change: Change) -> None:
        self.changed.emit(change)
