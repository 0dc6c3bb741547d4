"""Taking in what the office has: a file is read, shown as four piles, then applied all at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.exchange.collector import collector_paused
from app.exchange.documents import get_ready
from app.exchange.tables import Found
from app.fields.codes import code_table
from app.fields.masking import covered
from app.models.base import new_uid
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.intake import IN_ORDER, Intake
from app.models.payments import PaymentBatch
from app.models.visits import Visit
from app.progress import Progress, silent
from app.services.changes import Before, Change, nothing_before
from app.services.import_acts import actors_of
from app.services.import_cadres import apply_row
from app.services.import_events import apply_payments, apply_visit
from app.services.import_mappings import Handling, Handlings, remember, remembered
from app.services.import_preview import Counts, Decision, Preview, PreviewRow, PreviewSheet, Ways
from app.services.import_rows import compare, find_tables, sheet_of
from app.services.import_sides import Side, sides
from app.services.kept_readings import LEFT, close, keep_left, left_sheets, settle, with_open_rows

ByHand = Mapping[str, Mapping[int, str | None]]
"""Columns set by hand: sheet name → column index → field, 'field/part' or None."""


@dataclass(frozen=True)
class TakenBefore:
    """`at` and `undone_at` are ISO times; nobody is named for a file of before there was a log."""

    at: str
    by: str = ""
    undone_at: str | None = None


class Imports:
    """Without a database a preview compares with nothing and creates nothing."""

    def __init__(self, database: Database | None, before: Before = nothing_before) -> None:
        """`before` is called before anything is written, such as to make a backup."""
        self._database, self._before = database, before

    @collector_paused()
    def preview(
        self,
        path: Path,
        by_hand: ByHand | None = None,
        progress: Progress = silent,
        ways: Mapping[str, Ways] | None = None,
    ) -> Preview:
        """What taking the file in would do. Raises UserError for a file that cannot be read, and logs it.

        Without `by_hand` a table with known headings is understood as it was the last time; {} is the bare proposal.
        """
        try:
            found = find_tables(path, progress)
        except UserError as error:
            self._log_refusal(path.name, str(error))
            raise
        known = self._remembered(found) if by_hand is None else {}
        sheets = [
            sheet_of(table, known[table.sheet], remembered=True)
            if table.sheet in known
            else sheet_of(table, _handling(table.sheet, by_hand, ways))
            for table in found.tables
        ]
        preview = Preview(path, _hash(path), sheets, found.ignored, found.notes)
        self._compare(preview)
        return preview

    def _remembered(self, found: Found) -> Handlings:
        if self._database is None:
            return {}
        with self._database.reading() as session:
            return remembered(session, found.tables)

    def _compare(self, preview: Preview) -> None:
        if self._database is None:
            _compare_with_nothing(preview)
            return
        with self._database.reading() as session:
            preview.as_of = as_of(session)
            for sheet in preview.sheets:
                compare(session, sheet)

    def get_ready(self) -> None:
        """A file is going to be chosen: what reads it is started meanwhile."""
        get_ready()

    def _log_refusal(self, file: str, why: str) -> None:
        """The sentence never holds what stands in the file."""
        if self._database is not None:
            self._database.record("import_refused", covered(file), {"why": covered(why)})

    def apply(
        self, preview: Preview, decisions: Mapping[int, Decision] | None = None
    ) -> tuple[Counts, Change]:
        """Writes new and changed rows, and the doubtful ones that were decided; all or nothing.

        `decisions` are keyed by `id(row)`. Raises UserError when records were changed since the preview.
        """
        if self._database is None:
            raise UserError("还没有数据文件夹，不能导入。请先打开程序完成首次设置。")
        decided, batch = decisions or {}, new_uid()
        self._before("import")
        with self._database.transaction("import", covered(preview.path.name), batch=batch) as session:
            if as_of(session) != preview.as_of:
                raise UserError("预览之后名单或台账又有改动，没有写入。请重新读取这个文件再导入。")
            applied = sum(apply_sheet(session, sheet, decided) for sheet in preview.sheets)
            _keep_record(session, preview, decided, batch)
        return replace(preview.counts, applied=applied), change_of(preview)

    def taken_before(self, preview: Preview) -> TakenBefore | None:
        """When this very file was taken in last, and by whom; None if never."""
        if self._database is None:
            return None
        newest = select(Intake).where(Intake.sha256 == preview.sha256)
        with self._database.reading() as session:
            intake = session.scalar(newest.order_by(*(each.desc() for each in IN_ORDER)).limit(1))
            if intake is None:
                return None
            by = actors_of(session, [intake.uid]).get(intake.uid, "")
            return TakenBefore(intake.taken_at, by, intake.undone_at)

    def sides(self, preview: Preview, row: PreviewRow, decision: Decision | None) -> list[Side]:
        """Field by field what a doubtful row says and what would stand there, if it were so decided."""
        if self._database is None:
            return []
        with self._database.reading() as session:
            return sides(session, preview, row, decision)


def _handling(sheet: str, by_hand: ByHand | None, ways: Mapping[str, Ways] | None) -> Handling:
    return Handling((by_hand or {}).get(sheet, {}), (ways or {}).get(sheet, {}))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def change_of(preview: Preview) -> Change:
    kinds = {"cadres": "cadre", "visits": "visit", "payments": "payment"}
    return Change(kinds[preview.sheets[0].kind] if preview.sheets else "cadre", frozenset())


def as_of(session: Session) -> tuple[tuple[int, int], ...]:
    """Changes whenever a record is added, saved or removed."""
    models = (Cadre, Visit, PaymentBatch)
    queries = (select(func.count(), func.coalesce(func.sum(model.version), 0)) for model in models)
    return tuple((count, versions) for query in queries for count, versions in session.execute(query))


def _compare_with_nothing(preview: Preview) -> None:
    """On an empty database in memory; nothing is created on disk."""
    from app.models.base import Base

    database = Database(Path(":memory:"))
    with Session(database.engine) as session:
        Base.metadata.create_all(session.connection())
        for sheet in preview.sheets:
            compare(session, sheet)
    database.engine.dispose()


def _is_taken(row: PreviewRow, decision: Decision | None) -> bool:
    if decision is not None:
        return decision.take
    return row.pile in {"new", "changed"}


def apply_sheet(session: Session, sheet: PreviewSheet, decisions: Mapping[int, Decision]) -> int:
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


def _keep_record(session: Session, preview: Preview, decisions: Mapping[int, Decision], batch: str) -> None:
    """Beside what was written: the file, the meaning of its columns, and the rows that were not taken."""
    before = with_open_rows(session)
    for intake in before:
        if intake.sha256 == preview.sha256:  # the very same rows wait again now, or were decided
            close(
                session, [row.kept_as for sheet in left_sheets(session, intake) for row in sheet.rows], LEFT
            )
    settle(session, before)
    intake = _intake(preview, batch)
    session.add(intake)
    session.flush()
    keep_left(session, intake, preview.sheets, decisions)
    remember(session, preview.sheets)


def _intake(preview: Preview, batch: str) -> Intake:
    counts = preview.counts
    return Intake(
        batch=batch,
        file=preview.path.name,
        sha256=preview.sha256,
        taken_at=clock.now().isoformat(),
        new=counts.new,
        changed=counts.changed,
        same=counts.same,
        doubtful=counts.doubtful,
    )
