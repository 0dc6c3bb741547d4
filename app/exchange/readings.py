"""From a table to readings: for each row what was understood, what is wrong, and what stood there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.exchange import cells, remarks
from app.exchange.cells import CONTINUED, DERIVED, DOUBTFUL, NAMELESS, Outcome, Pairs, Reader
from app.exchange.contacts import contacts_in
from app.exchange.date_cells import date_reader, in_column_precision, visit_date_reader
from app.exchange.file_parts import family_reader, resume_reader
from app.exchange.headings import Column
from app.exchange.layout import Line
from app.exchange.tables import Table
from app.exchange.vocabulary import words
from app.fields import dates, kinds
from app.fields.codes import code_table
from app.fields.kinds import Flaw, Kind, Severity, cell_text
from app.fields.rules.number_rules import id_matches_birth, id_matches_sex
from app.fields.spec import Problem, RecordType

ADDRESSES = {"residence_address": "home_address", "home_address": "registered_address"}
"""Where 同上 beside an address points: the address to its left in the same row."""
_LONGEST_DITTO = 12
_BESIDE_THE_RECORD: Mapping[str, Kind] = {
    "name": kinds.Name(),
    "id_number": kinds.Identity(),
    "family": kinds.LongText(),
    "resume": kinds.LongText(),
}
"""Kinds of what a table says about people beside the fields of its own record."""


@dataclass(slots=True)
class Reading:
    """One row as it is understood. `values` holds plain values; an empty cell has no entry."""

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    section: str = ""
    columns: Sequence[Column] = ()
    cells: Sequence[Any] = ()
    photo: bytes | None = None

    @property
    def raw(self) -> dict[str, str]:
        """Field → the text that stood there; several columns of one field joined."""
        found: dict[str, str] = {}
        for column, text in self._texts():
            if column.field:
                before = found.get(column.field)
                found[column.field] = f"{before}；{text}" if before else text
        return found

    def _texts(self) -> Iterator[tuple[Column, str]]:
        for column in self.columns:
            if column.index < len(self.cells) and (text := cell_text(self.cells[column.index])):
                yield column, text


@dataclass(frozen=True)
class Readings:
    """All rows of a table, and what is to be said about whole columns."""

    rows: Sequence[Reading]
    notes: Sequence[str] = ()


def read_table(table: Table, record: RecordType) -> Readings:
    """Every row of the table. `record` describes the fields: cadre, visit or payment."""
    rows = [
        Reading(
            table.sheet,
            line.number,
            section=line.section,
            columns=table.columns,
            cells=line.cells,
            photo=line.photo,
        )
        for line in table.lines
    ]
    notes = list(table.notes)
    for column in table.columns:
        if column.field and column.field != "contacts":
            notes += _read_column(table, record, column, rows)
    _read_contacts(table, rows)
    for line, row in zip(table.lines, rows, strict=True):
        _finish(table, line, row)
    return Readings(rows, notes)


def _read_column(table: Table, record: RecordType, column: Column, rows: Sequence[Reading]) -> list[str]:
    """Each different cell is read once; rows of the same cell share its value, which nobody may change."""
    index, ditto = column.index, _Ditto(column)
    shown = [row.cells[index] if index < len(row.cells) else "" for row in rows]
    read = _reader(table, record, column)
    outcomes = {cell: read(cell) for cell in set(shown) if cell not in ("", None) and not ditto.is_one(cell)}
    note = ""
    if isinstance(_kind(record, column), kinds.PartialDate) and column.field != "date":
        note = in_column_precision(_printed(column), column.field or "", outcomes, shown)
    _hand_out(column, rows, shown, outcomes, ditto)
    return [note] if note else []


def _hand_out(
    column: Column,
    rows: Sequence[Reading],
    shown: Sequence[Any],
    outcomes: Mapping[Any, Outcome],
    ditto: _Ditto,
) -> None:
    name = column.field or ""
    plain = {cell: pairs[0][1] for cell, (pairs, flaws) in outcomes.items() if _is_plain(name, pairs, flaws)}
    above: Any = ""
    for row, cell in zip(rows, shown, strict=True):
        value = plain.get(cell)
        if value is not None:
            if row.values.setdefault(name, value) != value:
                _second(row, column, name, value)
            above = cell
        elif cell in outcomes:
            _take(row, column, outcomes[cell])
            above = cell
        elif cell not in ("", None):
            ditto.resolve(row, outcomes.get(above), above)


def _is_plain(name: str, pairs: Pairs, flaws: tuple[Flaw, ...]) -> bool:
    return len(pairs) == 1 and not flaws and pairs[0][0] == name


def _take(row: Reading, column: Column, outcome: Outcome) -> None:
    pairs, flaws = outcome
    for name, value in pairs:
        if row.values.setdefault(name, value) != value:
            _second(row, column, name, value)
    row.problems += [_problem(column, row.row, flaw) for flaw in flaws]


def _printed(column: Column) -> str:
    return column.heading.rpartition("·")[2]


def _problem(column: Column, row: int, flaw: Flaw, field: str = "") -> Problem:
    """A flaw with the address of its cell; `field` where it is not the one the column is for."""
    where = f"{column.letter}{row}" if row else column.letter  # cells of a form carry their own row
    return Problem(field or column.field or "", flaw.severity, flaw.code, f"{where}：{flaw.message}")


def _second(row: Reading, column: Column, name: str, value: Any) -> None:
    """Two columns give one field different values; a second telephone number finds room, nothing else does."""
    if name == "mobile" and "landline" not in row.values:
        row.values["landline"] = value
        row.problems.append(
            _problem(column, row.row, Flaw("I", DERIVED, f"第二个号码 {value} 记在固定电话里"))
        )
        return
    text = "；".join(map(str, value)) if isinstance(value, list) else value
    row.problems.append(_problem(column, row.row, Flaw("W", DOUBTFUL, f"“{text}”与前面一栏不一致，没有读入")))


class _Ditto:
    """同上: for an address the one to its left, elsewhere the cell above."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._sibling = ADDRESSES.get(column.field or "")
        self._words = frozenset(words("ditto_above") + (words("ditto_sibling") if self._sibling else ()))

    def is_one(self, cell: Any) -> bool:
        return isinstance(cell, str) and len(cell) < _LONGEST_DITTO and cell.strip() in self._words

    def resolve(self, row: Reading, above: Outcome | None, cell: Any) -> None:
        name = self._column.field or ""
        if self._sibling and (beside := row.values.get(self._sibling)):
            row.values[name] = beside
        elif above and above[0]:
            row.values.update(above[0])
            row.problems.append(self._told(row, "I", f"“同上”按上一行读作“{cell_text(cell)}”"))
        else:
            row.problems.append(self._told(row, "E", "“同上”没有可以参照的内容，请填写"))

    def _told(self, row: Reading, severity: Severity, message: str) -> Problem:
        return _problem(self._column, row.row, Flaw(severity, DERIVED, message))


def _kind(record: RecordType, column: Column) -> Kind:
    name = column.field or ""
    return record.field(name).kind if record.has(name) else _BESIDE_THE_RECORD.get(name, kinds.LongText())


_SPECIAL: Mapping[tuple[str, str], Callable[[str, Any], Reader]] = {
    ("political_status", "party_member"): cells.party_member_reader,
    ("living_arrangement", "alone"): cells.alone_reader,
    ("health_status", ""): cells.health_reader,
    ("former_unit", "unit_post"): cells.unit_post_reader,
    ("alive", "dead"): lambda name, kind: cells.yes_no_reader(name, kind, inverted=True),
    ("special_conditions", ""): lambda name, _: cells.conditions_reader(name),
    ("family", "text"): lambda name, _: family_reader(name),
    ("resume", "text"): lambda name, _: resume_reader(name),
    ("apps", ""): lambda name, _: cells.apps_reader(name),
    ("names", ""): lambda name, _: cells.names_reader(name),
}


def _reader(table: Table, record: RecordType, column: Column) -> Reader:
    name, kind = column.field or "", _kind(record, column)
    if special := _SPECIAL.get((name, column.part)):
        return special(name, kind)
    if isinstance(kind, kinds.PartialDate):
        if name == "date":
            return visit_date_reader(name, kind, table.year)
        return date_reader(name, kind)
    if isinstance(kind, kinds.YesNo):
        return cells.yes_no_reader(name, kind)
    if isinstance(kind, kinds.Phone):
        return cells.phone_reader(name, kind)
    return cells.plain_reader(name, kind)


def _read_contacts(table: Table, rows: Sequence[Reading]) -> None:
    """Each name column begins a contact; the relation and number columns after it belong to it."""
    sets: list[dict[str, int]] = []
    for column in table.columns:
        if column.field != "contacts":
            continue
        part = {"name_phone": "name"}.get(column.part, column.part or "name")
        if not sets or part in sets[-1]:
            sets.append({})
        sets[-1][part] = column.index
    for row in rows if sets else ():
        found = [contact for each in sets for contact in _contacts_of(row.cells, each)]
        if found:
            row.values["contacts"] = found


def _contacts_of(row: Sequence[Any], columns: Mapping[str, int]) -> list[dict[str, str]]:
    texts = {part: cell_text(row[at]).strip() if at < len(row) else "" for part, at in columns.items()}
    if not any(texts.values()):
        return []
    return contacts_in(texts.get("name", ""), texts.get("relation", ""), texts.get("phone", ""))


def _finish(table: Table, line: Line, row: Reading) -> None:
    if table.kind == "cadres":
        _finish_cadre(table, row)
    wanted = "names" if table.kind == "visits" else "name"
    if not row.values.get(wanted):
        row.problems.append(Problem(wanted, "E", NAMELESS, f"第 {row.row} 行没有姓名，请补填"))
    for number, _ in line.continued:
        told = f"第 {number} 行与本行的姓名合并在一起，那一行的内容没有读入，请核对"
        row.problems.append(Problem(wanted, "W", CONTINUED, told))


def _finish_cadre(table: Table, row: Reading) -> None:
    values = row.values
    if "remarks" in values:
        _read_remarks(table, row)
    if "resume" in values:
        _read_resume(table, row)
    if values.get("died_on") and "alive" not in values:
        values["alive"] = False
    if "id_number" in values:
        row.problems += id_matches_sex(values)
        row.problems += id_matches_birth(values)
    elif (column := _column(table, "id_number")) and not any(
        each.field == "id_number" for each in row.problems
    ):
        row.problems.append(_problem(column, row.row, Flaw("W", "R-10", "没有身份证号，请补填或写明原因")))


def _read_resume(table: Table, row: Reading) -> None:
    """A résumé that ends with 退休 says since when."""
    last, column = row.values["resume"][-1], _column(table, "resume")
    kind = code_table("retirement_kind").find(last.get("text", ""))
    if not kind or not column or "retired_on" in row.values:
        return
    row.values["retired_on"] = last["started_on"]
    row.values.setdefault("retirement_kind", kind)
    told = Flaw("I", DERIVED, f"按简历最后一段记下：{last['text']} {dates.show(last['started_on'])}")
    row.problems.append(_problem(column, row.row, told, "retired_on"))


def _column(table: Table, name: str) -> Column | None:
    return next((column for column in table.columns if column.field == name), None)


def _read_remarks(table: Table, row: Reading) -> None:
    column = _column(table, "remarks")
    assert column is not None, "remarks were read from a column"
    for name, value, said in remarks.facts_in(row.values["remarks"]):
        present = row.values.get(name)
        if present is not None and present != value:
            flaw = Flaw("W", DOUBTFUL, f"备注写着“{said}”，与表中不一致，请核对")
        elif present is None:
            row.values[name] = value
            flaw = Flaw("I", DERIVED, f"按备注记下：{said}")
        else:
            continue
        row.problems.append(_problem(column, row.row, flaw, name))
