"""The filter tree of the roster: click for one condition, Ctrl for and, Shift for or, Alt for not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.services.questions import IS
from app.services.roster import FACETS, Roster
from app.services.roster_filter import Condition, How, RosterFilter
from app.services.saved_filters import KeptFilter
from app.ui.widgets.filter_tree import KEY_ROLE, Choice, FilterTree, Group

HINT = "按住 Ctrl 再点：并且；Shift：或者；Alt：排除。右键也可以选。"
SAVED_HINT = "点一下就用；右键可以只在这些人里工作、改名、删除。"
HOWS: Sequence[tuple[How, str]] = (("only", "只看"), ("and", "并且"), ("or", "或者"), ("not", "排除"))
FOLDED_AT_FIRST = {"review", "conditions_now", "health_status", "living_arrangement", "alive"}
SAVED = "saved"
ROW = 28


class RosterFilterTree(FilterTree):
    """Asks for conditions and saved filters; what is in force is shown by `show_filter`."""

    wanted = Signal(object, str)
    """A Condition and how it joins those in force."""
    saved_wanted = Signal(object)
    circle_wanted = Signal(object)
    """A KeptFilter to work within; None for everybody."""
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)
    """Each with the KeptFilter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROW, parent)
        self.setObjectName("filters")
        self.setAccessibleName("筛选")
        self.setStatusTip(HINT)
        self._filter = RosterFilter()
        self._saved: dict[str, KeptFilter] = {}
        self._circle = ""
        self._folded = set(FOLDED_AT_FIRST)
        self.pressed_condition.connect(lambda key: self._ask(key, _how(QGuiApplication.keyboardModifiers())))

    def show_roster(
        self, roster: Roster, saved: Sequence[KeptFilter] = (), circle: KeptFilter | None = None
    ) -> None:
        """The counts anew; saved filters stand at the top."""
        self._saved = {kept.uid: kept for kept in saved}
        self._circle = circle.uid if circle else ""
        kept = [Choice(one.uid, one.name, len(roster.chosen(one.filter))) for one in saved]
        groups = [Group(SAVED, "存下的筛选", kept)]
        for facet in FACETS:
            choices = [Choice(one.value, one.label, one.people) for one in roster.choices(facet)]
            groups.append(Group(facet.name, facet.label, choices))
        self.show_groups(group for group in groups if group.choices)
        self.show_filter(self._filter)

    def show_filter(self, filter_: RosterFilter) -> None:
        """Conditions in force are marked; the excluding ones are struck through."""
        self._filter = filter_
        plain = [one for one in filter_.conditions if one.question == IS]
        used = [(SAVED, kept.uid) for kept in self._saved.values() if kept.filter == filter_]
        self.choose([*used, *((one.facet, one.value) for one in plain)])
        against = {(one.facet, one.value) for one in plain if one.negated}
        for item in self._items():
            key = item.data(0, KEY_ROLE)
            font = item.font(0)
            font.setStrikeOut(key in against)
            font.setBold(key == (SAVED, self._circle))
            item.setFont(0, font)
            item.setToolTip(0, f"{item.text(0)}\n{SAVED_HINT if key[0] == SAVED else HINT}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos()) or self.currentItem()
        if item is not None and item.parent() is not None:
            self.menu(item.data(0, KEY_ROLE), item.text(0)).popup(event.globalPos())

    def menu(self, key: tuple[str, str], words: str) -> QMenu:
        """What can be done with a line of the tree."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if kept := self._saved.get(key[1]) if key[0] == SAVED else None:
            self._add_saved(menu, kept)
        else:
            for how, word in HOWS:
                menu.addAction(f"{word}“{words}”").triggered.connect(
                    lambda _=False, how=how: self._ask(key, how)
                )
        return menu

    def _add_saved(self, menu: QMenu, kept: KeptFilter) -> None:
        within = kept.uid == self._circle
        menu.addAction("用这个筛选", lambda: self.saved_wanted.emit(kept))
        menu.addAction(
            "回到全部的人" if within else "设为范围（只在这些人里工作）",
            lambda: self.circle_wanted.emit(None if within else kept),
        )
        menu.addSeparator()
        menu.addAction("改名…", lambda: self.rename_wanted.emit(kept))
        menu.addAction("删除", lambda: self.remove_wanted.emit(kept))

    def _ask(self, key: tuple[str, str], how: How) -> None:
        if key[0] == SAVED:
            self.saved_wanted.emit(self._saved[key[1]])
        else:
            self.wanted.emit(Condition(*key), how)


def _how(held: Qt.KeyboardModifier) -> How:
    if held & Qt.KeyboardModifier.AltModifier:
        return "not"
    if held & Qt.KeyboardModifier.ControlModifier:
        return "and"
    return "or" if held & Qt.KeyboardModifier.ShiftModifier else "only"
