"""A year, a quarter or a month; where it makes sense, all time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.fields import periods
from app.ui.widgets.segments import Segments

QUARTERS, MONTHS = range(1, 5), range(1, 13)
LENGTHS = [("year", "年"), ("quarter", "季"), ("month", "月")]


class PeriodField(QWidget):
    """`period` is 'YYYY', 'YYYY-Q1', 'YYYY-MM', or '' for all time."""

    changed = Signal(str)

    def __init__(self, years: Iterable[str], period: str, *, with_all: bool = False) -> None:
        super().__init__()
        self.length = Segments([*LENGTHS, *[("all", "全部")] * with_all])
        self.year = QComboBox()
        self.year.setAccessibleName("年份")
        self.part = QComboBox()
        self.part.setMaxVisibleItems(len(MONTHS))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self.length, self.year, self.part):
            line.addWidget(widget)
        line.addStretch(1)
        self.offer_years(years)
        self.set_period(period)
        self.length.chosen.connect(self._change_length)
        self.year.activated.connect(self._tell)
        self.part.activated.connect(self._tell)

    @property
    def period(self) -> str:
        if self.length.key == "all":
            return ""
        return "-".join(filter(None, (self.year.currentData(), self.part.currentData())))

    def set_period(self, period: str) -> None:
        """Without telling."""
        year, _, part = period.partition("-")
        self.length.choose(_length(period))
        if year:
            self._choose_year(year)
        self._offer_parts(part)

    def offer_years(self, years: Iterable[str]) -> None:
        """Keeps the chosen year, also when nothing happened in it."""
        kept = self.year.currentData()
        self.year.clear()
        for year in years:
            self.year.addItem(f"{year} 年", year)
        if kept:
            self._choose_year(kept)

    def _choose_year(self, year: str) -> None:
        if self.year.findData(year) < 0:
            self.year.addItem(f"{year} 年", year)
        self.year.setCurrentIndex(self.year.findData(year))

    def _change_length(self) -> None:
        self._offer_parts(str(self.part.currentData() or ""))
        self._tell()

    def _offer_parts(self, part: str) -> None:
        length = self.length.key
        self.part.clear()
        for key, word in _parts(length, self.year.currentData() or "0000"):
            self.part.addItem(word, key)
        self.part.setCurrentIndex(max(0, self.part.findData(_of_length(part, length))))
        self.part.setVisible(length in {"quarter", "month"})
        self.year.setVisible(length != "all")

    def _tell(self) -> None:
        self.changed.emit(self.period)


def _length(period: str) -> str:
    if not period:
        return "all"
    part = period.partition("-")[2]
    return "quarter" if part.startswith("Q") else "month" if part else "year"


def _parts(length: str, year: str) -> list[tuple[str, str]]:
    keys = {"quarter": [f"Q{n}" for n in QUARTERS], "month": [f"{n:02d}" for n in MONTHS]}.get(length, [])
    return [(key, periods.said(f"{year}-{key}").removeprefix(f"{year}年")) for key in keys]


def _of_length(part: str, length: str) -> str:
    """The quarter of a month, the first month of a quarter."""
    if length == "quarter" and part.isdigit():
        return f"Q{periods.quarter_of(int(part))}"
    if length == "month" and part.startswith("Q"):
        return periods.beginnings(f"0000-{part}")[0].partition("-")[2]
    return part
