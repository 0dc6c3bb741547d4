"""The table of people: besides what every list can do, it shows who has the same as this cell."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from app.ui.roster.match_column import MATCH
from app.ui.tables.record_view import RecordTable

NOBODY_ALIKE = frozenset({MATCH, "name", "id_number", "remarks"})


class RosterTable(RecordTable):
    same_wanted = Signal(str, str)
    """Who has the same: the uid of the row and the name of the field."""
    only_wanted = Signal(str, str)

    def menu(self, row: int, column: int) -> QMenu | None:
        menu = super().menu(row, column)
        if menu is None and (about := self._alike(row, column)):
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            text = self.records.text(row, column)
            menu.addAction(f"看同是“{text}”的人（Q）", lambda: self.same_wanted.emit(*about))
            menu.addAction(f"只看“{text}”", lambda: self.only_wanted.emit(*about))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Q and plain and index.isValid():
            if about := self._alike(index.row(), index.column()):
                self.same_wanted.emit(*about)
            else:
                self.same_wanted.emit(self.current_uid, "village")
        else:
            super().keyPressEvent(event)

    def _alike(self, row: int, column: int) -> tuple[str, str] | None:
        """The cell, where it says something that others may have too."""
        field = self.records.fields[column]
        if field.kind.secret or field.name in NOBODY_ALIKE or not self.records.text(row, column):
            return None
        return self.records.uid(row), field.name
