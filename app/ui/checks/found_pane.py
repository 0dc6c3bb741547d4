"""What was found: groups at the left, their lines at the right, below these the one in front with its editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from app.services.cadres import Cadres
from app.services.drafts import Drafts
from app.services.findings import Finding
from app.ui.checks.cause_card import CauseCard
from app.ui.checks.finding_lines import (
    GROUP_HEADINGS,
    GROUP_WIDTHS,
    LINE_HEADINGS,
    LINE_WIDTHS,
    PERSON_HEADINGS,
    PERSON_LINE_HEADINGS,
    finding_line,
    group_line,
)
from app.ui.checks.findings_state import FindingsState
from app.ui.checks.mend_card import MendCard
from app.ui.dialogs import ask
from app.ui.tables.text_table import TextTable
from app.ui.widgets.splitter import KeptSplitter

GROUPS_WIDTH, LINES_WIDTH = 340, 800
LIST_HEIGHT, CARD_HEIGHT = 250, 250


class FoundPane(QWidget):
    """Shows a state and goes through it."""

    said = Signal(str)
    saved = Signal(object)
    """Carries the Change."""
    accept_wanted = Signal(list)
    """These Findings were looked into."""
    open_wanted = Signal(object)
    """What a Finding is about is to be seen whole."""
    people_wanted = Signal(list)
    """The uids of those who share a cause, to be seen on the roster."""

    def __init__(
        self,
        state: FindingsState,
        cadres: Cadres,
        drafts: Drafts,
        may_edit: Callable[[], bool],
        settings: QSettings,
    ) -> None:
        super().__init__()
        self.state = state
        self.groups = TextTable(GROUP_HEADINGS, GROUP_WIDTHS)
        self.lines = TextTable(LINE_HEADINGS, LINE_WIDTHS)
        self.mend = MendCard(cadres, drafts, may_edit)
        self.cause = CauseCard()
        self._lay_out(settings)
        self._connect()

    def show_all(self) -> None:
        """The state has changed altogether; whoever types in a field is not disturbed."""
        self._show_groups()
        self._show_lines()

    def go_on(self) -> None:
        """To the next line, with the cursor in its field; asks first about what is typed and not saved."""
        self.leave(self._go_on, self.mend.enter)

    def leave(self, then: Callable[[], object], back: Callable[[], object]) -> None:
        """Away from a field; what is typed in it and not saved is not lost unasked."""
        if not self.mend.changed:
            then()
            return

        def save() -> None:
            (then if self.mend.store() else back)()

        def drop() -> None:
            self.mend.drop()
            then()

        def stay() -> None:
            back()
            self.mend.enter()

        question = f"“{self.mend.title.text()}”改过，还没有保存。"
        ask.choose(self, question, [("保存", save), ("不保存", drop), ("接着改", stay)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            (self.groups if self.lines.hasFocus() else self.lines).setFocus()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        if self.state.go_on():
            self._show_lines()
            self._show_group_in_front()
            (self.mend if self.mend.finding else self.cause).enter()
        else:
            self.said.emit("这是最后一处了")
            self.lines.setFocus()

    def _show_groups(self) -> None:
        headings = PERSON_HEADINGS if self.state.by == "person" else GROUP_HEADINGS
        before = self.groups.blockSignals(True)
        self.groups.show_lines([group_line(group) for group in self.state.groups], headings)
        self.groups.blockSignals(before)
        self._show_group_in_front()

    def _show_group_in_front(self) -> None:
        keys = [group.key for group in self.state.groups]
        place = keys.index(self.state.group.key) if self.state.group else -1
        if place >= 0 and place != self.groups.place:
            before = self.groups.blockSignals(True)
            self.groups.go_to(place)
            self.groups.blockSignals(before)

    def _show_lines(self) -> None:
        before = self.lines.blockSignals(True)
        of_one = self.state.by == "person"
        lines = [finding_line(n, each, of_one=of_one) for n, each in enumerate(self.state.lines)]
        self.lines.show_lines(lines, PERSON_LINE_HEADINGS if of_one else LINE_HEADINGS)
        if self.state.place >= 0:
            self.lines.go_to(self.state.place)
        self.lines.blockSignals(before)
        self._show_front()

    def _choose_group(self, key: Any) -> None:
        def go() -> None:
            self.state.choose_group(key)
            self._show_group_in_front()
            self._show_lines()

        if key is not None and (self.state.group is None or key != self.state.group.key):
            self.leave(go, self._show_group_in_front)

    def _choose_line(self, place: Any) -> None:
        def go() -> None:
            self.state.choose_line(place)
            self._show_lines_place()
            self._show_front()

        if place is not None and self.state.place != place:
            self.leave(go, self._show_lines_place)

    def _show_lines_place(self) -> None:
        if self.state.place >= 0 and self.lines.place != self.state.place:
            self.lines.go_to(self.state.place)

    def _show_front(self) -> None:
        """Whoever stands in the field stays in it; what is typed and not saved is let be."""
        line, result = self.state.line, self.state.result
        finding = line.finding if line else None
        self.cause.show_cause(
            line.cause if line and finding is None else None, is_open=bool(line and line.is_open)
        )
        checked = result.files.get(finding.uid) if result and finding else None
        if self.mend.changed or self.mend.is_about(finding, checked.file.version if checked else 0):
            return
        inside = self.mend.isAncestorOf(self.focusWidget() or self)
        self.mend.show_finding(finding)
        if inside:
            self.mend.enter()

    def _open_line(self, _place: object = None) -> None:
        line = self.state.line
        if line and line.finding is None:
            self.state.toggle(line)
            self._show_lines()
            self.cause.enter()
        elif line:
            self.mend.enter()

    def _accept(self) -> None:
        if self.mend.finding:
            self.accept_wanted.emit([self.mend.finding])

    def _open(self, finding: Finding | None = None) -> None:
        if shown := finding or self.mend.finding:
            self.open_wanted.emit(shown)

    def _connect(self) -> None:
        self.groups.moved_to.connect(self._choose_group)
        self.groups.activated.connect(lambda _: self.lines.setFocus())
        self.lines.moved_to.connect(self._choose_line)
        self.lines.activated.connect(self._open_line)
        self.mend.saved.connect(self.saved)
        self.mend.next_wanted.connect(self.go_on)
        self.mend.accept_wanted.connect(self._accept)
        self.mend.open_wanted.connect(lambda: self._open())
        self.cause.record_wanted.connect(self._open)
        self.cause.accept_wanted.connect(self.accept_wanted)
        self.cause.opened.connect(self._open_line)
        self.cause.next_wanted.connect(self.go_on)
        self.cause.people_wanted.connect(self.people_wanted)

    def _lay_out(self, settings: QSettings) -> None:
        self.groups.setAccessibleName("规则或人")
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.horizontalHeader().setStretchLastSection(False)
        self.groups.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.lines.setAccessibleName("发现的问题")
        right = KeptSplitter(settings, "check_lines", Qt.Orientation.Vertical)
        below = QWidget()
        cards = QVBoxLayout(below)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.addWidget(self.mend)
        cards.addWidget(self.cause)
        right.put([(self.lines, LIST_HEIGHT), (below, CARD_HEIGHT)])
        sides = KeptSplitter(settings, "check_groups")
        sides.put([(self.groups, GROUPS_WIDTH), (right, LINES_WIDTH)])
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(sides)
