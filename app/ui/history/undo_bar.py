"""撤销 and 重做 in the head of the window: one step with a press, several out of the list below the arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui import theme
from app.ui.icons import icon
from app.ui.widgets.buttons import tool_button
from app.ui.widgets.words import label

if TYPE_CHECKING:
    from app.services.undo import Step, UndoneStep

LONGEST = 40
SHOWN = 12
NARROWEST = 260
UNDO, REDO = "撤销", "重做"
UNDO_KEYS, REDO_KEYS = ("Ctrl+Z",), ("Ctrl+Y", "Ctrl+Shift+Z")


class UndoBar(QWidget):
    """Both signals carry the number of the step down to which to go; 0 is the first."""

    undo_wanted = Signal(int)
    redo_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._refusal = ""
        self.undo = _Way(UNDO, icon("undo"), UNDO_KEYS[0])
        self.redo = _Way(REDO, icon("redo"), REDO_KEYS[0])
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for way, wanted in ((self.undo, self.undo_wanted), (self.redo, self.redo_wanted)):
            way.wanted.connect(wanted)
            line.addWidget(way)

    def refuse(self, told: str) -> None:
        """For whoever may not change anything."""
        self._refusal = told
        self.show_steps([], [])

    def show_steps(self, done: Sequence[Step], undone: Sequence[UndoneStep]) -> None:
        """Each list with what comes first at its head."""
        self.undo.show_steps(done, self._refusal)
        self.redo.show_steps(undone, self._refusal)


class _Way(QWidget):
    wanted = Signal(int)

    def __init__(self, word: str, picture: QIcon, keys: str) -> None:
        super().__init__()
        self._word, self._keys = word, keys
        self._steps: Sequence[Step | UndoneStep] = []
        self.button = tool_button(picture, word, lambda: self.wanted.emit(0))
        self.arrow = tool_button(icon("chevron_down", "quiet"), f"{word}哪几步", self._open)
        self.arrow.setFixedWidth(18)
        self.arrow.setProperty("look", "narrow")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.button)
        line.addWidget(self.arrow)
        self.show_steps([], "")

    def show_steps(self, steps: Sequence[Step | UndoneStep], refusal: str) -> None:
        self._steps = steps
        hint = (
            f"{self._word}“{short(steps[0].title)}”（{self._keys}）"
            if steps
            else f"没有可以{self._word}的操作"
        )
        self.button.setToolTip(refusal or hint)
        self.button.setAccessibleName(hint)
        for part in (self.button, self.arrow):
            part.setEnabled(bool(steps) and not refusal)

    def list(self) -> StepList:
        """A press on a step takes that one and all above it."""
        made = StepList(self._word, self._steps, self)
        made.wanted.connect(self.wanted)
        return made

    def _open(self) -> None:
        made = self.list()
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.move(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        made.show()
        made.steps.setFocus()


class StepList(QFrame):
    """The steps, the first at the head; those that go with the one in hand are marked."""

    wanted = Signal(int)

    def __init__(self, word: str, steps: Sequence[Step | UndoneStep], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._word = word
        self.setProperty("look", "card")
        self.steps = QListWidget()
        self.steps.setAccessibleName(f"{word}到哪一步")
        self.steps.setFrameShape(QFrame.Shape.NoFrame)
        self.steps.setMouseTracking(True)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        for step in steps:
            item = QListWidgetItem(f"{step.time[5:]}　{short(step.title)}", self.steps)
            item.setData(Qt.ItemDataRole.UserRole, step.seq)
            item.setSizeHint(QSize(item.sizeHint().width(), theme.size("row")))
            if len(step.title) > LONGEST:
                item.setToolTip(step.title)
        self.said = label("", "quiet")
        self.said.setContentsMargins(12, 4, 12, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addWidget(self.said)
        self._fit()
        self.steps.itemEntered.connect(self.steps.setCurrentItem)
        self.steps.currentRowChanged.connect(self._mark)
        self.steps.itemClicked.connect(self._take)
        self.steps.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (item := self.steps.currentItem()):
            self._take(item)
        else:
            super().keyPressEvent(event)

    def _mark(self, place: int) -> None:
        for row in range(self.steps.count()):
            self.steps.item(row).setSelected(row <= place)
        self.said.setText(f"{self._word}这一步" if place <= 0 else f"{self._word}到这里，共 {place + 1} 步")

    def _take(self, item: QListWidgetItem) -> None:
        seq = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        self.wanted.emit(seq)

    def _fit(self) -> None:
        """As wide as its longest line, as high as a dozen."""
        row = max(self.steps.sizeHintForRow(0), 1)
        self.steps.setFixedHeight(row * min(self.steps.count(), SHOWN) + 4)
        self.steps.setMinimumWidth(self.steps.sizeHintForColumn(0) + 28)
        self.setMinimumWidth(NARROWEST)


def short(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"
