"""The one table model: every list of records is a list of fields and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.fields.kinds import Money, Number, Severity
from app.fields.spec import Field
from app.services.rows import Row
from app.ui import icons, theme

Index = QModelIndex | QPersistentModelIndex
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The plain value behind the text."""
UID_ROLE = Qt.ItemDataRole.UserRole + 2
MARK_ROLE = Qt.ItemDataRole.UserRole + 3

SIGNS: dict[Severity, tuple[str, str, str]] = {
    "E": ("error", "seal", "seal_tint"),
    "W": ("warning", "dusk", "dusk_tint"),
    "I": ("info", "leaf", "leaf_tint"),
}
"""Severity → icon, its colour, the ground of the cell."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Mark:
    """A sign on a cell: what is wrong there, or worth a look."""

    severity: Severity
    text: str


Marks = Mapping[tuple[str, str], Mark]
"""(uid, field name) → mark."""


class RecordTableModel(QAbstractTableModel):
    """Rows of records under their fields. Sorts by value, empty ones last; texts are made when they are seen."""

    ticks_changed = Signal()

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        ticking: bool = False,
        sort_keys: Mapping[str, Callable[[Any], Any]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields = list(fields)
        self._ticking = ticking
        self._sort_keys = dict(sort_keys or {})
        self._rows: list[Row] = []
        self._place: dict[str, int] = {}
        self._texts: dict[tuple[str, int], str] = {}
        self._marks: Marks = {}
        self._ticked: set[str] = set()
        self._sorted: tuple[int, bool] | None = None
        self._roles: dict[int, Callable[[int, int], Any]] = {
            Qt.ItemDataRole.DisplayRole: self.text,
            Qt.ItemDataRole.TextAlignmentRole: self._alignment,
            Qt.ItemDataRole.DecorationRole: self._sign,
            Qt.ItemDataRole.BackgroundRole: self._ground,
            Qt.ItemDataRole.ToolTipRole: self._hint,
            Qt.ItemDataRole.CheckStateRole: self._tick,
            VALUE_ROLE: lambda row, column: self._rows[row].values[column],
            UID_ROLE: lambda row, _: self._rows[row].uid,
            MARK_ROLE: self._mark,
        }

    def show(self, rows: Iterable[Row], marks: Marks | None = None) -> None:
        """Other rows, in the order the user has sorted them by; ticks of rows still there are kept."""
        self.beginResetModel()
        self._rows = list(rows)
        self._marks = marks or {}
        self._texts.clear()
        if self._sorted:
            self._rows = self._in_order(*self._sorted)
        self._find_places()
        gone = self._ticked - self._place.keys()
        self._ticked -= gone
        self.endResetModel()
        if gone:
            self.ticks_changed.emit()

    def set_marks(self, marks: Marks) -> None:
        self._marks = marks
        self._redraw()

    @property
    def rows(self) -> Sequence[Row]:
        """As they stand on the screen."""
        return self._rows

    def row_of(self, uid: str) -> int | None:
        return self._place.get(uid)

    def uid(self, row: int) -> str:
        return self._rows[row].uid

    def column_of(self, name: str) -> int:
        return next(place for place, field in enumerate(self.fields) if field.name == name)

    def text(self, row: int, column: int) -> str:
        key = (self._rows[row].uid, column)
        if (known := self._texts.get(key)) is None:
            known = self.fields[column].kind.format(self._rows[row].values[column])
            self._texts[key] = known
        return known

    @property
    def ticked(self) -> list[str]:
        """Uids in the order of the screen."""
        return [row.uid for row in self._rows if row.uid in self._ticked]

    def tick(self, uids: Iterable[str], *, on: bool = True) -> None:
        if on:
            self._ticked |= self._place.keys() & set(uids)
        else:
            self._ticked -= set(uids)
        self._redraw()
        self.ticks_changed.emit()

    def tick_all(self, *, on: bool = True) -> None:
        self.tick(list(self._place), on=on)

    def is_ticked(self, uid: str) -> bool:
        return uid in self._ticked

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._roles.get(role)
        return answer(index.row(), index.column()) if answer and index.isValid() else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self._ticking or index.column():
            return False
        self.tick([self.uid(index.row())], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self._ticking and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags if index.isValid() else Qt.ItemFlag.NoItemFlags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        answers = {
            Qt.ItemDataRole.DisplayRole: field.label,
            Qt.ItemDataRole.ToolTipRole: field.help or field.label,
            Qt.ItemDataRole.TextAlignmentRole: RIGHT if _is_figure(field) else LEFT,
        }
        return answers.get(Qt.ItemDataRole(role))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Whoever is selected stays selected."""
        if not 0 <= column < len(self.fields):
            self._sorted = None
            return
        self._sorted = column, order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        uids = [self._rows[index.row()].uid for index in kept]
        self._rows = self._in_order(*self._sorted)
        self._find_places()
        moved = [self.index(self._place[uid], old.column()) for uid, old in zip(uids, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _in_order(self, column: int, descending: bool) -> list[Row]:
        filled = [row for row in self._rows if row.values[column] is not None]
        empty = [row for row in self._rows if row.values[column] is None]
        key = self._sort_keys.get(self.fields[column].name)
        filled.sort(
            key=(lambda row: key(row.values[column])) if key else (lambda row: row.values[column]),
            reverse=descending,
        )
        return filled + empty

    def _find_places(self) -> None:
        self._place = {row.uid: place for place, row in enumerate(self._rows)}

    def _redraw(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.fields) - 1))

    def _mark(self, row: int, column: int) -> Mark | None:
        return self._marks.get((self._rows[row].uid, self.fields[column].name)) if self._marks else None

    def _sign(self, row: int, column: int) -> Any:
        mark = self._mark(row, column)
        return icons.icon(SIGNS[mark.severity][0], SIGNS[mark.severity][1]) if mark else None

    def _ground(self, row: int, column: int) -> Any:
        mark = self._mark(row, column)
        return theme.colour(SIGNS[mark.severity][2]) if mark else None

    def _hint(self, row: int, column: int) -> str | None:
        mark = self._mark(row, column)
        return mark.text if mark else self.text(row, column) or None

    def _tick(self, row: int, column: int) -> Qt.CheckState | None:
        if not self._ticking or column:
            return None
        return Qt.CheckState.Checked if self._rows[row].uid in self._ticked else Qt.CheckState.Unchecked

    def _alignment(self, _row: int, column: int) -> Qt.AlignmentFlag:
        return RIGHT if _is_figure(self.fields[column]) else LEFT


def _is_figure(field: Field) -> bool:
    return isinstance(field.kind, Money | Number)
