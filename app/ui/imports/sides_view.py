"""Both sides of a doubtful row, field by field; what is not wanted is taken out with the space bar or a press."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.services.import_preview import PreviewRow
from app.services.import_sides import Side
from app.ui.forms.doubt_state import DoubtState
from app.ui.tables.text_table import Line, TextTable

WRITES, OUT, SAME, REFUSED = "✓ 写入", "– 不写", "＝ 一样", "× 不能用"
TONES = {WRITES: "leaf", OUT: "quiet", SAME: "quiet", REFUSED: "seal"}
LABEL, SAID, KEPT, WHAT = range(4)
WIDTHS = (120, 230, 230)


class SidesView(TextTable):
    turned = Signal()
    """A field was taken out of what is written, or put back."""

    def __init__(self, state: DoubtState) -> None:
        super().__init__(("项目", "表里写的", "已有的", "写入"), WIDTHS)
        self.setObjectName("sides")
        self.setAccessibleName("表里写的和已有的，逐项对照")
        self.setToolTip("空格键或点“写入”一栏：这一项写还是不写")
        self._state = state
        self._row: PreviewRow | None = None
        self.sides: list[Side] = []
        self.installEventFilter(self)
        self.clicked.connect(self._press)

    def show_row(self, row: PreviewRow | None) -> None:
        """Both sides as they stand with what was decided so far; what differs stands above what is the same."""
        stays = row is self._row and bool(self.sides)
        here = self.place
        self._row = row
        found = self._state.sides(row) if row is not None else []
        self.sides = sorted(found, key=lambda side: side.said == side.kept and side.field != "name")
        self.show_lines([self._line(row, side) for side in self.sides] if row is not None else [])
        if stays and 0 <= here < len(self.sides):
            self.go_to(here)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
        ):
            self._turn(self.place)
            return True
        return super().eventFilter(watched, event)

    def _press(self, index: QModelIndex) -> None:
        if index.column() == WHAT:
            self._turn(index.row())

    def _turn(self, place: int) -> None:
        if self._row is None or not 0 <= place < len(self.sides) or not self._may_turn(self.sides[place]):
            return
        self._state.turn(self._row, self.sides[place].field)
        self.show_row(self._row)
        self.turned.emit()

    def _may_turn(self, side: Side) -> bool:
        """Nobody new comes without a name."""
        return side.writes and not self._decided_against and bool(side.field != "name" or side.kept)

    @property
    def _decided_against(self) -> bool:
        decision = self._state.decision(self._row) if self._row is not None else None
        return decision is not None and not decision.take

    def _line(self, row: PreviewRow, side: Side) -> Line:
        what = self._what(row, side)
        texts = (
            side.label,
            *(self._state.shown(row, side.field, text) for text in (side.said, side.kept)),
            what,
        )
        tones = {WHAT: TONES[what], SAID: TONES[what] if what != SAME else "quiet"}
        return Line(side.field, texts, tones)

    def _what(self, row: PreviewRow, side: Side) -> str:
        if side.refused:
            return REFUSED
        if side.said == side.kept:
            return SAME
        out = not side.writes or self._decided_against or self._state.is_out(row, side.field)
        return OUT if out else WRITES
