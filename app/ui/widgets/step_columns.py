"""Steps side by side where there is room; one after the other where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

NUMBERS = "①②③④"
MOST_WIDTH = 16_777_215
"""Qt's word for no limit."""


class StepColumns(QWidget):
    """The last step takes the room that is left. Below `roomy` pixels a row of steps chooses which one is seen."""

    def __init__(self, steps: Sequence[tuple[str, QWidget, int]], roomy: int) -> None:
        """`steps` are (title, what it holds, its width where there is room)."""
        super().__init__()
        self._roomy = roomy
        titles = [f"{number} {title}" for number, (title, _, _) in zip(NUMBERS, steps, strict=False)]
        self.chooser = Segments([(str(place), title) for place, title in enumerate(titles)])
        self._titles = [label(title, "section") for title in titles]
        self._columns = [
            _column(title, part) for title, (_, part, _) in zip(self._titles, steps, strict=True)
        ]
        self._widths = [width for _, _, width in steps]
        row = QHBoxLayout()
        row.setSpacing(16)
        for column in self._columns:
            row.addWidget(column, int(column is self._columns[-1]))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.chooser)
        whole.addLayout(row, 1)
        self.chooser.chosen.connect(lambda _key: self._arrange())
        self._arrange()

    def go_to(self, step: int) -> None:
        """Brings this step into sight."""
        self.chooser.choose(str(step))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        roomy = self.width() >= self._roomy
        self.chooser.setVisible(not roomy)
        for place, column in enumerate(self._columns):
            self._titles[place].setVisible(roomy)
            column.setVisible(roomy or self.chooser.key == str(place))
            last = place == len(self._columns) - 1
            fixed = roomy and not last
            column.setMinimumWidth(self._widths[place] if fixed else 0)
            column.setMaximumWidth(self._widths[place] if fixed else MOST_WIDTH)


def _column(title: QWidget, part: QWidget) -> QWidget:
    column = QWidget()
    inside = QVBoxLayout(column)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(8)
    inside.addWidget(title)
    inside.addWidget(part, 1)
    return column
