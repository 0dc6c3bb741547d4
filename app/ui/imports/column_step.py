"""Step two of taking a file in: which column means what."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.services.import_preview import Kind, PreviewColumn, PreviewSheet
from app.ui import theme
from app.ui.forms.import_state import ImportState, covered_cell, field_choices
from app.ui.widgets.banner import Banner
from app.ui.widgets.choice_box import ChoiceBox, ChoiceModel, Entry
from app.ui.widgets.tag import Level, Tag
from app.ui.widgets.words import label

HEADINGS = ("列", "表里的列名", "头两行的内容", "对应到", "把握", "说明")
WIDTHS = (44, 130, 300, 200, 100, 240)
LETTER, HEADING, SAMPLES, FIELD, CERTAINTY, NOTE = range(6)
MARKS: dict[str, tuple[str, Level]] = {
    "sure": ("✓ 确定", "ok"),
    "likely": ("≈ 多半是", "warning"),
    "unknown": ("? 没认出", "error"),
    "unused": ("– 不用导", "quiet"),
}
ORDER = ("unknown", "likely", "sure", "unused")
KINDS: dict[Kind, str] = {"cadres": "花名册", "visits": "走访台账", "payments": "发放表"}


def certainty(column: PreviewColumn) -> str:
    return "unused" if column.field is None and column.certainty == "sure" else column.certainty


class ColumnStep(QWidget):
    mapped = Signal()
    """A column was set by hand; the file has to be read again."""

    def __init__(self, state: ImportState) -> None:
        super().__init__()
        self._state = state
        self._entries: dict[Kind, ChoiceModel] = {}
        self._sheet: PreviewSheet | None = None
        self.boxes: dict[int, ChoiceBox] = {}
        self.again = Banner()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.summary = label("", "section")
        self.count = QHBoxLayout()
        self.table = self._table()
        self.foot = label("", "quiet", wrap=True)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_sheet)

    def renew(self) -> None:
        """Shows what was understood of the file."""
        here = max(0, self.tabs.currentIndex())
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for sheet in self._state.sheets:
            self.tabs.addTab(f"{sheet.name}（{KINDS[sheet.kind]}，{len(sheet.rows)} 行）")
        self.tabs.setVisible(self.tabs.count() > 1)
        here = min(here, self.tabs.count() - 1)
        self.tabs.setCurrentIndex(here)
        self.tabs.blockSignals(False)
        self._show_before()
        self._show_sheet(here)

    def take_focus(self) -> None:
        """At the first column that is not sure, else in the table."""
        unsure = [place for place, column in enumerate(self._columns()) if certainty(column) in ORDER[:2]]
        if unsure:
            self.table.scrollTo(self.table.model().index(unsure[0], LETTER))
            self.boxes[self._columns()[unsure[0]].index].setFocus()
        else:
            self.table.setFocus()

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(HEADINGS))
        table.setObjectName("columns")
        table.setHorizontalHeaderLabels(HEADINGS)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.size("row") + 8)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, width in enumerate(WIDTHS):
            table.setColumnWidth(place, width)
        header.setSectionResizeMode(SAMPLES, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.summary)
        line.addLayout(self.count)
        line.addStretch(1)
        line.addWidget(label("不对的，在“对应到”里改；打字、拼音首字母都能找", "quiet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.again)
        column.addWidget(self.tabs)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)

    def _columns(self) -> list[PreviewColumn]:
        return list(self._sheet.columns) if self._sheet else []

    def _show_before(self) -> None:
        if before := self._state.taken_before:
            self.again.say(
                "info", f"这个文件 {before[:10]} {before[11:16]} 导入过，这次只会写入有变化的内容。"
            )
        else:
            self.again.hide()

    def _show_sheet(self, place: int) -> None:
        if not 0 <= place < len(self._state.sheets):
            return
        self._sheet = self._state.sheets[place]
        self._summarise(self._sheet)
        self.boxes.clear()
        self.table.setRowCount(0)
        self.table.setRowCount(len(self._sheet.columns))
        for row, column in enumerate(self._sheet.columns):
            self._fill(row, column, self._sheet)
        self.table.setColumnHidden(NOTE, not any(_note(column) for column in self._sheet.columns))

    def _summarise(self, sheet: PreviewSheet) -> None:
        self.summary.setText(f"{KINDS[sheet.kind]} · {len(sheet.columns)} 列 · {len(sheet.rows)} 行")
        while item := self.count.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        found = Counter(certainty(column) for column in sheet.columns)
        for name in ORDER:
            if found[name]:
                word, level = MARKS[name]
                self.count.addWidget(Tag(f"{word} {found[name]}", level))
        self.foot.setText("\n".join(_beside(self._state, sheet)))
        self.foot.setVisible(bool(self.foot.text()))

    def _fill(self, row: int, column: PreviewColumn, sheet: PreviewSheet) -> None:
        samples = " ｜ ".join(covered_cell(column.field or "", text) for text in column.samples if text)
        texts = {
            LETTER: column.letter,
            HEADING: column.heading.strip(),
            SAMPLES: samples,
            NOTE: _note(column),
        }
        for place, text in texts.items():
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.table.setItem(row, place, item)
        self.table.setCellWidget(row, FIELD, _framed(self._box(column, sheet)))
        word, level = MARKS[certainty(column)]
        self.table.setCellWidget(row, CERTAINTY, _framed(Tag(word, level)))

    def _box(self, column: PreviewColumn, sheet: PreviewSheet) -> ChoiceBox:
        box = ChoiceBox(self._model(sheet.kind))
        box.setObjectName(f"column_{column.letter}")
        box.setAccessibleName(f"“{column.heading.strip()}”对应到")
        if column.field or certainty(column) == "unused":
            box.choose(_meaning(column, self._model(sheet.kind)))
        else:
            box.line.setPlaceholderText("不导入；要导入就在这里选")
        box.chosen.connect(lambda field: self._map(sheet, column, field))
        self.boxes[column.index] = box
        return box

    def _map(self, sheet: PreviewSheet, column: PreviewColumn, field: str) -> None:
        self._state.map_column(sheet, column, field)
        self.mapped.emit()

    def _model(self, kind: Kind) -> ChoiceModel:
        if kind not in self._entries:
            self._entries[kind] = ChoiceModel(Entry(*choice) for choice in field_choices(kind))
        return self._entries[kind]


def _meaning(column: PreviewColumn, entries: ChoiceModel) -> str:
    """The entry of the column's field; of a part of it, the first entry that begins with the field."""
    field = column.field or ""
    return next((key for key in entries.places if key == field or key.startswith(f"{field}/")), field)


def _note(column: PreviewColumn) -> str:
    hidden = "表里隐藏的列" if column.hidden else ""
    return "；".join(text for text in (hidden, column.note) if text)


def _beside(state: ImportState, sheet: PreviewSheet) -> list[str]:
    """What is not taken over, and what else is to be known."""
    skipped = [
        f"{why}（第 {'、'.join(str(row) for row, _ in rows)} 行）"
        for why, rows in groupby(sorted(sheet.skipped, key=lambda each: each[1]), key=lambda each: each[1])
    ]
    said = [f"不是人的行，没有读：{'，'.join(skipped)}。"] if skipped else []
    ignored = state.preview.ignored if state.preview else ()
    said += [f"工作表“{name}”没有读：{why}。" for name, why in ignored]
    notes = [*sheet.notes, *(state.preview.notes if state.preview else ())]
    return said + [f"{note}。" for note in notes]


def _framed(widget: QWidget) -> QWidget:
    frame = QWidget()
    line = QHBoxLayout(frame)
    line.setContentsMargins(4, 2, 4, 2)
    line.addWidget(widget, 1 if isinstance(widget, ChoiceBox) else 0, Qt.AlignmentFlag.AlignVCenter)
    if not isinstance(widget, ChoiceBox):
        line.addStretch(1)
    return frame
