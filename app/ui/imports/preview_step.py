"""Step three of taking a file in: the four piles, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.services.import_preview import PILES, Pile, PreviewRow
from app.ui.forms.import_state import ImportState, said_beside, shown_fields
from app.ui.imports.doubt_view import DoubtView
from app.ui.tables.text_table import Line, MadeLines, TextTable
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.words import label

SIGNS: dict[Pile, str] = {"new": "+", "changed": "≠", "same": "=", "doubtful": "?"}
MEANS: dict[Pile, str] = {
    "new": "表里有、这里没有，会加进来。",
    "changed": "已经有了，表里说得不一样或更多，会照表里的改。空格不会盖掉已有的内容。",
    "same": "已经有了，内容也一样，不动。",
    "doubtful": "不能自己作主的，请您一行一行定；没有定的不会导入。",
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

    def __init__(self, state: ImportState) -> None:
        super().__init__()
        self._state = state
        self.doubts = DoubtView(state)
        self.tables: dict[Pile, TextTable] = {
            "new": TextTable(("行", "姓名")),
            "changed": TextTable(CHANGED, CHANGED_WIDTHS),
            "same": TextTable(("行", "姓名")),
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

    def renew(self) -> None:
        """Shows the piles of the file that was just read, the first that is not empty in front."""
        for pile in ORDER:
            rows = self._state.pile(pile)
            self._empty[pile].setVisible(not rows)
            self._parts[pile].setVisible(bool(rows))
        self.doubts.renew()
        self.tables["changed"].show_lines(_changes(self._state.pile("changed")))
        for pile in ("new", "same"):
            self._show_rows(pile)
        filled = [place for place, pile in enumerate(ORDER) if self._state.pile(pile)]
        self.tabs.setCurrentIndex(filled[0] if filled else 0)
        self._count()

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
        said = any(said_beside(row) for row in rows)
        headings = ["行", *(label for _, label in fields), *(["提醒"] if said else [])]
        widths = [ROW_WIDTH, *(WIDE.get(name, TEXT_WIDTH) for name, _ in fields)]
        names = [name for name, _ in fields]
        lines = MadeLines(rows, lambda row: _line(row, names, said=said))
        self.tables[pile].show_lines(lines, headings, widths)


def _line(row: PreviewRow, names: Sequence[str], *, said: bool) -> Line:
    told = row.texts
    texts = [str(row.row or ""), *(told.get(name, "") for name in names)]
    beside = said_beside(row)
    if not said:
        return Line(row, texts)
    return Line(row, [*texts, f"! {beside}" if beside else ""], {len(texts): "dusk"})


def _changes(rows: Sequence[PreviewRow]) -> list[Line]:
    """One line for each field that changes; row and name stand at the first."""
    lines = []
    for row in rows:
        for place, change in enumerate(row.differences):
            head = ("", "", "") if place else (str(row.row or ""), row.label, said_beside(row))
            texts = (head[0], head[1], change.label, change.old or "（空）", change.new, head[2])
            lines.append(Line(row, texts, {3: "quiet", 4: "leaf", 5: "dusk"}))
    return lines
