"""The roster with ticks: narrowed by village and kind, searched as one types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.services.people import Person
from app.ui import theme
from app.ui.forms.people_choice import GROUPS, PeopleChoice
from app.ui.widgets.buttons import push_button
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.words import label

Index = QModelIndex | QPersistentModelIndex
NAME, WHICH = 0, 1
NAME_WIDTH = 148
BOX_WIDTH = 136


class PeoplePicker(QWidget):
    """Shows a PeopleChoice and writes the ticks into it."""

    changed = Signal()

    def __init__(self, choice: PeopleChoice, narrow_by: Sequence[str] = ("village", "kind")) -> None:
        super().__init__()
        self._choice = choice
        self.search = SearchField("姓名、拼音、村")
        self.search.setObjectName("people_search")
        self.narrow = {name: self._narrow_box(name) for name in narrow_by}
        self.all = QCheckBox()
        self.all.setTristate(True)
        self.none = push_button("清空", self._tick_nobody, "link")
        self.table = _TickTable(_TickModel(choice))
        self.count = label("", "quiet")
        self._lay_out()
        self.search.asked.connect(self._search_for)
        self.search.moved_down.connect(self.table.setFocus)
        self.all.clicked.connect(self._tick_shown)
        self.table.ticked.connect(self._tell)
        self.renew()

    def renew(self) -> None:
        """Shows the choice as it is now."""
        self.table.renew()
        self._count()

    def _narrow_box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"narrow_{name}")
        box.addItem(f"全部{GROUPS[name]}", "")
        for value, count in self._choice.groups(name):
            box.addItem(f"{value}　{count}", value)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.activated.connect(lambda: self._narrow(name, box.currentData()))
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        self._boxes = QGridLayout()
        self._boxes.setSpacing(8)
        column.addLayout(self._boxes)
        line = QHBoxLayout()
        line.addWidget(self.all)
        line.addStretch(1)
        line.addWidget(self.count)
        line.addWidget(self.none)
        column.addLayout(line)
        column.addWidget(self.table, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many drop-downs side by side as there is room for."""
        super().resizeEvent(event)
        columns = max(1, self.width() // BOX_WIDTH)
        for place, box in enumerate(self.narrow.values()):
            self._boxes.addWidget(box, place // columns, place % columns)

    def _search_for(self, typed: str) -> None:
        self._choice.typed = typed
        self.renew()

    def _narrow(self, name: str, value: str) -> None:
        self._choice.narrow(name, value)
        self.renew()

    def _tick_shown(self) -> None:
        """A press on a half tick means all, as on an empty one."""
        everybody = all(person.uid in self._choice.ticked for person in self._choice.shown_alive)
        self._choice.tick_shown(on=not everybody)
        self._tell()

    def _tick_nobody(self) -> None:
        self._choice.ticked.clear()
        self._tell()

    def _tell(self) -> None:
        self.table.viewport().update()
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        shown = self._choice.shown_alive
        ticked = sum(person.uid in self._choice.ticked for person in shown)
        states = {0: Qt.CheckState.Unchecked, len(shown): Qt.CheckState.Checked}
        self.all.setCheckState(states.get(ticked, Qt.CheckState.PartiallyChecked))
        self.all.setText(f"全选 {len(shown)} 人")
        self.all.setEnabled(bool(shown))
        self.count.setText(f"已选 {len(self._choice.ticked)} 人")
        self.none.setEnabled(bool(self._choice.ticked))


class _TickModel(QAbstractTableModel):
    """Name with its tick, and what tells the person apart."""

    def __init__(self, choice: PeopleChoice) -> None:
        super().__init__()
        self.choice = choice
        self.people: list[Person] = []
        times = Counter(person.name for person in choice.people)
        self._doubled = {name for name, count in times.items() if count > 1}

    def renew(self) -> None:
        self.beginResetModel()
        self.people = self.choice.shown
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.people)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        person = self.people[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._which(person, role) if index.column() == WHICH else _name(person)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == NAME:
            ticked = person.uid in self.choice.ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and (index.column() == WHICH or not person.alive):
            return theme.colour("quiet")
        return None

    def _which(self, person: Person, role: int) -> str:
        """The number's tail only where it is needed, before what may be cut; everything under the mouse."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return person.told_apart
        tail = f"尾号 {person.id_number[-4:]}" if person.id_number and person.name in self._doubled else ""
        return " · ".join(filter(None, (tail, person.village, person.kind)))


class _TickTable(QTableView):
    """A press on a line, or the space bar, turns its tick."""

    ticked = Signal()

    def __init__(self, model: _TickModel) -> None:
        super().__init__()
        self.setObjectName("people")
        self._model = model
        self.setModel(model)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(WHICH, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(NAME, NAME_WIDTH)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.clicked.connect(lambda index: self.turn([index.row()]))

    def renew(self) -> None:
        self._model.renew()

    def turn(self, rows: Sequence[int]) -> None:
        """All of them get the opposite of what the first one is."""
        people = [self._model.people[row] for row in rows]
        if people:
            on = people[0].uid not in self._model.choice.ticked
            self._model.choice.tick((person.uid for person in people), on=on)
            self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            rows = sorted({index.row() for index in self.selectedIndexes()})
            self.turn(rows or [self.currentIndex().row()] if self.currentIndex().isValid() else [])
        else:
            super().keyPressEvent(event)


def _name(person: Person) -> str:
    return person.name if person.alive else f"{person.name}（已故）"
