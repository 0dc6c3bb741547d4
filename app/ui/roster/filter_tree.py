"""The filter tree of the roster: click for one condition, Ctrl for and, Shift for or, Alt for not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.services.roster_filter import FACETS, Condition, How, Roster, RosterFilter
from app.ui.widgets.filter_tree import KEY_ROLE, Choice, FilterTree, Group

HINT = "按住 Ctrl 再点：并且；Shift：或者；Alt：排除。右键也可以选。"
HOWS: Sequence[tuple[How, str]] = (("only", "只看"), ("and", "并且"), ("or", "或者"), ("not", "排除"))
FOLDED_AT_FIRST = {"health_status", "living_arrangement", "alive"}
ROW = 28


class RosterFilterTree(FilterTree):
    """Asks for conditions; what is in force is shown by `show_filter`."""

    wanted = Signal(object, str)
    """A Condition and how it joins those in force."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROW, parent)
        self.setObjectName("filters")
        self.setAccessibleName("筛选")
        self.setStatusTip(HINT)
        self._filter = RosterFilter()
        self._folded = set(FOLDED_AT_FIRST)
        self.pressed_condition.connect(lambda key: self._ask(key, _how(QGuiApplication.keyboardModifiers())))

    def show_roster(self, roster: Roster) -> None:
        """The counts anew."""
        groups = []
        for facet in FACETS:
            choices = [Choice(one.value, one.label, one.people) for one in roster.choices(facet)]
            groups.append(Group(facet.name, facet.label, choices))
        self.show_groups(group for group in groups if group.choices)
        self.show_filter(self._filter)

    def show_filter(self, filter_: RosterFilter) -> None:
        """Conditions in force are marked; the excluding ones are struck through."""
        self._filter = filter_
        self.choose((one.facet, one.value) for one in filter_.conditions)
        against = {(one.facet, one.value) for one in filter_.conditions if one.negated}
        for item in self._items():
            font = item.font(0)
            font.setStrikeOut(item.data(0, KEY_ROLE) in against)
            item.setFont(0, font)
            item.setToolTip(0, f"{item.text(0)}\n{HINT}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos()) or self.currentItem()
        if item is None or item.parent() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for how, word in HOWS:
            menu.addAction(f"{word}“{item.text(0)}”").triggered.connect(
                partial(self._ask, item.data(0, KEY_ROLE), how)
            )
        menu.popup(event.globalPos())

    def _ask(self, condition: tuple[str, str], how: How, *_: object) -> None:
        self.wanted.emit(Condition(*condition), how)


def _how(held: Qt.KeyboardModifier) -> How:
    if held & Qt.KeyboardModifier.AltModifier:
        return "not"
    if held & Qt.KeyboardModifier.ControlModifier:
        return "and"
    return "or" if held & Qt.KeyboardModifier.ShiftModifier else "only"
