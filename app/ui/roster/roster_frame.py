"""Filters left, list in the middle, file beside or below it; nothing of them while there is nobody."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.roster.roster_list import RosterList
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.splitter import KeptSplitter

WIDE = 1000
"""Pixels from which the filters stand open by themselves."""
EMPTY = """\
这里放全镇离退休干部的花名册：一人一行，点一行就看到他的档案。
先把手头的花名册导进来，或者按 Ctrl+N 新建一个人。"""


class RosterFrame(QStackedWidget):
    import_wanted = Signal()

    def __init__(
        self,
        tree: QWidget,
        people: RosterList,
        file: QWidget,
        memory: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tree, self._people = tree, people
        self._filters_wanted: bool | None = None
        self.empty = EmptyState(EMPTY, "导入花名册", icon("import", "quiet"))
        self.empty.pressed.connect(self.import_wanted)
        needs("edit", self.empty)
        self._parts = KeptSplitter(memory, "roster")
        self._file_side = KeptSplitter(memory, "roster_file")
        self._place_file()
        self._file_side.put([(people, 430), (file, 640)])
        self._parts.put([(tree, 184), (self._file_side, 1070)])
        self.addWidget(self._parts)
        self.addWidget(self.empty)
        people.filters.clicked.connect(self._switch_filters)
        people.moved_file.connect(self._move_file)

    def show_people(self, *, some: bool = True) -> None:
        self.setCurrentWidget(self._parts if some else self.empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_filters()

    def _switch_filters(self) -> None:
        self._filters_wanted = self._people.filters.isChecked()
        self._show_filters()

    def _show_filters(self) -> None:
        on = self.width() >= WIDE if self._filters_wanted is None else self._filters_wanted
        self._people.filters.setChecked(on)
        self._tree.setVisible(on)

    def _place_file(self) -> None:
        below = self._people.file_below
        self._file_side.setOrientation(Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal)

    def _move_file(self) -> None:
        self._place_file()
        self._file_side.setSizes([200, 400] if self._people.file_below else [430, 640])
