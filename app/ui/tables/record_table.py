"""The one table model: every list of records is a list of fields and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.fields.kinds import Money, Number
from app.fields.spec import Field
from app.services.rows import Row
from app.ui.widgets.secret_edit import ASK

Index = QModelIndex | QPersistentModelIndex
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The plain value behind the text."""
UID_ROLE = Qt.ItemDataRole.UserRole + 2

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RecordTableModel(QAbstractTableModel):
    """Rows of records under their fields. Sorts by value, empty ones last; texts are made when they are seen.

    Of a secret number only the last four ever leave the model, until `reveal`.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        sort_keys: Mapping[str, Callable[[Any], Any]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields = list(fields)
        self._sort_keys = dict(sort_keys or {})
        self._rows: list[Row] = []
        self._place: dict[str, int] = {}
        self._texts: dict[tuple[str, int], str] = {}
        self._revealed: set[tuple[str, int]] = set()
        self._sorted: tuple[int, bool] | None = None
        self._roles: dict[int, Callable[[int, int], Any]] = {
            Qt.ItemDataRole.DisplayRole: self.text,
            Qt.ItemDataRole.TextAlignmentRole: self._alignment,
            Qt.ItemDataRole.ToolTipRole: self._hint,
            VALUE_ROLE: self._value,
            UID_ROLE: lambda row, _: self._rows[row].uid,
        }

    def show(self, rows: Iterable[Row]) -> None:
        """Other rows, in the order the user has sorted them by."""
        self.beginResetModel()
        self._rows = list(rows)
        self._texts.clear()
        self._revealed.clear()
        if self._sorted:
            self._rows = self._in_order(*self._sorted)
        self._find_places()
        self.endResetModel()

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
            kind = self.fields[column].kind
            told = kind.format if key in self._revealed else kind.masked
            known = self._texts[key] = told(self._rows[row].values[column])
        return known

    def number(self, uid: str, name: str) -> str:
        """The whole of a secret number, for whoever may have it."""
        row, column = self._place[uid], self.column_of(name)
        return self.fields[column].kind.format(self._rows[row].values[column])

    def reveal(self, uid: str, name: str) -> None:
        """Until `cover`; numbers of one row only are in sight at a time."""
        if any(other != uid for other, _ in self._revealed):
            self.cover()
        self._revealed.add((uid, self.column_of(name)))
        self._show_again(self._revealed)

    def cover(self) -> None:
        """Every number that was revealed."""
        covered, self._revealed = self._revealed, set()
        self._show_again(covered)

    def is_secret(self, row: int, column: int) -> bool:
        """Whether there is a number here that must be asked for."""
        return self.fields[column].kind.secret and bool(self._rows[row].values[column])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._roles.get(role)
        return answer(index.row(), index.column()) if answer and index.isValid() else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
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
        field = self.fields[column]
        key = self._sort_keys.get(field.name, field.kind.masked if field.kind.secret else None)
        filled.sort(
            key=(lambda row: key(row.values[column])) if key else (lambda row: row.values[column]),
            reverse=descending,
        )
        return filled + empty

    def _show_again(self, cells: Iterable[tuple[str, int]]) -> None:
        for uid, column in cells:
            self._texts.pop((uid, column), None)
            if (row := self._place.get(uid)) is not None:
                self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def _value(self, row: int, column: int) -> Any:
        return self.text(row, column) if self.is_secret(row, column) else self._rows[row].values[column]

    def _hint(self, row: int, column: int) -> str | None:
        text = self.text(row, column)
        covered = self.is_secret(row, column) and (self._rows[row].uid, column) not in self._revealed
        return f"{text}\n{ASK}" if covered else text or None

    def _find_places(self) -> None:
        self._place = {row.uid: place for place, row in enumerate(self._rows)}

    def _alignment(self, _row: int, column: int) -> Qt.AlignmentFlag:
        return RIGHT if _is_figure(self.fields[column]) else LEFT


def _is_figure(field: Field) -> bool:
    return isinstance(field.kind, Money | Number)
