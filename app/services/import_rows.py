"""The rows of a file as they were read, and how they stand to what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.errors import UserError
from app.exchange.documents import read_document
from app.exchange.headings import Column
from app.exchange.readings import Reading, read_table
from app.exchange.tables import Found, Table
from app.fields.masking import covered
from app.fields.spec import Problem, RecordType
from app.models.parts import PART_TYPES
from app.progress import Progress
from app.services.import_cadres import CadreRows
from app.services.import_events import PaymentRows, VisitRows
from app.services.import_mappings import Handling
from app.services.import_preview import RECORDS, Kind, PreviewColumn, PreviewRow, PreviewSheet, Ways
from app.services.pictures import picture_key, upright_jpeg


def find_tables(path: Path, progress: Progress) -> Found:
    """Raises UserError where the file cannot be read or holds nothing of ours."""
    found = read_document(path, progress)
    if not found.tables:
        reasons = "；".join(f"“{name}”：{why}" for name, why in found.ignored)
        raise UserError(
            f"“{path.name}”里没有找到花名册、走访台账或发放表（{reasons}）。请检查表头是否写了姓名等列名。"
        )
    return found


def sheet_of(table: Table, handling: Handling, *, remembered: bool = False) -> PreviewSheet:
    """One table with what was set for it by hand, now or the last time."""
    meant = table.mapped(handling.columns)
    readings = read_table(meant, RECORDS[meant.kind])
    return PreviewSheet(
        meant.sheet,
        meant.kind,
        meant.title,
        meant.header_rows,
        meant.first_row,
        [_column(column) for column in meant.columns],
        [row_of(reading, meant.kind, handling.ways) for reading in readings.rows],
        meant.skipped,
        readings.notes,
        meant,
        handling.columns,
        handling.ways,
        remembered,
    )


def _column(column: Column) -> PreviewColumn:
    return PreviewColumn(
        column.index,
        column.letter,
        column.heading,
        column.field,
        column.certainty,
        column.hidden,
        tuple(column.samples),
        column.note,
        column.part,
    )


def row_of(reading: Reading, kind: Kind, ways: Ways) -> PreviewRow:
    values = dict(reading.values)
    parts = {name: values.pop(name) for name in PART_TYPES if kind == "cadres" and name in values}
    problems = reading.problems + _rule_problems(RECORDS[kind], values, reading.problems)
    label = covered(values.get("name") or "、".join(values.get("names") or []) or f"第 {reading.row} 行")
    photo = _photo(reading, label, problems)
    if photo:
        values["photo"] = picture_key(photo)
    return PreviewRow(reading, kind, label, values, problems, parts=parts, photo=photo, ways=ways)


def _photo(reading: Reading, label: str, problems: list[Problem]) -> bytes | None:
    """The picture as it would be kept; one that cannot be opened is told and left out."""
    if not reading.photo:
        return None
    try:
        return upright_jpeg(reading.photo, label)
    except UserError as error:
        problems.append(Problem("photo", "W", "R-09P", str(error)))
        return None


def _rule_problems(record: RecordType, values: Mapping[str, Any], found: Sequence[Problem]) -> list[Problem]:
    """What contradicts itself in the row; what it does not speak of is no fault of it, and nothing is said twice."""
    said = {(problem.field, problem.code) for problem in found}
    wrong = {problem.field for problem in found if problem.severity == "E"}
    return [
        problem
        for problem in record.across(values, wrong)
        if (problem.field, problem.code) not in said and problem.field in values and not problem.missing
    ]


def compare(session: Session, sheet: PreviewSheet, *, each_alone: bool = False) -> None:
    """Puts every row on its pile. `each_alone`: the rows are taken in one by one, not all together."""
    if sheet.kind == "cadres":
        CadreRows(session, each_alone=each_alone).load(sheet.rows)
    elif sheet.kind == "visits":
        VisitRows(session).load(sheet.rows)
    else:
        PaymentRows(session, sheet.title).load(sheet.rows)
