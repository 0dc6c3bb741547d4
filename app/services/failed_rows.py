"""The rows that an import did not take, as a workbook to be mended and taken in again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.exchange.file_names import tidy_name
from app.fields.masking import STAR, covered
from app.models.database import Database
from app.models.intake import ImportDoubt, Intake
from app.reports.failed_rows import FailedSheet, write_failed_rows
from app.services.import_preview import RECORDS
from app.services.kept_readings import LEFT, OPEN
from app.services.masked_texts import masked_text, masked_value
from app.services.paper import XLSX, Facts, Paper

KIND = "failed_rows"
DECIDED = "定了不导入"
NONE = "这次导入没有留下的行。"
_NUMBERS = ("id_number", "mobile", "landline", "bank_account", "contacts")


class FailedRows:
    def __init__(self, database: Database) -> None:
        self._database = database

    def name(self, file: str) -> str:
        return tidy_name(f"{covered(Path(file).stem).replace(STAR, '')}_没有导入的行", XLSX)

    def paper(self, intake_uid: str, *, masked: bool) -> Paper:
        """Raises UserError where every row was taken."""
        with self._database.reading() as session:
            intake = session.get(Intake, intake_uid)
            sheets = _sheets(session, intake) if intake else []
            file = intake.file if intake else ""
        if not sheets:
            raise UserError(NONE)
        if masked:
            sheets = [_masked(*each) for each in sheets]
        rows = sum(len(sheet.rows) for sheet, _ in sheets)
        facts = Facts(KIND, rows, rows, _titles(sheets), masked)
        return Paper(self.name(file), write_failed_rows([sheet for sheet, _ in sheets]), facts=facts)


_Described = tuple[FailedSheet, Mapping[str, Any]]


def _sheets(session: Session, intake: Intake) -> list[_Described]:
    query = select(ImportDoubt).where(
        ImportDoubt.intake_uid == intake.uid, ImportDoubt.state.in_((OPEN, LEFT))
    )
    doubts = session.scalars(query.order_by(ImportDoubt.position)).all()
    contents = [(doubt, json.loads(doubt.content)) for doubt in doubts]
    found = []
    for at, described in enumerate(json.loads(intake.sheets or "[]")):
        rows = [
            (doubt.row, content["cells"], _why(doubt, content))
            for doubt, content in contents
            if content["table"] == at
        ]
        if rows:
            found.append((_sheet(described, rows), described))
    return found


def _why(doubt: ImportDoubt, content: Mapping[str, Any]) -> str:
    reasons = [DECIDED] if doubt.state == LEFT else []
    return "；".join([*reasons, *content["doubts"]])


def _sheet(described: Mapping[str, Any], rows: Sequence[tuple[int, Sequence[Any], str]]) -> FailedSheet:
    columns = described["columns"]
    texts = frozenset(column["index"] for column in columns if column["field"] in _NUMBERS)
    head = described["head"] or [[column["heading"] for column in columns]]
    return FailedSheet(described["sheet"], head, described["merges"], rows, texts)


def _masked(sheet: FailedSheet, described: Mapping[str, Any]) -> _Described:
    record = RECORDS[described["kind"]]
    fields = {column["index"]: column["field"] or "" for column in described["columns"]}

    def told(place: int, cell: Any) -> Any:
        """A number that stood in a numeric cell is shortened too."""
        name = fields.get(place, "")
        if name in _NUMBERS and isinstance(cell, float | int):
            cell = f"{cell:.0f}"
        if not isinstance(cell, str):
            return cell
        return masked_value(record, name, cell) if record.has(name) else masked_text(cell)

    rows = [
        (where, [told(place, cell) for place, cell in enumerate(cells)], why)
        for where, cells, why in sheet.rows
    ]
    return replace(sheet, rows=rows), described


def _titles(sheets: Sequence[_Described]) -> list[str]:
    return [column["heading"] for column in sheets[0][1]["columns"]]
