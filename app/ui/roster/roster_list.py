"""The middle of the page: search, conditions, the table, how many there are."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.icons import icon
from app.ui.roster.column_menu import ColumnMenu
from app.ui.roster.column_sets import OTHER_WIDTH, SETS, WIDTHS, ColumnSets
from app.ui.roster.condition_chips import ConditionChips
from app.ui.roster.match_column import MATCH
from app.ui.roster.order_menu import OrderMenu
from app.ui.roster.roster_state import RosterState
from app.ui.roster.roster_table import RosterTable
from app.ui.tables.record_table import RecordTableModel
from app.ui.widgets.buttons import push_button, tool_button
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
    condition_wanted = Signal()
    order_wanted = Signal(str)

    def __init__(self, state: RosterState, memory: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._memory = state, memory
        self.sets = ColumnSets(memory)
        self._matching = False
        self.filters = tool_button(icon("filter"), "显示或收起筛选")
        self.filters.setCheckable(True)
        self.set_choice = QComboBox()
        self.set_choice.setObjectName("column_set")
        self.set_choice.setToolTip("换一组列")
        self.set_choice.addItems(list(SETS))
        self.set_choice.setCurrentText(self.sets.in_use)
        self._columns = tool_button(icon("columns"), "显示哪些列", self._open_columns)
        self.order = tool_button(icon("sort"), "", self._open_orders)
        self.add = push_button("加条件", self.condition_wanted.emit, "link")
        self.add.setToolTip("按档案里的任何一项筛选")
        self.chips = ConditionChips()
        self._model = RecordTableModel(
            state.fields, sort_keys={"name": lambda name: state.order.name_key(name), MATCH: state.reason}
        )
        self.table = RosterTable(self._model)
        self.table.setObjectName("roster")
        self.nobody = EmptyState("", "看全部的人", weight="")
        self.nobody.hide()
        self.nobody.pressed.connect(self._widen_all)
        self._lay_out()
        self._show_columns()
        self.table.freeze(1 if memory.value(_FROZEN, "1") == "1" else 0)
        self.chips.removed.connect(self._widen)
        self.chips.turned.connect(self._turn)
        self.chips.unpicked.connect(self._unpick)
        self._say_order()
        self.set_choice.textActivated.connect(self._use)
        self.table.moved_to.connect(self.moved_to)
        self.table.opened.connect(self.opened)
        self.table.selected.connect(self.selected)

    def renew(self) -> None:
        """The state anew; whoever is selected stays selected."""
        state, circle = self._state, self._state.circle
        self.chips.show_filter(
            state.filter,
            state.roster,
            len(state.picked),
            circle.name if circle else "",
            saved=state.kept is not None,
        )
        shown = state.shown
        self._show_match(on=state.has_reasons(shown))
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
        if self._state.has(uid) and self._model.row_of(uid) is None:  # outside the circle
            self._state.pick([uid])
            self.narrowed.emit()
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

    def _turn(self, condition: object) -> None:
        self._state.turn(condition)  # type: ignore[arg-type]
        self.narrowed.emit()

    def sorted_anew(self) -> None:
        """The order that was chosen takes the place of a heading that was pressed."""
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._say_order()
        self.renew()

    def _say_order(self) -> None:
        self.order.setToolTip(f"排序：现在{self._state.order.title}")
        self.order.setAccessibleName("排序")

    def _open_orders(self) -> None:
        menu = OrderMenu(self._state.order, self)
        menu.chosen.connect(self.order_wanted)
        menu.popup(self.order.mapToGlobal(self.order.rect().bottomLeft()))

    def _use(self, name: str) -> None:
        self.sets.use(name)
        self._show_columns()

    def _show_columns(self) -> None:
        self.table.show_columns([*self.sets.shown, *([MATCH] if self._matching else [])])

    def _show_match(self, *, on: bool) -> None:
        """While somebody was found by more than his name, and not longer."""
        if self._matching != on:
            self._matching = on
            self._show_columns()

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
        self.table.set_widths({name: theme.scaled(pixels) for name, pixels in widths.items()})
        first = QHBoxLayout()
        first.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        first.addWidget(self.filters, 0, top)
        first.addWidget(self.add, 0, top)
        first.addStretch(1)
        first.addWidget(self.order, 0, top)
        first.addWidget(self.set_choice, 0, top)
        first.addWidget(self._columns, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        column.addWidget(self.nobody, 1)
