"""What every page is wired to: the desk, the window, and what lives as long as they."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from app.ui.changes import Changes
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.desk import Desk


@dataclass(frozen=True)
class Around:
    desk: Desk
    window: MainWindow
    changes: Changes
    tasks: Tasks
    settings: QSettings

    def go(self, key: str, verb: str = "") -> Callable[[object], None]:
        """Opens a page on what a signal carries: nothing, a text, or a list of uids."""

        def go(about: object = "") -> None:
            told = " ".join(about) if isinstance(about, list) else str(about or "")
            self.window.open(key, f"{verb} {told}".strip())

        return go

    def show_people(self, uids: Sequence[str]) -> None:
        """The names behind a figure, on the roster."""
        self.window.open("roster", " ".join(["only", *uids]))
