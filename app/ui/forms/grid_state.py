"""A grid of values, a line a person: typed, filled down or pasted from a workbook; no Qt here."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import UnreadableError
from app.fields.formula_text import unmarked
from app.fields.names import clean_name
from app.fields.spec import Field, Problem

Cell = tuple[str, str]
"""(uid of the person, name of the field)."""


@dataclass(frozen=True)
class Pasted:
    """What a paste did: cells filled, those to mend, lines without a place, names nobody or several here have."""

    cells: int
    wrong: int = 0
    left_over: int = 0
    unknown: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        parts = [f"粘贴了 {self.cells} 格"]
        if self.wrong:
            parts.append(f"其中 {self.wrong} 格看不明白，已经标出")
        if self.left_over:
            parts.append(f"多出 {self.left_over} 行没有粘贴")
        if self.unknown:
            parts.append(f"名单里对不上的名字没有粘贴：{'、'.join(self.unknown)}")
        return "；".join(parts) + "。"


class GridState:
    """What was typed stays as typed, also when it cannot be read; `values` gives what could be."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = list(fields)
        self.lines: list[tuple[str, str]] = []
        """(uid, name) from top to bottom."""
        self._texts: dict[Cell, str] = {}
        self._before: list[dict[Cell, str]] = []

    def show(self, lines: Iterable[tuple[str, str]]) -> None:
        """Other lines; the texts of who has gone are kept for when they come back."""
        self.lines = list(lines)

    def text(self, uid: str, name: str) -> str:
        return self._texts.get((uid, name), "")

    def put(self, uid: str, values: Mapping[str, Any]) -> None:
        """Stored values as a beginning; not a step that can be undone."""
        for field in self.fields:
            self._texts[uid, field.name] = field.kind.format(values.get(field.name))

    def type_in(self, uid: str, name: str, text: str) -> None:
        self._change({(uid, name): text})

    def fill(self, name: str, text: str, uids: Iterable[str]) -> None:
        """The same text for several people, as one step."""
        self._change({(uid, name): text for uid in uids})

    def clear(self, cells: Iterable[Cell]) -> None:
        self._change(dict.fromkeys(cells, ""))

    def undo(self) -> bool:
        """Takes the last step back; False when there is none."""
        if not self._before:
            return False
        self._texts = self._before.pop()
        return True

    def paste(self, block: str, line: int, column: int) -> Pasted:
        """Cells of a workbook from this place on; on the name column (-1) each line begins with whose it is."""
        read = csv.reader(io.StringIO(block), delimiter="\t")
        rows = [[unmarked(cell) for cell in row] for row in read if any(row)]
        if column < 0:
            return self._paste_by_name(rows)
        room = len(self.lines) - line
        cells = {
            (self.lines[line + down][0], field.name): text.strip()
            for down, row in enumerate(rows[:room])
            for field, text in zip(self.fields[column:], row, strict=False)
        }
        self._change(cells)
        return Pasted(len(cells), self._wrong(cells), max(0, len(rows) - room))

    def _paste_by_name(self, rows: Sequence[Sequence[str]]) -> Pasted:
        times = Counter(name for _, name in self.lines)
        by_name = {name: uid for uid, name in self.lines if times[name] == 1}
        cells, unknown = {}, []
        for row in rows:
            uid = by_name.get(clean_name(row[0]))
            if uid is None:
                unknown.append(row[0].strip())
                continue
            for field, text in zip(self.fields, row[1:], strict=False):
                cells[uid, field.name] = text.strip()
        self._change(cells)
        return Pasted(len(cells), self._wrong(cells), unknown=tuple(unknown))

    def _wrong(self, cells: Iterable[Cell]) -> int:
        return sum(self.problem(uid, name) is not None for uid, name in cells)

    def values(self, uid: str) -> dict[str, Any]:
        """What could be read of this line; a cell that could not counts as empty."""
        return {field.name: _parsed(field, self.text(uid, field.name)) for field in self.fields}

    def total(self, *names: str) -> int:
        return sum(self.values(uid).get(name) or 0 for uid, _ in self.lines for name in names)

    def problem(self, uid: str, name: str) -> Problem | None:
        """What is wrong with one cell."""
        field = next(field for field in self.fields if field.name == name)
        try:
            found = field.problems(field.kind.parse(self.text(uid, name)))
        except UnreadableError as error:
            return Problem(name, "E", "R-00X", str(error))
        return next((problem for problem in found if problem.code != "R-00"), None)

    @property
    def problems(self) -> list[Problem]:
        """Everything that must be mended, each with whose line it is."""
        found = []
        for uid, person in self.lines:
            for field in self.fields:
                problem = self.problem(uid, field.name)
                if problem and problem.severity == "E":
                    text = f"{person}的{field.label}：{problem.message}"
                    found.append(Problem(field.name, "E", problem.code, text))
        return found

    def snapshot(self) -> dict[Cell, str]:
        """The filled cells of the lines shown, to see whether something was changed."""
        shown = {uid for uid, _ in self.lines}
        return {cell: text for cell, text in self._texts.items() if text and cell[0] in shown}

    def draft(self) -> list[list[str]]:
        """Every filled cell of the lines shown, as [uid, field, text]."""
        return [[uid, name, text] for (uid, name), text in self.snapshot().items()]

    def restore(self, cells: Iterable[Sequence[str]]) -> None:
        """Cells as `draft` gave them; fields that are no longer there are left out."""
        known = {field.name for field in self.fields}
        self._texts.update({(uid, name): text for uid, name, text in cells if name in known})

    def _change(self, cells: Mapping[Cell, str]) -> None:
        kinds = {field.name: field for field in self.fields}
        cells = {cell: _tidy(kinds[cell[1]], text) for cell, text in cells.items()}
        if any(self._texts.get(cell, "") != text for cell, text in cells.items()):
            self._before = [*self._before[-49:], dict(self._texts)]
            self._texts.update(cells)


def _tidy(field: Field, text: str) -> str:
    """As it will be printed; as typed when it cannot be read."""
    try:
        return field.kind.format(field.kind.parse(text))
    except UnreadableError:
        return text.strip()


def _parsed(field: Field, text: str) -> Any:
    try:
        return field.kind.parse(text)
    except UnreadableError:
        return None
