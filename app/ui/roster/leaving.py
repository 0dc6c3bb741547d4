"""What is asked before an unsaved file gives way to another."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.dialogs import ask
from app.ui.roster.cadre_panel import CadrePanel

Then = Callable[[], object]


class Leaving:
    """Asks once at a time: a second wish to leave while the question stands is let go."""

    def __init__(self, panel: CadrePanel) -> None:
        self._panel = panel
        self._asking = False

    def leave(self, then: Then, stay: Then | None = None) -> None:
        """`then` runs once nothing is unsaved, `stay` when the user goes on editing."""
        if not self._panel.changed:
            then()
        elif not self._asking:
            self._asking = True
            ask.choose(
                self._panel,
                f"“{name_of(self._panel)}”的修改还没有保存",
                (
                    ("保存", lambda: self._answer(self._panel.save, then, stay)),
                    ("放弃修改", lambda: self._answer(self._give_up, then, stay)),
                    ("继续编辑", lambda: self._answer(lambda: False, then, stay)),
                ),
            )

    def _answer(self, act: Callable[[], bool], then: Then, stay: Then | None) -> None:
        try:
            if act():
                then()
            elif stay:
                stay()
        finally:
            self._asking = False

    def _give_up(self) -> bool:
        self._panel.give_up()
        return True


def name_of(panel: CadrePanel) -> str:
    return panel.draft.name or "新建人员"
