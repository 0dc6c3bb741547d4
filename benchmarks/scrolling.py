"""Scrolling the roster table page by page, beside a plain table view of the same texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from app.ui import theme
from app.ui.roster.column_sets import COLUMNS, SETS, WIDTHS
from app.ui.tables.record_table import RecordTableModel
from app.ui.tables.record_view import RecordTable
from benchmarks.comparison import Comparison, in_turn
from benchmarks.filled_database import fill, open_filled

PAGES = 40
TIMES = 7
SHOWN = next(iter(SETS.values()))


class Plain(QAbstractTableModel):
    """Texts in a list."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(SHOWN)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def run(folder: Path) -> Iterator[Comparison]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, "light")
    for people in (5_000, 100_000):
        yield _compare(folder / f"scrolling-{people}", people)


def _compare(folder: Path, people: int) -> Comparison:
    fill(folder, people, whole=False)
    desk = open_filled(folder)
    rows = desk.cadres.rows(COLUMNS)
    model = RecordTableModel([desk.cadres.record.field(name) for name in COLUMNS])
    desk.close()
    ours = RecordTable(model)
    ours.show_rows(rows)
    ours.set_widths({name: WIDTHS.get(name, 112) for name in COLUMNS})
    ours.show_columns(SHOWN)
    ours.freeze(1)
    texts = [[model.text(row, model.column_of(name)) for name in SHOWN] for row in range(people)]
    model.show(rows)
    floor = QTableView()
    plain = Plain(texts)
    floor.setModel(plain)
    floor.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    floor.verticalHeader().setDefaultSectionSize(theme.size("row"))
    floor.verticalHeader().hide()
    taken = in_turn(TIMES, _pages(ours), _pages(floor))
    page, least = (milliseconds / PAGES for milliseconds in taken)
    ours.close()
    floor.close()
    floor_is = "a plain QTableView, texts only"
    return Comparison(f"Roster scrolled by a page, {people:,} people", page, least, "ms", floor_is)


def _pages(view: QTableView) -> Callable[[], None]:
    """Down the list in as many steps as would take a keyboard held down for a second or two."""
    view.resize(1000, 600)
    view.show()

    def scroll() -> None:
        bar = view.verticalScrollBar()
        for page in range(PAGES):
            bar.setValue(bar.maximum() * page // PAGES)
            QApplication.processEvents()

    return scroll
