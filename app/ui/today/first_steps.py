"""The first steps across the page; the card goes away by itself when all are done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from app.ui.today.day import Step
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.words import label


class FirstSteps(Card):
    wanted = Signal(str)
    """The key of the step to do."""

    def __init__(self) -> None:
        super().__init__("头几步")
        self.buttons: dict[str, QPushButton] = {}
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self.add(self._line)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """The next one to do is the primary button."""
        self.setVisible(bool(steps))
        done = sum(step.done for step in steps)
        self.set_title("头几步", f"做完 {done} 步，共 {len(steps)} 步；全做完这张卡就收起来")
        while item := self._line.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.buttons.clear()
        next_one = next((step.key for step in steps if not step.done), "")
        for place, step in enumerate(steps):
            if place:
                self._line.addWidget(label("›", "quiet"))
            self._add(step, primary=step.key == next_one)
        self._line.addStretch(1)

    def _add(self, step: Step, *, primary: bool) -> None:
        weight = "quiet" if step.done else "primary" if primary else ""
        sign = "✓ " if step.done else ""
        button = push_button(f"{sign}{step.words}", lambda: self.wanted.emit(step.key), weight)  # type: ignore[arg-type]
        self.buttons[step.key] = button
        self._line.addWidget(button)
