"""Whose a file or a photo is: everybody can be found by typing, those it may mean stand first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.services.readings import initials
from app.ui.widgets.choice_box import ChoiceBox, ChoiceModel, Entry

HINT = "打名字或拼音首字母，回车"


class Known(Protocol):
    """Somebody of the roster, as far as it takes to tell namesakes apart."""

    @property
    def uid(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def told_apart(self) -> str: ...
    @property
    def id_number(self) -> str: ...


class WhoseBox(QWidget):
    chosen = Signal(str)
    """A uid, or the key of one of the entries `above` the people."""

    def __init__(self, asked: str, above: Sequence[Entry] = ()) -> None:
        super().__init__()
        self._asked, self._above = asked, above
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._box = ChoiceBox(ChoiceModel([]))
        self.offer([], (), "")

    def offer(self, people: Iterable[Known], likely: Collection[str | None], chosen: str) -> None:
        old = self._box
        self._box = ChoiceBox(ChoiceModel([*self._above, *map(entry_of, _sorted(people, likely))]))
        self._box.line.setPlaceholderText(HINT)
        self._box.line.setAccessibleName(self._asked)
        self._box.choose(chosen)
        self._box.chosen.connect(self.chosen)
        self._column.addWidget(self._box)
        self.setFocusProxy(self._box)
        self._column.removeWidget(old)
        old.deleteLater()

    @property
    def line(self) -> QLineEdit:
        return self._box.line


def _sorted(people: Iterable[Known], likely: Collection[str | None]) -> list[Known]:
    return sorted(people, key=lambda each: each.uid not in likely)


def entry_of(one: Known) -> Entry:
    """Found by any part of the name, its initials and the ID number."""
    return Entry(one.uid, f"{one.name}（{one.told_apart}）", f"{initials(one.name)} {one.id_number}")
