"""The rows that a person has to decide: the list, and under it what stands there and the ways on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.services.import_choices import Choice, choices, may_be_anybody
from app.services.import_preview import PreviewRow
from app.ui.forms.doubt_state import DoubtState
from app.ui.forms.whose_box import HINT, entry_of
from app.ui.icons import icon
from app.ui.imports.sides_view import SidesView
from app.ui.tables.text_table import Line, MadeLines, TextTable
from app.ui.widgets.buttons import push_button
from app.ui.widgets.choice_box import ChoiceBox, ChoiceModel
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.secret_edit import SHOW
from app.ui.widgets.words import label

HEADINGS = ("行", "姓名", "怎么办", "为什么没有自动处理")
WIDTHS = (60, 170, 320)
PERSON_WIDTH = 460
LEAST_HEIGHT = 96
UNDECIDED = "? 请决定"


class DoubtView(QWidget):
    decided = Signal()
    show_wanted = Signal(object)
    """The whole numbers of a row are wanted."""

    def __init__(self, state: DoubtState) -> None:
        super().__init__()
        self._state = state
        self._row: PreviewRow | None = None
        self._people: ChoiceModel | None = None
        self.person: ChoiceBox | None = None
        self.table = TextTable(HEADINGS, WIDTHS, state.hides)
        self.table.setObjectName("doubtful")
        self.table.setToolTip("按数字键选下面的办法，方向键换行")
        self.reason = label("", "section", wrap=True)
        self.sides = SidesView(state)
        self.whole = push_button(SHOW, lambda: self.show_wanted.emit(self._row), "link", icon("eye", "leaf"))
        self.whole.setToolTip("查看会记入日志，30 秒后收起")
        self.ways: list[QRadioButton] = []
        """One button for each choice of the row that is shown."""
        self._ways = QVBoxLayout()
        self._ways.setSpacing(0)
        self._group = QButtonGroup(self)
        self.same = push_button("", self._same_for_alike, "link")
        self._lay_out()
        self.table.moved_to.connect(self._show_row)
        self.table.show_wanted.connect(self.show_wanted)
        self.table.installEventFilter(self)
        self._group.idClicked.connect(self._choose)
        self.sides.turned.connect(self.decided)

    def renew(self) -> None:
        """Shows the doubtful rows of the file that was just read."""
        self._people, self._row = None, None
        self.table.show_lines(MadeLines(self._state.doubtful, self._line))

    def take_focus(self) -> None:
        self.table.setFocus()

    def go_to_undecided(self) -> bool:
        """The next row that waits, from the top again after the last; False when none waits."""
        rows = self._state.doubtful
        start = self.table.place + 1
        places = [*range(start, len(rows)), *range(start)]
        waiting = next((place for place in places if self._state.choice(rows[place]) is None), None)
        if waiting is not None:
            self.table.go_to(waiting)
        return waiting is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A figure takes the way of that number and goes on to the next row."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or self._row is None:
            return False
        number = event.key() - Qt.Key.Key_1
        if not 0 <= number < len(choices(self._row)):
            return False
        self._choose(number)
        self.go_to_undecided()
        return True

    def _lay_out(self) -> None:
        detail = QFrame()
        detail.setProperty("look", "card")
        inside = QHBoxLayout(detail)
        inside.setContentsMargins(16, 8, 8, 8)
        inside.setSpacing(12)
        inside.addWidget(scrolled(self._decision()), 4)
        inside.addLayout(self._both_sides(), 7)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 2)
        column.addWidget(detail, 3)
        for table in (
            self.table,
            self.sides,
        ):  # what a table would like to have is more than a small screen gives
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            table.setMinimumHeight(LEAST_HEIGHT)

    def _decision(self) -> QWidget:
        left = QWidget()
        left.setProperty("look", "ground")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.reason)
        inside.addLayout(self._ways)
        inside.addWidget(self.same, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        return left

    def _both_sides(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(label("两边逐项对照；不要的项，点“写入”一栏", "quiet"))
        head.addStretch(1)
        head.addWidget(self.whole)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(head)
        right.addWidget(self.sides, 1)
        return right

    def _line(self, row: PreviewRow) -> Line:
        choice = self._state.choice(row)
        what = f"✓ {choice.label}" if choice else UNDECIDED
        tone = "leaf" if choice else "dusk"
        return Line(row, (str(row.row or ""), row.label, what, "；".join(row.doubts)), {2: tone})

    def _show_row(self, row: PreviewRow | None) -> None:
        self._row = row
        if row is None:
            return
        place = f"第 {row.row} 行 " if row.row else ""
        self.reason.setText(f"{place}{row.label}：" + "；".join(row.doubts))
        self._show_sides(row)
        self._offer(row)

    def show_again(self) -> None:
        """The row's numbers covered, or not any more."""
        if self._row is not None:
            self._show_sides(self._row)

    def _show_sides(self, row: PreviewRow) -> None:
        self.sides.show_row(row)
        self.whole.setVisible(self._state.hides(row))

    def _offer(self, row: PreviewRow) -> None:
        self._clear_ways()
        chosen = self._state.choice(row)
        for place, choice in enumerate(choices(row)):
            button = QRadioButton(f"{place + 1}　{choice.label}")
            self._group.addButton(button, place)
            button.setChecked(choice == chosen)
            self.ways.append(button)
            self._ways.addWidget(button)
        if may_be_anybody(row):
            self._ways.addWidget(self._anybody(row))
        self._offer_alike()

    def _clear_ways(self) -> None:
        for button in self.ways:
            self._group.removeButton(button)
        self.ways, self.person = [], None
        while item := self._ways.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _show_chosen(self, row: PreviewRow, chosen: Choice | None) -> None:
        """A group that is exclusive does not let its last tick go by itself."""
        self._group.setExclusive(False)
        for button, choice in zip(self.ways, choices(row), strict=True):
            button.setChecked(choice == chosen)
        self._group.setExclusive(True)

    def _anybody(self, row: PreviewRow) -> QWidget:
        if self._people is None:
            self._people = ChoiceModel(map(entry_of, self._state.people()))
        self.person = ChoiceBox(self._people)
        self.person.line.setPlaceholderText(HINT)
        self.person.setObjectName("person")
        self.person.setMaximumWidth(PERSON_WIDTH)
        self.person.chosen.connect(lambda uid: self._give_to(row, uid))
        chosen = self._state.choice(row)
        if chosen:
            self.person.choose(chosen.decision.uid or next(iter(chosen.decision.people), ""))
        frame = QWidget()
        line = QHBoxLayout(frame)
        line.setContentsMargins(4, 0, 0, 0)
        line.addWidget(label("或者，是花名册里的"))
        line.addWidget(self.person, 1)
        line.addStretch(0)
        frame.setVisible(bool(self._state.people()))
        return frame

    def _give_to(self, row: PreviewRow, uid: str) -> None:
        self._state.give_to(row, uid)
        self._after_choice()

    def _choose(self, number: int) -> None:
        if self._row is None:
            return
        self._state.choose(self._row, choices(self._row)[number])
        self._after_choice()

    def _same_for_alike(self) -> None:
        if self._row is not None:
            self._state.choose_alike(self._row)
            self._after_choice()

    def _after_choice(self) -> None:
        row = self._row
        self.table.texts.replace(MadeLines(self._state.doubtful, self._line))
        if row is not None:
            self._show_chosen(row, self._state.choice(row))
            self.sides.show_row(row)
        self._offer_alike()
        self.decided.emit()

    def _offer_alike(self) -> None:
        count = len(self._state.alike(self._row)) if self._row is not None else 0
        self.same.setText(f"另外 {count} 行同样的情况也照此办理")
        self.same.setVisible(count > 0)
