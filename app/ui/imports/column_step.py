"""Step two of taking a file in: which column means what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.services.import_preview import WAYS, Kind, PreviewColumn, PreviewSheet, Way
from app.ui import theme
from app.ui.forms.doubt_state import covered_cell
from app.ui.forms.import_state import ImportState, field_choices, fields_with_rules
from app.ui.imports.column_words import KNOWN, before_words, note_of, resumed_words, said_below
from app.ui.widgets.banner import Banner
from app.ui.widgets.choice_box import ChoiceBox, ChoiceModel, Entry
from app.ui.widgets.segments import Segments
from app.ui.widgets.tag import Level, Tag
from app.ui.widgets.words import label

HEADINGS = ("列", "表里的列名", "头两行的内容", "对应到", "把握", "说明", "已有的人")
WIDTHS = (44, 130, 280, 200, 100, 280, 120)
LETTER, HEADING, SAMPLES, FIELD, CERTAINTY, NOTE, WAY = range(7)
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
    proposal_wanted = Signal()
    fresh_wanted = Signal()
    """What was set and decided before the file was left half-way is not wanted."""
    ruled = Signal()
    """The rule of a column was changed."""

    def __init__(self, state: ImportState) -> None:
        super().__init__()
        self._state = state
        self._entries: dict[Kind, ChoiceModel] = {}
        self._sheet: PreviewSheet | None = None
        self.boxes: dict[int, ChoiceBox] = {}
        self.rules: dict[int, QComboBox] = {}
        self.again, self.known, self.resumed = Banner(), Banner(), Banner()
        self.all = Segments([(way, WAYS[way]) for way in ("overwrite", "fill")])
        self.all.setToolTip("名册里已有的人：照表里的改，还是只填还空着的项；每一列也可以单独定")
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.summary = label("", "section")
        self.count = QHBoxLayout()
        self._all_word = label("已有的人，整张表", "quiet")
        self.table = self._table()
        self.foot = label("", "quiet", wrap=True)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_sheet)
        self.all.chosen.connect(self._rule_all)
        self.known.pressed.connect(self.proposal_wanted)
        self.resumed.pressed.connect(self.fresh_wanted)

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
        header.moveSection(WAY, CERTAINTY)
        return table

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.summary)
        line.addLayout(self.count)
        line.addStretch(1)
        line.addWidget(self._all_word)
        line.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        for banner in (self.again, self.known, self.resumed):
            column.addWidget(banner)
        column.addWidget(self.tabs)
        column.addLayout(line)
        column.addWidget(label("不对的，在“对应到”里改；打字、拼音首字母都能找", "quiet"))
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)

    def _columns(self) -> list[PreviewColumn]:
        return list(self._sheet.columns) if self._sheet else []

    def _show_before(self) -> None:
        """What is known of this file, and of tables like it."""
        for banner, text, verb in (
            (self.again, before_words(self._state.taken_before), ""),
            (self.resumed, resumed_words(self._state.resumed), "从头来"),
            (self.known, KNOWN if self._state.remembered and not self._state.resumed else "", "按程序认的来"),
        ):
            banner.hide()
            if text:
                banner.say("info", text, verb)

    def _show_sheet(self, place: int) -> None:
        if not 0 <= place < len(self._state.sheets):
            return
        self._sheet = self._state.sheets[place]
        self._summarise(self._sheet)
        self.boxes.clear()
        self.rules.clear()
        self.table.setRowCount(0)
        self.table.setRowCount(len(self._sheet.columns))
        for row, column in enumerate(self._sheet.columns):
            self._fill(row, column, self._sheet)
        self.table.setColumnHidden(NOTE, not any(note_of(column) for column in self._sheet.columns))
        ruled = fields_with_rules(self._sheet)
        self.table.setColumnHidden(WAY, not ruled)
        for widget in (self.all, self._all_word):
            widget.setVisible(bool(ruled))
        ways = {self._state.way(self._sheet, field) for field in ruled}
        self.all.choose("fill" if ways == {"fill"} else "overwrite")

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
        self.foot.setText("\n".join(said_below(self._state, sheet)))
        self.foot.setVisible(bool(self.foot.text()))

    def _fill(self, row: int, column: PreviewColumn, sheet: PreviewSheet) -> None:
        samples = " ｜ ".join(covered_cell(column.field or "", text) for text in column.samples if text)
        texts = {
            LETTER: column.letter,
            HEADING: column.heading.strip(),
            SAMPLES: samples,
            NOTE: note_of(column),
        }
        for place, text in texts.items():
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.table.setItem(row, place, item)
        self.table.setCellWidget(row, FIELD, _framed(self._box(column, sheet)))
        word, level = MARKS[certainty(column)]
        self.table.setCellWidget(row, CERTAINTY, _framed(Tag(word, level)))
        if column.field in fields_with_rules(sheet):
            self.table.setCellWidget(row, WAY, _framed(self._rule(column, sheet)))

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

    def _rule(self, column: PreviewColumn, sheet: PreviewSheet) -> QComboBox:
        """What becomes of the column's values for somebody who is there already."""
        box = QuietCombo()
        box.setAccessibleName(f"“{column.heading.strip()}”对已有的人")
        for way, word in WAYS.items():
            box.addItem(word, way)
        field = column.field or ""
        box.setCurrentIndex(box.findData(self._state.way(sheet, field)))
        box.activated.connect(lambda: self._set_rule(sheet, [field], box.currentData()))
        self.rules[column.index] = box
        return box

    def _rule_all(self, way: str) -> None:
        if self._sheet is not None:
            self._set_rule(
                self._sheet, fields_with_rules(self._sheet), "fill" if way == "fill" else "overwrite"
            )

    def _set_rule(self, sheet: PreviewSheet, fields: Sequence[str], way: Way) -> None:
        self._state.set_way(sheet, fields, way)
        for column in sheet.columns:
            if column.index in self.rules:
                box = self.rules[column.index]
                box.setCurrentIndex(box.findData(self._state.way(sheet, column.field or "")))
        self.ruled.emit()

    def _map(self, sheet: PreviewSheet, column: PreviewColumn, field: str) -> None:
        self._state.map_column(sheet, column, field)
        self.mapped.emit()

    def _model(self, kind: Kind) -> ChoiceModel:
        if kind not in self._entries:
            self._entries[kind] = ChoiceModel(Entry(*choice) for choice in field_choices(kind))
        return self._entries[kind]


class QuietCombo(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the table must not change a rule on the way."""
        event.ignore()


def _meaning(column: PreviewColumn, entries: ChoiceModel) -> str:
    """The entry of the column's field; of a part of it, the first entry that begins with the field."""
    field = column.field or ""
    return next((key for key in entries.places if key == field or key.startswith(f"{field}/")), field)


def _framed(widget: QWidget) -> QWidget:
    frame = QWidget()
    line = QHBoxLayout(frame)
    line.setContentsMargins(4, 2, 4, 2)
    line.addWidget(widget, 1 if isinstance(widget, QComboBox) else 0, Qt.AlignmentFlag.AlignVCenter)
    if not isinstance(widget, QComboBox):
        line.addStretch(1)
    return frame
