"""Taking in what the office has: a file is read, shown as four piles, then applied all at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.exchange.collector import collector_paused
from app.exchange.documents import get_ready, read_document
from app.exchange.readings import Reading, read_table
from app.exchange.tables import Table
from app.fields.codes import code_table
from app.fields.masking import covered
from app.fields.spec import Problem, RecordType
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.intake import Intake
from app.models.parts import PART_TYPES
from app.models.payments import PaymentBatch
from app.models.visits import Visit
from app.progress import Progress, silent
from app.services.changes import Before, Change, nothing_before
from app.services.import_cadres import CadreRows, apply_row
from app.services.import_events import PaymentRows, VisitRows, apply_payments, apply_visit
from app.services.import_preview import (
    RECORDS,
    Counts,
    Decision,
    Kind,
    Preview,
    PreviewColumn,
    PreviewRow,
    PreviewSheet,
)
from app.services.pictures import picture_key, upright_jpeg

ByHand = Mapping[str, Mapping[int, str | None]]
"""Columns set by hand: sheet name → column index → field, 'field/part' or None."""


class Imports:
    """Without a database a preview compares with nothing and creates nothing."""

    def __init__(self, database: Database | None, before: Before = nothing_before) -> None:
        """`before` is called before anything is written, such as to make a backup."""
        self._database, self._before = database, before

    @collector_paused()
    def preview(self, path: Path, by_hand: ByHand | None = None, progress: Progress = silent) -> Preview:
        """What taking the file in would do. Raises UserError for a file that cannot be read, and logs it."""
        try:
            preview = _read(path, by_hand or {}, progress)
        except UserError as error:
            self._log_refusal(path.name, str(error))
            raise
        if self._database is None:
            _compare_with_nothing(preview)
            return preview
        with self._database.reading() as session:
            preview.as_of = _as_of(session)
            for sheet in preview.sheets:
                _compare(session, sheet)
        return preview

    def get_ready(self) -> None:
        """A file is going to be chosen: what reads it is started meanwhile."""
        get_ready()

    def _log_refusal(self, file: str, why: str) -> None:
        """The sentence never holds what stands in the file."""
        if self._database is not None:
            self._database.record("import_refused", file, {"why": why})

    def apply(
        self, preview: Preview, decisions: Mapping[int, Decision] | None = None
    ) -> tuple[Counts, Change]:
        """Writes new and changed rows, and the doubtful ones that were decided; all or nothing.

        `decisions` are keyed by `id(row)`. Raises UserError when records were changed since the preview.
        """
        if self._database is None:
            raise UserError("还没有数据文件夹，不能导入。请先打开程序完成首次设置。")
        decided = decisions or {}
        self._before("import")
        with self._database.transaction("import", preview.path.name) as session:
            if _as_of(session) != preview.as_of:
                raise UserError("预览之后名单或台账又有改动，没有写入。请重新读取这个文件再导入。")
            applied = sum(_apply(session, sheet, decided) for sheet in preview.sheets)
            session.add(_intake(preview))
        kinds = {"cadres": "cadre", "visits": "visit", "payments": "payment"}
        kind = kinds[preview.sheets[0].kind] if preview.sheets else "cadre"
        return replace(preview.counts, applied=applied), Change(kind, frozenset())

    def taken_before(self, preview: Preview) -> str | None:
        """When this very file was taken in last, as ISO time; None if never."""
        if self._database is None:
            return None
        query = (
            select(Intake.taken_at).where(Intake.sha256 == preview.sha256).order_by(Intake.taken_at.desc())
        )
        with self._database.reading() as session:
            return session.scalar(query)


def _as_of(session: Session) -> tuple[tuple[int, int], ...]:
    """Changes whenever a record is added, saved or removed."""
    models = (Cadre, Visit, PaymentBatch)
    queries = (select(func.count(), func.coalesce(func.sum(model.version), 0)) for model in models)
    return tuple((count, versions) for query in queries for count, versions in session.execute(query))


def _read(path: Path, by_hand: ByHand, progress: Progress) -> Preview:
    found = read_document(path, progress)
    if not found.tables:
        reasons = "；".join(f"“{name}”：{why}" for name, why in found.ignored)
        raise UserError(
            f"“{path.name}”里没有找到花名册、走访台账或发放表（{reasons}）。请检查表头是否写了姓名等列名。"
        )
    tables = [table.mapped(by_hand.get(table.sheet, {})) for table in found.tables]
    return Preview(path, _hash(path), [_sheet(table) for table in tables], found.ignored, found.notes)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sheet(table: Table) -> PreviewSheet:
    columns = [
        PreviewColumn(
            column.index,
            column.letter,
            column.heading,
            column.field,
            column.certainty,
            column.hidden,
            tuple(column.samples),
            column.note,
        )
        for column in table.columns
    ]
    readings = read_table(table, RECORDS[table.kind])
    return PreviewSheet(
        table.sheet,
        table.kind,
        table.title,
        table.header_rows,
        table.first_row,
        columns,
        [_row(reading, table.kind) for reading in readings.rows],
        table.skipped,
        readings.notes,
    )


def _row(reading: Reading, kind: Kind) -> PreviewRow:
    values = dict(reading.values)
    parts = {name: values.pop(name) for name in PART_TYPES if kind == "cadres" and name in values}
    problems = reading.problems + _rule_problems(RECORDS[kind], values, reading.problems)
    label = covered(values.get("name") or "、".join(values.get("names") or []) or f"第 {reading.row} 行")
    photo = _photo(reading, label, problems)
    if photo:
        values["photo"] = picture_key(photo)
    return PreviewRow(reading, kind, label, values, problems, parts=parts, photo=photo)


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
    """The rules across fields, where no cell is in error by itself; nothing is said twice."""
    if any(problem.severity == "E" for problem in found):
        return []
    said = {(problem.field, problem.code) for problem in found}
    problems = [problem for rule in record.rules for problem in rule(values)]
    return [
        problem
        for problem in problems
        if (problem.field, problem.code) not in said and problem.field in values
    ]


def _compare(session: Session, sheet: PreviewSheet) -> None:
    if sheet.kind == "cadres":
        CadreRows(session).load(sheet.rows)
    elif sheet.kind == "visits":
        VisitRows(session).load(sheet.rows)
    else:
        PaymentRows(session, sheet.title).load(sheet.rows)


def _compare_with_nothing(preview: Preview) -> None:
    """On an empty database in memory; nothing is created on disk."""
    from app.models.base import Base

    database = Database(Path(":memory:"))
    with Session(database.engine) as session:
        Base.metadata.create_all(session.connection())
        for sheet in preview.sheets:
            _compare(session, sheet)
    database.engine.dispose()


def _is_taken(row: PreviewRow, decision: Decision | None) -> bool:
    if decision is not None:
        return decision.take
    return row.pile in {"new", "changed"}


def _apply(session: Session, sheet: PreviewSheet, decisions: Mapping[int, Decision]) -> int:
    rows = [row for row in sheet.rows if _is_taken(row, decisions.get(id(row)))]
    if sheet.kind == "payments" and rows:
        apply_payments(session, _batch_values(sheet), rows, decisions)
    written: dict[int, str] = {}
    for row in rows:
        decision = decisions.get(id(row))
        if sheet.kind == "cadres":
            written[row.row] = apply_row(session, row, _meant(decision, written))
        elif sheet.kind == "visits":
            apply_visit(session, row, decision)
    return len(rows)


def _meant(decision: Decision | None, written: Mapping[int, str]) -> Decision | None:
    """The decision with the uid that the same person's earlier row has just got."""
    if decision is None or decision.same_as is None:
        return decision
    return replace(decision, uid=written.get(decision.same_as))


def _batch_values(sheet: PreviewSheet) -> dict[str, Any]:
    """'2026年春节慰问金发放表' is a batch of 慰问金 for 2026年春节."""
    title = sheet.title
    funds = code_table("fund").items
    words = [(word, item.code) for item in funds for word in (item.label, *item.aliases)]
    found = max(
        ((word, code) for word, code in words if word in title), key=lambda pair: len(pair[0]), default=None
    )
    label = code_table("fund").label(found[1]) if found else ""
    period = title.split(label)[0] if label and label in title else title
    return {"title": title, "fund": found[1] if found else "other", "period": period[:30] or title[:30]}


def _intake(preview: Preview) -> Intake:
    counts = preview.counts
    return Intake(
        file=preview.path.name,
        sha256=preview.sha256,
        taken_at=clock.now().isoformat(),
        new=counts.new,
        changed=counts.changed,
        same=counts.same,
        doubtful=counts.doubtful,
    )
