"""The file to read: what is checked hardest first, changes with what stood there before, problems at their field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.services.review_reading import ReadField, ReadGroup, Reading, ReadPart, ReadRow, Remarked
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.tag import Level, Tag
from app.ui.widgets.words import Look, label

STRESSED = "重点核验"
COLUMNS = 2
LABEL_WIDTH = 116
MARKS: dict[str, tuple[str, Level]] = {
    "new": ("＋ 新增", "ok"),
    "changed": ("✎ 改过", "warning"),
    "gone": ("－ 删掉", "error"),
}
SIGNS: dict[str, tuple[str, Look]] = {"E": ("×", "error"), "W": ("!", "warning"), "I": ("i", "small")}
PAGE = 0.85
"""Of the height: the last line read stays in sight."""


class ReadingPane(QWidget):
    """`show_reading` replaces everything and begins at the top."""

    def __init__(self) -> None:
        super().__init__()
        self._ground = QWidget()
        self._ground.setProperty("look", "ground")
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(12, 8, 12, 12)
        self._column.setSpacing(8)
        self._area: QScrollArea = scrolled(self._ground)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName("档案内容")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._area)

    def show_reading(self, reading: Reading) -> None:
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for group in reading.groups:
            self._column.addWidget(_group(group))
        self._column.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def turn(self, pages: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + int(pages * bar.pageStep() * PAGE))


def _group(group: ReadGroup) -> QWidget:
    card = QFrame()
    card.setProperty("look", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 8, 12, 10)
    column.setSpacing(6)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(label(group.title, "section"))
    if group.stressed:
        head.addWidget(Tag(f"★ {STRESSED}", "warning"))
    head.addStretch(1)
    column.addLayout(head)
    if group.fields:
        column.addLayout(_fields(group.fields))
    for part in group.parts:
        if part.rows or part.problems:
            column.addLayout(_part(part, titled=part.title != group.title))
    if group.is_empty:
        column.addWidget(label("没有内容", "quiet"))
    return card


def _fields(fields: Sequence[ReadField]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(5)
    for column in range(COLUMNS):
        grid.setColumnMinimumWidth(column * 2, LABEL_WIDTH)
        grid.setColumnStretch(column * 2 + 1, 1)
    for place, field in enumerate(fields):
        row, column = divmod(place, COLUMNS)
        name = label(field.label, "quiet", wrap=True)
        name.setMaximumWidth(LABEL_WIDTH)
        grid.addWidget(name, row, column * 2, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(_value(field), row, column * 2 + 1)
    return grid


def _value(field: ReadField) -> QVBoxLayout:
    cell = QVBoxLayout()
    cell.setSpacing(2)
    line = QHBoxLayout()
    line.setSpacing(6)
    shown = label(field.text, "quiet" if field.text.startswith("（") else "", wrap=True)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if field.old is not None:
        line.addWidget(Tag(*MARKS["changed"]), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(shown, 1)
    cell.addLayout(line)
    if field.old is not None:
        cell.addWidget(label(f"原来：{field.old or '（空）'}", "warning", wrap=True))
    _remark(cell, field.problems)
    cell.addStretch(1)
    return cell


def _part(part: ReadPart, *, titled: bool) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(3)
    if titled:
        column.addWidget(label(part.title, "quiet"))
    for widget in chain.from_iterable(_row(row) for row in part.rows):
        column.addWidget(widget)
    _remark(column, part.problems)
    return column


def _row(row: ReadRow) -> list[QWidget]:
    line = QWidget()
    inside = QHBoxLayout(line)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(6)
    if row.mark:
        inside.addWidget(Tag(*MARKS[row.mark]), 0, Qt.AlignmentFlag.AlignTop)
    text = label(row.text, "quiet" if row.mark == "gone" or row.text.startswith("（") else "", wrap=True)
    if row.mark == "gone":
        font = text.font()
        font.setStrikeOut(True)
        text.setFont(font)
    inside.addWidget(text, 1)
    return [line, label(f"原来　{row.old}", "warning", wrap=True)] if row.old else [line]


def _remark(column: QVBoxLayout, problems: Sequence[Remarked]) -> None:
    for problem in problems:
        sign, look = SIGNS.get(problem.severity, SIGNS["I"])
        column.addWidget(label(f"{sign} {problem.message}", look, wrap=True))
