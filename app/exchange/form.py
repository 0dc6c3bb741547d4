"""A filled collection form in a worksheet: labels with their values beside them, one person a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from app.exchange import file_parts, headings
from app.exchange.extent import letters
from app.exchange.headings import Heading, Meaning
from app.exchange.layout import cell_text as text_at
from app.exchange.tables import Table, one_person
from app.exchange.vocabulary import LONGEST_HEADING, key, vocabulary
from app.exchange.workbook import Merge, Row, Sheet

MOST_ROWS = 150
_LABELLED_ROWS = 6
_FIELDS = 10
_MOST_IN_ROW = 6
_FAMILY = {
    "称谓": 0, "关系": 0, "与本人关系": 0, "姓名": 1, "出生年月": 2, "出生日期": 2, "政治面貌": 3,
    "工作单位及职务": 4, "工作单位及职务(联系电话": 4,
}  # fmt: skip


@dataclass(frozen=True)
class _Label:
    row: int
    text: str
    meaning: Meaning
    value_column: int


class _Form:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._spans: dict[tuple[int, int], Merge] = {(merge.top, merge.left): merge for merge in sheet.merges}

    def labels(self) -> list[_Label]:
        found: list[_Label] = []
        family = _family_rows(self._sheet)
        for row in range(min(len(self._sheet.rows), MOST_ROWS)):
            if row in family:
                continue
            column = 0
            while column < len(self._sheet.rows[row]):
                label = self._label(row, column)
                if label:
                    found.append(label)
                    column = label.value_column
                column = self._end(row, column) + 1
        return found

    def _end(self, row: int, column: int) -> int:
        span = self._spans.get((row, column))
        return span.right if span else column

    def _label(self, row: int, column: int) -> _Label | None:
        text = text_at(self._sheet.rows[row], column)
        if not text or len(text) > LONGEST_HEADING or key(text) not in vocabulary("cadres").by_key:
            return None
        meaning = headings.match([Heading(column, text)], "cadres")[0]
        return _Label(row, text, meaning, self._end(row, column) + 1) if meaning.field else None


def _family_columns(sheet: Sheet, row: int) -> dict[int, int]:
    """Sheet column → place in FAMILY, when the row heads the family table."""
    found = {}
    for column, cell in enumerate(sheet.rows[row]):
        if isinstance(cell, str) and key(cell) in _FAMILY:
            found[column] = _FAMILY[key(cell)]
    return found if {0, 1} <= set(found.values()) else {}


def is_form(sheet: Sheet) -> bool:
    """Whether labels run down the sheet, as on a form, instead of along one row."""
    if any(_known(row) > _MOST_IN_ROW for row in sheet.rows[:MOST_ROWS]):
        return False
    labels = _Form(sheet).labels()
    fields = {label.meaning.field for label in labels}
    return len({label.row for label in labels}) >= _LABELLED_ROWS and len(fields) >= _FIELDS


def _known(row: Row) -> int:
    """How many headings a row holds; the head of a list has more than a form puts into one row."""
    return sum(1 for cell in row if isinstance(cell, str) and key(cell) in vocabulary("cadres").by_key)


def form_table(sheet: Sheet) -> Table | None:
    """The person on a form; None when nobody's name is filled in."""
    cells, places = _filled(sheet, _Form(sheet).labels())
    if not any(text for _, field, _, text in cells if field == "name"):
        return None
    title = next((text for row in sheet.rows[:3] if (text := text_at(row, 0))), sheet.name)
    return one_person(sheet.name, title, cells, places=places)


def _filled(sheet: Sheet, labels: list[_Label]) -> tuple[list[tuple[str, str, str, str]], list[str]]:
    cells: list[tuple[str, str, str, str]] = []
    places: list[str] = []
    for label in labels:
        text = text_at(sheet.rows[label.row], label.value_column)
        cells.append(("".join(label.text.split()), label.meaning.field or "", label.meaning.part, text))
        places.append(f"{letters(label.value_column)}{label.row + 1}")
    family, place = _family(sheet)
    cells.append(("家庭主要成员及重要社会关系", "family", "text", family))
    return cells, [*places, place]


def _family_rows(sheet: Sheet) -> range:
    """The heading row of the family table and the rows below it, up to the next label on the left."""
    for head in range(min(len(sheet.rows), MOST_ROWS)):
        if columns := _family_columns(sheet, head):
            last = head + 1
            while last < len(sheet.rows) and not any(
                text_at(sheet.rows[last], column) for column in range(min(columns))
            ):
                last += 1
            return range(head, last)
    return range(0)


def _family(sheet: Sheet) -> tuple[str, str]:
    rows = _family_rows(sheet)
    if not rows:
        return "", ""
    columns = _family_columns(sheet, rows[0])
    members = []
    for row in rows[1:]:
        cells = [""] * len(file_parts.FAMILY)
        for column, place in columns.items():
            cells[place] = text_at(sheet.rows[row], column)
        members.append(cells)
    return file_parts.family_text(members), f"A{rows[0] + 1}"
