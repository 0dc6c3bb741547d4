"""Rows that were not taken in: kept as they were read, compared anew whenever somebody looks at them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.exchange.headings import Column
from app.exchange.readings import Reading
from app.exchange.tables import Table
from app.fields.kinds import cell_text
from app.fields.spec import Problem
from app.models.intake import IN_ORDER, ImportDoubt, Intake
from app.services.import_preview import Decision, PreviewRow, PreviewSheet
from app.services.import_rows import compare, row_of
from app.services.pictures import store_picture
from app.services.statement_parts import in_parts

OPEN, TAKEN, LEFT = "open", "taken", "left"


def keep_left(
    session: Session, intake: Intake, sheets: Sequence[PreviewSheet], decisions: Mapping[int, Decision]
) -> None:
    """Doubtful rows that nobody has decided wait; those that were decided against are kept beside them."""
    tables: list[dict[str, Any]] = []
    position = 0
    for sheet in sheets:
        left = [row for row in sheet.rows if _is_left(row, decisions.get(id(row)))]
        for row in left:
            state = LEFT if id(row) in decisions else OPEN
            session.add(_doubt(session, intake.uid, row, position, len(tables), state))
            position += 1
        if left and sheet.source is not None:
            tables.append(_table_json(sheet.source, sheet))
    intake.sheets = _json(tables) if tables else ""
    session.flush()


def _is_left(row: PreviewRow, decision: Decision | None) -> bool:
    return row.pile == "doubtful" and (decision is None or not decision.take)


def _doubt(
    session: Session, intake_uid: str, row: PreviewRow, position: int, table: int, state: str
) -> ImportDoubt:
    if row.photo:
        store_picture(session, row.photo)
    content = {
        "table": table,
        "values": row.source.values,
        "problems": [asdict(problem) for problem in row.source.problems],
        "cells": [_cell(cell) for cell in row.source.cells],
        "doubts": row.doubts,
        "photo": row.values.get("photo") if row.photo else None,
    }
    return ImportDoubt(
        intake_uid=intake_uid,
        sheet=row.sheet,
        row=row.row,
        position=position,
        label=row.label,
        content=_json(content),
        state=state,
        decided_at=None if state == OPEN else clock.now().isoformat(),
    )


def _table_json(table: Table, sheet: PreviewSheet) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "kind": table.kind,
        "title": table.title,
        "head": [[_cell(cell) for cell in row] for row in table.head],
        "merges": list(table.head_merges),
        "columns": [asdict(column) for column in table.columns],
        "ways": dict(sheet.ways),
    }


def _cell(cell: Any) -> Any:
    return cell if isinstance(cell, str | int | float | None) else cell_text(cell)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def left_sheets(session: Session, intake: Intake, states: Sequence[str] = (OPEN,)) -> list[PreviewSheet]:
    """The rows of one file that were left, as if they were read and compared now."""
    query = select(ImportDoubt).where(ImportDoubt.intake_uid == intake.uid, ImportDoubt.state.in_(states))
    by_table: dict[int, list[tuple[ImportDoubt, dict[str, Any]]]] = defaultdict(list)
    for doubt in session.scalars(query.order_by(ImportDoubt.position)):
        content = json.loads(doubt.content)
        by_table[content["table"]].append((doubt, content))
    described = json.loads(intake.sheets or "[]")
    sheets = [_sheet(described[at], doubts) for at, doubts in sorted(by_table.items())]
    for sheet, doubts in zip(sheets, (by_table[at] for at in sorted(by_table)), strict=True):
        compare(session, sheet, each_alone=True)
        for row, (_, content) in zip(sheet.rows, doubts, strict=True):
            _wait(row, content["doubts"])
    return sheets


def _wait(row: PreviewRow, reasons: Sequence[str]) -> None:
    """What was a doubt then is for a person to decide, also where it would pass by now."""
    row.settled = row.pile == "same"
    if row.pile != "doubtful":
        for reason in reasons:
            row.doubt(reason)
        row.pile = "doubtful"


def _sheet(
    described: Mapping[str, Any], doubts: Sequence[tuple[ImportDoubt, Mapping[str, Any]]]
) -> PreviewSheet:
    columns = [Column(**{**column, "samples": tuple(column["samples"])}) for column in described["columns"]]
    rows = [_row(doubt, content, columns, described) for doubt, content in doubts]
    merges = [tuple(merge) for merge in described["merges"]]
    table = Table(
        described["sheet"],
        described["kind"],
        described["title"],
        (),
        0,
        columns,
        (),
        head=described["head"],
        head_merges=merges,
    )
    return PreviewSheet(
        described["sheet"],
        described["kind"],
        described["title"],
        (),
        0,
        (),
        rows,
        source=table,
        ways=described["ways"],
    )


def _row(
    doubt: ImportDoubt, content: Mapping[str, Any], columns: Sequence[Column], described: Mapping[str, Any]
) -> PreviewRow:
    problems = [Problem(**{**each, "reads": tuple(each.get("reads", ()))}) for each in content["problems"]]
    reading = Reading(
        doubt.sheet, doubt.row, content["values"], problems, columns=columns, cells=content["cells"]
    )
    row = row_of(reading, described["kind"], described["ways"])
    row.kept_as = doubt.uid
    if content["photo"]:
        row.values["photo"] = content["photo"]
    return row


def settle(session: Session, intakes: Sequence[Intake]) -> None:
    """Rows that another file or somebody's hand has brought in meanwhile wait no longer."""
    for intake in intakes:
        rows = [row for sheet in left_sheets(session, intake) for row in sheet.rows]
        close(session, [row.kept_as for row in rows if row.settled], TAKEN)


def close(session: Session, uids: Sequence[str], state: str) -> None:
    for some in in_parts(uids):
        session.execute(
            update(ImportDoubt)
            .where(ImportDoubt.uid.in_(some))
            .values(state=state, decided_at=clock.now().isoformat())
        )


def with_open_rows(session: Session) -> list[Intake]:
    """The files with rows that wait, the oldest first; what was taken back waits no more."""
    waiting = select(ImportDoubt.intake_uid).where(ImportDoubt.state == OPEN)
    query = select(Intake).where(Intake.undone_at.is_(None), Intake.uid.in_(waiting))
    return list(session.scalars(query.order_by(*IN_ORDER)))
