"""The conditions in force, each with its ×, above the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.services.roster import Roster
from app.services.roster_filter import Condition, RosterFilter
from app.ui.icons import icon
from app.ui.widgets.buttons import push_button
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import FlowLayout

TURN = "点一下换成相反的条件（空格键），点 × 去掉（Delete 键）"


class ConditionChip(Chip):
    """A press on its words asks for the opposite; with the keys: space, and Delete to let it go."""

    turned = Signal()

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text, icon("close", "quiet"))
        self.setToolTip(f"{hint}\n{TURN}")
        self.setAccessibleName(hint)
        self.setAccessibleDescription(TURN)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            self.turned.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ConditionChips(QWidget):
    """Hidden while nothing is in force."""

    removed = Signal(object)
    """A Condition; None for all."""
    turned = Signal(object)
    """A Condition that is to become its opposite."""
    unpicked = Signal()
    circle_left = Signal()
    save_wanted = Signal()
    work_wanted = Signal()
    """The conditions in force, which are saved, are to become the circle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chips")
        self.words: list[str] = []
        """What the chips say."""
        self._flow = FlowLayout(self, spacing=6)
        self.hide()

    def show_filter(
        self, filter_: RosterFilter, roster: Roster, picked: int = 0, circle: str = "", *, saved: bool = False
    ) -> None:
        """`picked` is how many people another page has sent here, `circle` the name of the one worked within,
        `saved` whether the conditions have a name."""
        self._flow.clear()
        self.words = []
        if circle:
            self._add(f"只看“{circle}”", f"整个花名册只剩“{circle}”里的 {len(roster)} 人", self.circle_left)
        if picked:
            self._add(f"选定的 {picked} 人", "别的页面送来的人", self.unpicked)
        for place, group in enumerate(filter_.groups):
            for second, condition in enumerate(group):
                joint = "或　" if second else "并且　" if place or picked else ""
                self._add_condition(joint, condition, roster)
        if filter_.groups:
            self._add_links(many=len(filter_.conditions) > 1, saved=saved)
        self.setVisible(bool(self.words))
        self.updateGeometry()

    def _add(self, words: str, hint: str, removed: object) -> None:
        self.words.append(words)
        chip = Chip(words, icon("close", "quiet"))
        chip.setToolTip(hint)
        chip.removed.connect(removed)
        self._flow.addWidget(chip)

    def _add_condition(self, joint: str, condition: Condition, roster: Roster) -> None:
        words = roster.words(condition)
        self.words.append(words)
        chip = ConditionChip(joint + roster.word_of(condition), words)
        chip.removed.connect(lambda: self.removed.emit(condition))
        chip.turned.connect(lambda: self.turned.emit(condition))
        self._flow.addWidget(chip)

    def _add_links(self, *, many: bool, saved: bool) -> None:
        if many:
            self._flow.addWidget(push_button("全部去掉", lambda: self.removed.emit(None), "link"))
        if saved:
            link = push_button("设为范围", self.work_wanted.emit, "link")
            link.setToolTip("只在这些人里工作：名单、人数、筛选都只剩他们，下次打开还是这样，直到您去掉它")
        else:
            link = push_button("存下来", self.save_wanted.emit, "link")
            link.setToolTip("给这些条件起个名字，下次在左边一点就用")
        self._flow.addWidget(link)
