"""A worksheet as a person sees it: areas of one or several cells, and what stands beside and below each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.exchange.extent import letters
from app.exchange.workbook import Merge, Sheet
from app.fields.kinds import cell_text

MOST_ROWS = 200
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Area:
    """One cell, or merged ones; rows and columns from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int
    value: Any

    @property
    def text(self) -> str:
        return cell_text(self.value).strip()

    @property
    def place(self) -> str:
        return f"{letters(self.left)}{self.top + 1}"


class Areas:
    """All areas of the upper left part of a sheet; a form is not larger."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = sheet.rows[:MOST_ROWS]
        self.width = min(max(map(len, self.rows), default=0), MOST_COLUMNS)
        self._spans: dict[tuple[int, int], Merge] = {}
        for merge in sheet.merges:
            self._cover(merge)

    def _cover(self, merge: Merge) -> None:
        for row in range(merge.top, min(merge.bottom + 1, len(self.rows))):
            for column in range(merge.left, min(merge.right + 1, self.width)):
                self._spans[row, column] = merge

    def at(self, row: int, column: int) -> Area | None:
        """The area that covers the cell; None outside of the sheet."""
        if not (0 <= row < len(self.rows) and 0 <= column < self.width):
            return None
        span = self._spans.get((row, column), Merge(row, column, row, column))
        if span.top >= len(self.rows):
            return None
        line = self.rows[span.top]
        return Area(*span, line[span.left] if span.left < len(line) else "")

    def right_of(self, area: Area) -> Area | None:
        return self.at(area.top, area.right + 1)

    def below(self, area: Area) -> Area | None:
        return self.at(area.bottom + 1, area.left)

    def left_of(self, area: Area) -> Area | None:
        return self.at(area.top, area.left - 1)

    def in_row(self, row: int) -> list[Area]:
        """The areas that begin in this row, from left to right."""
        found: list[Area] = []
        column = 0
        while (area := self.at(row, column)) is not None:
            if area.top == row:
                found.append(area)
            column = area.right + 1
        return found
