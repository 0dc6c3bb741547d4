"""The middle of the page: search, conditions, the table, how many there are."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.services.readings import search_key
from app.ui import theme
from app.ui.icons import icon
from app.ui.roster.column_menu import ColumnMenu
from app.ui.roster.column_sets import OTHER_WIDTH, SETS, WIDTHS, ColumnSets
from app.ui.roster.condition_chips import ConditionChips
from app.ui.roster.roster_state import RosterState
from app.ui.tables.record_table import RecordTableModel
from app.ui.tables.record_view import RecordTable
from app.ui.widgets.buttons import tool_button
from app.ui.widgets.empty import EmptyState

_FROZEN = "roster/frozen"
_BELOW = "roster/below"


class RosterList(QWidget):
    """Shows the state; tells where the user is and who is selected."""

    moved_to = Signal(str)
    opened = Signal(str)
    narrowed = Signal()
    search_dropped = Signal()
    moved_file = Signal()
    """The user wants the file below the list, or beside it again."""
    selected = Signal()

    def __init__(self, state: RosterState, memory: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._memory = state, memory
        self.sets = ColumnSets(memory)
        self.filters = tool_button(icon("filter"), "显示或收起筛选")
        self.filters.setCheckable(True)
        self.set_choice = QComboBox()
        self.set_choice.setObjectName("column_set")
        self.set_choice.setToolTip("换一组列")
        self.set_choice.addItems(list(SETS))
        self.set_choice.setCurrentText(self.sets.in_use)
        self._columns = tool_button(icon("columns"), "显示哪些列", self._open_columns)
        self.chips = ConditionChips()
        self._model = RecordTableModel(state.fields, sort_keys={"name": search_key})
        self.table = RecordTable(self._model)
        self.table.setObjectName("roster")
        self.nobody = EmptyState("", "看全部的人", weight="")
        self.nobody.hide()
        self.nobody.pressed.connect(self._widen_all)
        self._lay_out()
        self._show_columns()
        self.table.freeze(1 if memory.value(_FROZEN, "1") == "1" else 0)
        self.chips.removed.connect(self._widen)
        self.chips.unpicked.connect(self._unpick)
        self.set_choice.textActivated.connect(self._use)
        self.table.moved_to.connect(self.moved_to)
        self.table.opened.connect(self.opened)
        self.table.selected.connect(self.selected)

    def renew(self) -> None:
        """The state anew; whoever is selected stays selected."""
        self.chips.show_filter(self._state.filter, self._state.roster, len(self._state.picked))
        shown = self._state.shown
        self.table.show_rows(shown)
        nobody = not shown and self._state.narrowed
        if nobody:
            self.nobody.say(self._state.nobody, "看全部的人")
        self.nobody.setVisible(nobody)
        if nobody and self.table.hasFocus():  # or the cursor would jump to another part of the page
            self.nobody.take_focus()
        self.table.setVisible(not nobody)

    @property
    def uids(self) -> list[str]:
        """The people selected."""
        return self.table.selected_uids

    @property
    def shown_uids(self) -> list[str]:
        return [row.uid for row in self._model.rows]

    @property
    def count_line(self) -> str:
        return self._state.count_line(len(self._model.rows), len(self.uids))

    @property
    def place(self) -> int:
        """The row the user is on."""
        return self.table.currentIndex().row()

    def go_to_place(self, place: int) -> None:
        """The row there, or the last one."""
        if rows := self._model.rows:
            self.table.go_to(rows[max(0, min(place, len(rows) - 1))].uid)

    def go_to(self, uid: str) -> bool:
        """Lets go of filter and search when they hide this person."""
        if self._state.has(uid) and self._model.row_of(uid) is None:
            self._widen_all()
        return self.table.go_to(uid)

    def take_focus(self) -> None:
        if not self.table.current_uid:
            self.go_to_place(0)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._state.narrowed:
            self._widen_all()
        else:
            super().keyPressEvent(event)

    def _widen_all(self) -> None:
        self._state.widen()
        self._state.typed = ""
        self.search_dropped.emit()
        self.narrowed.emit()

    def _widen(self, condition: object) -> None:
        self._state.widen(condition)  # type: ignore[arg-type]
        self.narrowed.emit()

    def _unpick(self) -> None:
        self._state.unpick()
        self.narrowed.emit()

    def _use(self, name: str) -> None:
        self.sets.use(name)
        self._show_columns()

    def _show_columns(self) -> None:
        self.table.show_columns(self.sets.shown)

    def _open_columns(self) -> None:
        menu = ColumnMenu(
            self.sets, self._state.record, frozen=self.table.frozen > 0, below=self.file_below, parent=self
        )
        menu.changed.connect(self._show_columns)
        menu.freeze_wanted.connect(self._freeze)
        menu.below_wanted.connect(self._put_below)
        menu.popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    @property
    def file_below(self) -> bool:
        """Whether the file stands below the list instead of beside it."""
        return bool(self._memory.value(_BELOW, "0") == "1")

    def _put_below(self, on: bool) -> None:
        self._memory.setValue(_BELOW, "1" if on else "0")
        self.moved_file.emit()

    def _freeze(self, on: bool) -> None:
        self._memory.setValue(_FROZEN, "1" if on else "0")
        self.table.freeze(1 if on else 0)

    def _lay_out(self) -> None:
        widths = {field.name: WIDTHS.get(field.name, OTHER_WIDTH) for field in self._state.fields}
        larger = theme.size("text") / 14
        self.table.set_widths({name: round(pixels * larger) for name, pixels in widths.items()})
        first = QHBoxLayout()
        first.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        first.addWidget(self.filters, 0, top)
        first.addWidget(self.chips, 1)
        first.addStretch(0)
        first.addWidget(self.set_choice, 0, top)
        first.addWidget(self._columns, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.table, 1)
        column.addWidget(self.nobody, 1)
