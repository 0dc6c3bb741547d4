"""Parts and the photo side by side: on the left the file's, on the right ours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.services.person_compare import WAYS, PartSides, State
from app.ui import theme
from app.ui.tables.text_table import Line, TextTable
from app.ui.widgets.card import Card
from app.ui.widgets.photo import PhotoFrame
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

MOST_SEEN = 5
NOT_WANTED = "不要"
PHOTO_SIZE = QSize(84, 118)
PHOTO_WIDTH = 236
TOLD = {"same": "两边一样", "fill": "我们还没有"}
COLUMN_WIDTHS = {"称谓": 60, "姓名": 84, "出生年月": 84, "政治面貌": 84, "起": 76, "止": 76, "关系": 60}
USUAL_WIDTH = 110


class PartCard(Card):
    decided = Signal(str, str)
    """(part, way)."""

    def __init__(self, sides: PartSides) -> None:
        super().__init__()
        self.sides = sides
        self.set_title(sides.title, TOLD.get(sides.state, "两边不一样，请选"))
        self.ways: Segments | None = None
        if sides.ways:
            words = {**WAYS, "kept": NOT_WANTED} if sides.state == "fill" else WAYS
            self.ways = Segments([(way, words[way]) for way in sides.ways])
            self.ways.setAccessibleName(f"{sides.title}用哪一边的")
            self.ways.choose(sides.usual_way)
            self.ways.chosen.connect(lambda way: self.decided.emit(sides.name, way))
            self.body.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignLeft)
        if sides.note:
            self.add(label(sides.note, "warning", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setRowStretch(2, 1)
        for column, (title, rows) in enumerate((("文件里的", sides.read), ("我们现有的", sides.kept))):
            grid.addWidget(label(title, "quiet"), 0, column)
            grid.addWidget(_table(sides.headings, rows), 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        self.add(grid)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> QWidget:
    if not rows:
        return label("没有", "quiet")
    widths = [COLUMN_WIDTHS.get(heading, USUAL_WIDTH) for heading in headings]
    table = TextTable(headings, widths)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.show_lines([Line(at, [text.replace("\n", " ") for text in row]) for at, row in enumerate(rows)])
    table.clearSelection()
    height = theme.size("row") * (min(len(rows), MOST_SEEN) + 1) + 8
    table.setFixedHeight(height)
    return table


class PhotoCard(Card):
    """Two portraits; the tick takes the file's."""

    toggled = Signal(bool)

    def __init__(self, state: State, read: bytes, kept: bytes | None) -> None:
        super().__init__()
        self.setFixedWidth(PHOTO_WIDTH)
        self.set_title("照片", "两边一样" if state == "same" else "")
        self.take = QCheckBox("用文件里的照片")
        self.take.setChecked(state == "fill")
        self.take.toggled.connect(self.toggled)
        line = QHBoxLayout()
        line.setSpacing(16)
        for title, content in (("文件里的", read), ("我们现有的", kept)):
            line.addWidget(_portrait(title, content))
        line.addStretch(1)
        self.add(self.take)
        self.add(line)
        self.take.setVisible(state != "same")
        self.body.addStretch(1)


def _portrait(title: str, content: bytes | None) -> QWidget:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    frame = PhotoFrame(PHOTO_SIZE, "没有照片")
    frame.setEnabled(False)
    frame.setToolTip("")
    frame.show_picture(content)
    column.addWidget(label(title, "quiet"))
    column.addWidget(frame)
    return side
