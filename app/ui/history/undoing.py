"""撤销 and 重做 across all pages, and the way back that stands for some seconds after each step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.errors import UserError
from app.services.changes import Change
from app.services.undo import IMPORT, AnyStep, CannotUndoError, Step, Undone, UndoSteps
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.history.undo_bar import REDO, REDO_KEYS, UNDO, UNDO_KEYS, short
from app.ui.main_window import MainWindow
from app.ui.rights import REFUSALS, May

UNSAVED = "{what}，请先保存或放弃，再{word}。"
NOT_LAST = "后面又有新的操作。要退回到这一步，请点上方“撤销”旁边的箭头，在列表里选。"


class Undoing(QObject):
    """Lives as long as the window has its desk."""

    def __init__(self, steps: UndoSteps, window: MainWindow, changes: Changes, may: May) -> None:
        super().__init__(window)
        self._steps, self._window, self._changes = steps, window, changes
        self._bar = window.undo_bar
        self._seen = 0
        self._fresh: Step | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._say_fresh)
        if not may("edit"):
            self._bar.refuse(REFUSALS["edit"])
            return
        self._bar.undo_wanted.connect(self.undo)
        self._bar.redo_wanted.connect(self.redo)
        for keys in UNDO_KEYS:
            window.add_shortcut(keys, self.undo)
        for keys in REDO_KEYS:
            window.add_shortcut(keys, self.redo)
        changes.changed.connect(self._on_change)
        window.way_back = self._way_back
        QTimer.singleShot(0, self._begin)

    def undo(self, seq: int = 0) -> None:
        self._go(UNDO, partial(self._steps.undo, seq), self.undo, self.redo)

    def redo(self, seq: int = 0) -> None:
        self._go(REDO, partial(self._steps.redo, seq), self.redo, self.undo)

    def undo_last(self, step: Step) -> None:
        """From the word at the head: only while nothing came after it."""
        done = self._steps.done()
        if done and done[0].seq == step.seq:
            self.undo()
        else:
            self._window.say(NOT_LAST)

    def renew(self) -> None:
        """What the buttons and their lists say."""
        done = self._steps.done()
        self._bar.show_steps(done, self._steps.undone())
        if done and done[0].seq > self._seen:
            self._seen, self._fresh = done[0].seq, done[0]

    def _begin(self) -> None:
        self.renew()
        self._fresh = None

    def _go(
        self, word: str, act: Callable[[], Undone], again: Callable[[], object], back: Callable[[], object]
    ) -> None:
        if told := self._unsaved:
            self._window.say(UNSAVED.format(what=told, word=word))
            return
        try:
            undone = act()
        except CannotUndoError as error:
            self._offer_to_pass(word, error, again)
        except UserError as error:
            self._window.say(str(error))
        else:
            self._fresh = None
            for change in undone.changes:
                self._changes.tell(change)
            self.renew()
            self._window.say(short(undone.told), REDO if word == UNDO else UNDO, back)

    def _offer_to_pass(self, word: str, error: CannotUndoError, again: Callable[[], object]) -> None:
        title = short(error.step.title)
        ask.choose(
            self._window,
            f"“{title}”不能{word}",
            (
                *self._way_of_its_own(error.step),
                (f"留着这一步，{word}再前面的", partial(self._pass, error.step, again)),
                (f"不{word}", lambda: None),
            ),
            details=str(error),
        )

    def _way_of_its_own(self, step: AnyStep) -> list[tuple[str, Callable[[], object]]]:
        if any(one.act == IMPORT for one in step.steps):
            return [("去导入记录", lambda: self._window.open("import", "history"))]
        return []

    def _pass(self, step: AnyStep, again: Callable[[], object]) -> None:
        self._steps.go_past(step)
        self.renew()
        again()

    @property
    def _unsaved(self) -> str:
        return next((told for page in self._window.made_pages if (told := page.unsaved())), "")

    def _on_change(self, _change: Change) -> None:
        self.renew()
        if self._fresh:
            self._soon.start()

    def _way_back(self) -> tuple[str, Callable[[], object]] | None:
        """What a page is about to say gets the way back of the step it speaks of."""
        step, self._fresh = self._fresh, None
        return (UNDO, partial(self.undo_last, step)) if step else None

    def _say_fresh(self) -> None:
        """Where no page said anything about it."""
        if self._fresh:
            title = short(self._fresh.title)
            if way := self._way_back():
                self._window.say(title, *way)
