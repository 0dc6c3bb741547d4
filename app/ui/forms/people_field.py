"""Several people as chips, added by typing a name, its pinyin or initials."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.fields.names import clean_name
from app.services.people import Person
from app.services.readings import search_key
from app.ui import theme
from app.ui.icons import icon
from app.ui.widgets.chip import Chip
from app.ui.widgets.completion import completer_of
from app.ui.widgets.flow import FlowLayout

MOST_OFFERED = 8
UID = Qt.ItemDataRole.UserRole


class PeopleField(QWidget):
    """Who is meant, in the order in which they were added."""

    changed = Signal()

    def __init__(self, find: Callable[[str], list[str]]) -> None:
        super().__init__()
        self._find = find
        self._known: dict[str, Person] = {}
        self._uids: list[str] = []
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, spacing=6)
        self.typed = QLineEdit()
        self.typed.setObjectName("people_typed")
        self.typed.setPlaceholderText("输入姓名或拼音，回车添加")
        self._offered = QStandardItemModel(self)
        self.completer = completer_of(self._offered, MOST_OFFERED, self)
        self.typed.setCompleter(self.completer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._chips)
        column.addWidget(self.typed)
        self.setFocusProxy(self.typed)
        self.typed.textEdited.connect(self._offer)
        self.typed.returnPressed.connect(self._take_typed)
        self.completer.activated[QModelIndex].connect(self._take_offered)  # type: ignore[index]

    @property
    def uids(self) -> list[str]:
        return list(self._uids)

    @property
    def names(self) -> list[str]:
        return [self._name(uid) for uid in self._uids]

    def know(self, people: Sequence[Person]) -> None:
        """Who can be chosen."""
        self._known = {person.uid: person for person in people}

    def show_people(self, uids: Iterable[str]) -> None:
        """Replaces the chips without telling of a change."""
        self._uids = list(dict.fromkeys(uids))
        self.typed.clear()
        self._show_chips()

    def add(self, uid: str) -> None:
        if uid not in self._uids:
            self._uids.append(uid)
            self._show_chips()
            self.changed.emit()

    def remove(self, uid: str) -> None:
        self._uids.remove(uid)
        self._show_chips()
        self.changed.emit()

    def _offer(self, typed: str) -> None:
        self._offered.clear()
        for uid in self._fitting(typed)[:MOST_OFFERED]:
            item = QStandardItem(
                "　".join(part for part in (self._name(uid), self._known[uid].told_apart) if part)
            )
            item.setData(uid, UID)
            item.setSizeHint(QSize(0, theme.size("row")))
            self._offered.appendRow(item)

    def _fitting(self, typed: str) -> list[str]:
        """Names that begin as typed come first; who is chosen already is not offered again."""
        found = self._find(typed) if typed.strip() else []
        known = [uid for uid in found if uid in self._known and uid not in self._uids]
        return sorted(known, key=lambda uid: not self._begins(uid, typed.strip().casefold()))

    def _begins(self, uid: str, typed: str) -> bool:
        name = self._known[uid].name
        return any(key.startswith(typed) for key in (name, *search_key(name).split()))

    def _take_offered(self, index: QModelIndex) -> None:
        """The completer writes the chosen line into the field only after this."""
        self.add(index.data(UID))
        QTimer.singleShot(0, self, self.typed.clear)

    def _take_typed(self) -> None:
        """Names that mean exactly one person are taken; the others stay to be chosen from."""
        popup = self.completer.popup()
        if popup and popup.isVisible() and popup.currentIndex().isValid():
            return  # Enter reaches the field first; the completer takes the line it stands on next
        left = [
            word for word in re.split(r"[、，,;；\s]+", self.typed.text()) if word and not self._take(word)
        ]
        self.typed.setText("、".join(left))
        if left:
            self._offer(left[0])
            self.completer.complete()

    def _take(self, word: str) -> bool:
        named = [uid for uid, person in self._known.items() if person.name == clean_name(word)]
        found = named or [uid for uid in self._fitting(word) if self._begins(uid, word.casefold())]
        if len(found) == 1:
            self.add(found[0])
        return len(found) == 1

    def _show_chips(self) -> None:
        self._flow.clear()
        for uid in self._uids:
            self._flow.addWidget(self._chip(uid))
        self._chips.setVisible(bool(self._uids))
        self._chips.updateGeometry()

    def _chip(self, uid: str) -> Chip:
        chip = Chip(self._name(uid), icon("close"))
        chip.removed.connect(lambda: self.remove(uid))
        if person := self._known.get(uid):
            chip.setToolTip(person.told_apart)
        return chip

    def _name(self, uid: str) -> str:
        return self._known[uid].name if uid in self._known else "（已删除）"
