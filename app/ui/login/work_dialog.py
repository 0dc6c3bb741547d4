"""A dialog that asks, works off the window's thread, and closes when it was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.errors import UserError
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.scrolled import FollowingScroll
from app.ui.widgets.words import label

WIDTH = 480
SIDES, FOOT = 44, 96
"""Pixels beside and below what is asked."""
OF_SCREEN = 0.9


class WorkDialog(QDialog):
    """Fill `body`; `start` from the verb. Opened by `open()`."""

    def __init__(self, parent: QWidget, tasks: Tasks, title: str, why: str, verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks = tasks
        self.why = label(why, "quiet", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.cancel = push_button("取消", self.reject)
        self.cancel.setAutoDefault(False)
        self.go = push_button(verb, self.take, "primary")
        self.go.setDefault(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self._lay_out()
        self.refuse("")

    def take(self) -> None:
        """The verb was pressed: check, then `start`."""

    def start(self, title: str, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._set_busy(on=True)

        def finish(made: Any) -> None:
            self._set_busy(on=False)
            self.accept()
            done(made)

        def fail(error: Exception) -> None:
            self.refuse(str(error) if isinstance(error, UserError) else "没有做成，请再试一次。")
            if not isinstance(error, UserError):
                self._tasks.failed.emit(error)

        self._tasks.start(title, lambda _: work(), finish, fail)

    def refuse(self, sentence: str) -> None:
        self._set_busy(on=False)
        self.problem.setText(f"× {sentence}")
        self.problem.setVisible(bool(sentence))

    def reject(self) -> None:
        """Not in the middle of the work."""
        if self.go.isEnabled():
            super().reject()

    def fit(self) -> None:
        """As high as what it asks, if the screen has the room."""
        room = round(self.screen().availableSize().height() * OF_SCREEN)
        inside = self._inside.heightForWidth(WIDTH - SIDES)
        self.resize(WIDTH, min(max(inside, self._inside.sizeHint().height()) + FOOT, room))

    def _set_busy(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self.go.setEnabled(not on)
        self.cancel.setEnabled(not on)

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._inside.setProperty("look", "ground")
        asked = QVBoxLayout(self._inside)
        asked.setContentsMargins(0, 0, 12, 0)
        asked.setSpacing(12)
        asked.addWidget(self.why)
        asked.addLayout(self.body)
        asked.addStretch(1)
        self._ground = FollowingScroll(self._inside)
        self._ground.setMinimumWidth(WIDTH - SIDES)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 16)
        column.setSpacing(10)
        column.addWidget(self._ground, 1)
        column.addWidget(self.problem)
        column.addWidget(self.progress)
        column.addLayout(foot)
