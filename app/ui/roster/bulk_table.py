"""姓名, 原来, 改为: those left out with the reason first, then those who change, then the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from app.services.bulk_edit import Step
from app.ui.tables.text_table import Line, MadeLines, TextTable

HEADINGS = ("姓名", "原来", "改为")
NAME_WIDTH = 110
NOTHING = "（空）"


class BulkTable(TextTable):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEADINGS, (NAME_WIDTH,), parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def show_steps(self, steps: Sequence[Step]) -> None:
        ordered = sorted(steps, key=lambda step: (not step.problem, not step.changes))
        self.show_lines(MadeLines(ordered, _line))


def _line(step: Step) -> Line:
    if step.problem:
        return Line(step.uid, (step.name, step.old or NOTHING, f"不改：{step.problem}"), {2: "seal"})
    if not step.changes:
        return Line(step.uid, (step.name, step.old or NOTHING, "不动"), dict.fromkeys(range(3), "quiet"))
    return Line(step.uid, (step.name, step.old or NOTHING, step.new or NOTHING))
