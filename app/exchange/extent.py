"""How far the filled cells of a sheet reach."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import UserError
from app.exchange.limits import LAST_COLUMN, LAST_ROW, MOST_CELLS


@dataclass
class Extent:
    """The last filled row and column, counted from 0."""

    row: int = -1
    column: int = -1

    def add(self, row: int, column: int) -> None:
        if row > self.row:
            self.row = row
        if column > self.column:
            self.column = column

    def check(self, name: str) -> None:
        """Raises UserError when reading the rectangle would cost too much."""
        if self.column >= LAST_COLUMN:
            raise UserError(
                f"“{name}”在第 {LAST_COLUMN} 列以后（{letters(self.column)} 列）还有内容，"
                "请删去表格右边多余的列，保存后再导入"
            )
        if self.row >= LAST_ROW:
            raise UserError(
                f"“{name}”在第 {LAST_ROW} 行以后（第 {self.row + 1} 行）还有内容，"
                "请删去表格下面多余的行，或分成几个文件再导入"
            )
        if (self.row + 1) * (self.column + 1) > MOST_CELLS:
            raise UserError(f"“{name}”里的表太大，请删去表格外多余的行和列，或分成几个文件再导入")


def letters(column: int) -> str:
    """'A' for 0, 'AA' for 26."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def number(column_letters: str) -> int:
    """0 for 'A', 26 for 'AA'."""
    found = 0
    for letter in column_letters.upper():
        found = found * 26 + ord(letter) - 64
    return found - 1
