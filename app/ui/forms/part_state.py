"""The rows of one part of a file while they are edited: family, résumé, contacts …; no Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.errors import UnreadableError
from app.fields.spec import Field, Problem, RecordType
from app.ui.forms.form_state import WORST_FIRST

Row = dict[str, Any]
UID = "uid"
UNREADABLE = "R-00X"


class PartState:
    """What cannot be read stays as typed, beside its row, and counts as empty."""

    def __init__(
        self, record: RecordType, rows: Iterable[Mapping[str, Any]] = (), most: int | None = None
    ) -> None:
        self.record = record
        self.most = most
        self._rows: list[Row] = [dict(row) for row in rows]
        self._typed: list[dict[str, str]] = [{} for _ in self._rows]
        self._as_read = self.rows

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def rows(self) -> list[Row]:
        """The rows that say something, with the uid they came with."""
        return [dict(row) for row in self._rows if any(v is not None for k, v in row.items() if k != UID)]

    @property
    def changed(self) -> bool:
        return self.rows != self._as_read or any(self._typed)

    @property
    def full(self) -> bool:
        return self.most is not None and len(self._rows) >= self.most

    def text(self, row: int, name: str) -> str:
        if name in self._typed[row]:
            return self._typed[row][name]
        return self.record.field(name).kind.format(self._rows[row].get(name))

    def type_in(self, row: int, name: str, text: str) -> None:
        try:
            self._rows[row][name] = self.record.field(name).kind.parse(text)
            self._typed[row].pop(name, None)
        except UnreadableError:
            self._rows[row][name] = None
            self._typed[row][name] = text

    def add(self) -> int:
        """An empty row at the end; its place."""
        self._rows.append({field.name: None for field in self.record.fields})
        self._typed.append({})
        return len(self._rows) - 1

    def remove(self, row: int) -> None:
        del self._rows[row], self._typed[row]

    def move(self, row: int, by: int) -> int:
        """Up or down, as far as there is room; the new place."""
        to = min(max(row + by, 0), len(self._rows) - 1)
        self._rows.insert(to, self._rows.pop(row))
        self._typed.insert(to, self._typed.pop(row))
        return to

    def problem(self, row: int, name: str) -> Problem | None:
        """The worst thing about one cell; an empty cell is nobody's fault."""
        field = self.record.field(name)
        if name in self._typed[row]:
            return Problem(name, "E", UNREADABLE, _why(field, self._typed[row][name]))
        found = field.problems(self._rows[row].get(name))
        graded = sorted(found, key=lambda one: WORST_FIRST.index(one.severity))
        return next((one for one in graded if one.code != "R-00"), None)

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong, each with the number of its row."""
        found = []
        for row in range(len(self._rows)):
            for field in self.record.fields:
                if problem := self.problem(row, field.name):
                    text = f"第 {row + 1} 行“{field.label}”：{problem.message}"
                    found.append(Problem(field.name, problem.severity, problem.code, text))
        return found

    def typed(self) -> list[dict[str, str]]:
        """Every row as texts, for the draft; a row keeps its uid."""
        names = [field.name for field in self.record.fields]
        return [
            {**({UID: row[UID]} if row.get(UID) else {}), **{name: self.text(place, name) for name in names}}
            for place, row in enumerate(self._rows)
        ]

    def take(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Rows out of a draft take the place of those read."""
        self._rows, self._typed = [], []
        for texts in rows:
            place = self.add()
            if texts.get(UID):
                self._rows[place][UID] = texts[UID]
            for field in self.record.fields:
                self.type_in(place, field.name, texts.get(field.name, ""))


def _why(field: Field, text: str) -> str:
    try:
        field.kind.parse(text)
    except UnreadableError as error:
        return str(error)
    return ""
