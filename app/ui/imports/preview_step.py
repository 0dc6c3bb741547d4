"""Step three of taking a file in: the four piles, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.services.import_preview import PILES, Difference, Pile, PreviewRow
from app.ui.forms.import_state import ImportState, said_beside, shown_fields
from app.ui.imports.doubt_view import DoubtView
from app.ui.tables.text_table import Line, MadeLines, TextTable
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.secret_edit import SHOWN_FOR
from app.ui.widgets.words import label

SIGNS: dict[Pile, str] = {"new": "+", "changed": "≠", "same": "=", "doubtful": "?"}
MEANS: dict[Pile, str] = {
    "new": "表里有、这里没有，会加进来。",
    "changed": "已经有了，表里说得不一样或更多，会照表里的改。空格不会盖掉已有的内容。",
    "same": "已经有了，内容也一样，不动。",
    "doubtful": "不能自己作主的，请您一行一行定；没有定的这次不写入，留在“待定”里，以后再定也行。",
}
NOTHING: dict[Pile, str] = {
    "new": "没有新增。",
    "changed": "没有变化。",
    "same": "没有完全相同的。",
    "doubtful": "没有拿不准的，可以直接导入。",
}
ORDER: tuple[Pile, ...] = ("doubtful", "new", "changed", "same")
CHANGED = ("行", "姓名", "项目", "原来", "改成", "提醒")
CHANGED_WIDTHS = (60, 150, 150, 260, 260)
ROW_WIDTH, TEXT_WIDTH = 60, 110
WIDE = {
    "name": 150,
    "names": 150,
    "id_number": 180,
    "former_unit": 150,
    "situation": 220,
    "mobile": 120,
    "bank_account": 180,
}


class PreviewStep(QWidget):
    decided = Signal()
    show_wanted = Signal(object)
    """The whole numbers of a row are wanted."""

    def __init__(self, state: ImportState, shown_for: int = SHOWN_FOR) -> None:
        super().__init__()
        self._state = state
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(shown_for)
        self.doubts = DoubtView(state)
        self.tables: dict[Pile, TextTable] = {
            "new": TextTable(("行", "姓名"), hides=state.hides),
            "changed": TextTable(CHANGED, CHANGED_WIDTHS, hides=state.hides),
            "same": TextTable(("行", "姓名"), hides=state.hides),
        }
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._empty = {pile: EmptyState(NOTHING[pile]) for pile in ORDER}
        self._parts: dict[Pile, QWidget] = {"doubtful": self.doubts, **self.tables}
        for pile in ORDER:
            self.tabs.addTab(self._page(pile), PILES[pile])
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.tabs)
        self.doubts.decided.connect(self._count)
        self.doubts.decided.connect(self.decided)
        self._clock.timeout.connect(self.cover)
        self.doubts.show_wanted.connect(self.show_wanted)
        for table in self.tables.values():
            table.show_wanted.connect(self.show_wanted)

    def renew(self) -> None:
        """Shows the piles of the file that was just read, the first that is not empty in front."""
        for pile in ORDER:
            rows = self._state.pile(pile)
            self._empty[pile].setVisible(not rows)
            self._parts[pile].setVisible(bool(rows))
        self.doubts.renew()
        self.tables["changed"].show_lines(self._changes())
        for pile in ("new", "same"):
            self._show_rows(pile)
        filled = [place for place, pile in enumerate(ORDER) if self._state.pile(pile)]
        self.tabs.setCurrentIndex(filled[0] if filled else 0)
        self._count()

    def reveal(self, row: PreviewRow) -> None:
        """Shows the whole numbers of this row for a while, after that was allowed."""
        self._state.revealed = row
        self._show_again()
        self._clock.start()

    def cover(self) -> None:
        self._clock.stop()
        if self._state.revealed is not None:
            self._state.revealed = None
            self._show_again()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cover()

    def open(self, pile: Pile) -> None:
        self.tabs.setCurrentIndex(ORDER.index(pile))

    def take_focus(self) -> None:
        pile = ORDER[self.tabs.currentIndex()]
        part = self._parts[pile]
        (self.doubts.table if part is self.doubts else part).setFocus()

    def go_to_undecided(self) -> bool:
        if not self._state.undecided:
            return False
        self.open("doubtful")
        self.doubts.take_focus()
        return self.doubts.go_to_undecided()

    def _page(self, pile: Pile) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(MEANS[pile], "quiet", wrap=True))
        column.addWidget(self._parts[pile], 1)
        column.addWidget(self._empty[pile], 1)
        return page

    def _count(self) -> None:
        for place, pile in enumerate(ORDER):
            count = len(self._state.pile(pile))
            waiting = len(self._state.undecided) if pile == "doubtful" else 0
            rest = f"（还有 {waiting} 行没定）" if waiting and waiting < count else ""
            self.tabs.setTabText(place, f"{SIGNS[pile]} {PILES[pile]} {count}{rest}")

    def _show_rows(self, pile: Pile) -> None:
        rows = self._state.pile(pile)
        fields = shown_fields(self._state.kind, rows)
        headings = ["行", *(label for _, label in fields), *(["提醒"] if _any_said(rows) else [])]
        widths = [ROW_WIDTH, *(WIDE.get(name, TEXT_WIDTH) for name, _ in fields)]
        self.tables[pile].show_lines(self._rows(pile), headings, widths)

    def _show_again(self) -> None:
        """The same rows, where the user is, with numbers covered or not."""
        for pile, table in self.tables.items():
            if self._state.pile(pile):
                table.texts.replace(self._changes() if pile == "changed" else self._rows(pile))
        self.doubts.show_again()

    def _rows(self, pile: Pile) -> Sequence[Line]:
        rows = self._state.pile(pile)
        names = [name for name, _ in shown_fields(self._state.kind, rows)]
        said = _any_said(rows)
        return MadeLines(rows, lambda row: self._line(row, names, said=said))

    def _line(self, row: PreviewRow, names: Sequence[str], *, said: bool) -> Line:
        told = row.said
        texts = [self._state.shown(row, name, told.get(name, "")) for name in names]
        line = [str(row.row or ""), *texts]
        if not said:
            return Line(row, line)
        beside = said_beside(row)
        return Line(row, [*line, f"! {beside}" if beside else ""], {len(line): "dusk"})

    def _changes(self) -> list[Line]:
        """One line for each field that changes; row and name stand at the first."""
        lines = []
        for row in self._state.pile("changed"):
            for place, change in enumerate(row.differences):
                head = ("", "", "") if place else (str(row.row or ""), row.label, said_beside(row))
                old, new = (self._state.shown(row, change.field, text) for text in (change.old, change.new))
                texts = (head[0], head[1], change.label, old or "（空）", _becomes(change, new), head[2])
                tone = "leaf" if change.written else "quiet"
                lines.append(Line(row, texts, {3: "quiet", 4: tone, 5: "dusk"}))
        return lines


def _becomes(change: Difference, new: str) -> str:
    return new if change.written else f"（不写）{new}"


def _any_said(rows: Sequence[PreviewRow]) -> bool:
    return any(said_beside(row) for row in rows)
