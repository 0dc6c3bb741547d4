"""One person found by typing a name, its pinyin or the tail of a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from app.services.people import Person
from app.ui import theme
from app.ui.widgets.completion import completer_of
from app.ui.widgets.search_field import SearchField

MOST_OFFERED = 10
UID = Qt.ItemDataRole.UserRole


class PersonSearch(SearchField):
    """`chosen` tells the uid; the field is empty again then. `know` is asked when somebody begins to type."""

    chosen = Signal(str)

    def __init__(self, find: Callable[[str], list[str]], know: Callable[[], Mapping[str, Person]]) -> None:
        super().__init__("找人：与谁有关")
        self._find, self._know = find, know
        self._people: Mapping[str, Person] = {}
        self._offered = QStandardItemModel(self)
        self.offers = completer_of(self._offered, MOST_OFFERED, self)
        self.setCompleter(self.offers)
        self.textEdited.connect(self._offer)
        self.returnPressed.connect(self._take_first)
        self.offers.activated[QModelIndex].connect(self._take)  # type: ignore[index]

    def name(self, uid: str) -> str:
        self._people = self._people or self._know()
        return self._people[uid].name if uid in self._people else "已删除的人"

    def forget(self) -> None:
        """The roster has changed."""
        self._people = {}

    def _offer(self, typed: str) -> None:
        self._offered.clear()
        if not typed.strip():
            return
        self._people = self._people or self._know()
        for uid in self._find(typed)[:MOST_OFFERED]:
            if person := self._people.get(uid):
                item = QStandardItem("　".join(part for part in (person.name, person.told_apart) if part))
                item.setData(uid, UID)
                item.setSizeHint(QSize(0, theme.size("row")))
                self._offered.appendRow(item)

    def _take(self, index: QModelIndex) -> None:
        """The completer writes the chosen line into the field only after this."""
        self.chosen.emit(index.data(UID))
        QTimer.singleShot(0, self, self.clear)

    def _take_first(self) -> None:
        """Enter with one person left to choose from."""
        popup = self.offers.popup()
        if popup and popup.isVisible() and popup.currentIndex().isValid():
            return
        if self._offered.rowCount() == 1:
            self.chosen.emit(self._offered.item(0).data(UID))
            self.clear()
