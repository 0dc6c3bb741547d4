"""待定: rows that an import left for somebody to decide, today or after a restart, by whoever is logged in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from app.errors import UserError
from app.fields.masking import covered
from app.models.database import Database
from app.models.intake import ImportDoubt, Intake
from app.services.changes import Before, Change, nothing_before
from app.services.import_acts import actors_of, batch_of
from app.services.import_preview import Decision, Preview, PreviewRow
from app.services.import_sides import Side, sides
from app.services.imports import apply_sheet, as_of, change_of
from app.services.kept_readings import LEFT, OPEN, TAKEN, close, left_sheets, settle, with_open_rows

GONE = "这次导入的待定行已经都定了，或者这次导入已经撤销。"
CHANGED = "刚才名单或台账又有改动，没有写入。已经重新比对，请再看一遍。"


@dataclass(frozen=True)
class Waiting:
    """One file with rows that wait."""

    intake: str
    file: str
    taken_at: str
    by: str
    rows: int


@dataclass(frozen=True)
class Decided:
    """How many rows were written, were decided against, and wait still."""

    written: int
    left: int
    waiting: int


class ImportDoubts:
    def __init__(self, database: Database, before: Before = nothing_before) -> None:
        self._database, self._before = database, before

    def count(self) -> int:
        """How many rows wait, of all files."""
        query = (
            select(func.count())
            .select_from(ImportDoubt)
            .join(Intake, Intake.uid == ImportDoubt.intake_uid)
            .where(ImportDoubt.state == OPEN, Intake.undone_at.is_(None))
        )
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def waiting(self) -> list[Waiting]:
        """The files with rows that wait, the oldest first."""
        with self._database.reading() as session:
            intakes = with_open_rows(session)
            uids = [intake.uid for intake in intakes]
            counts = select(ImportDoubt.intake_uid, func.count()).where(
                ImportDoubt.state == OPEN, ImportDoubt.intake_uid.in_(uids)
            )
            rows = dict(session.execute(counts.group_by(ImportDoubt.intake_uid)).all())
            names = actors_of(session, uids)
            return [
                Waiting(each.uid, covered(each.file), each.taken_at, names.get(each.uid, ""), rows[each.uid])
                for each in intakes
            ]

    def open(self, intake_uid: str) -> Preview:
        """The rows that wait, compared with what is kept now. Raises UserError when none does any more."""
        with self._database.reading() as session:
            intake = session.get(Intake, intake_uid)
            if intake is None or intake.undone_at:
                raise UserError(GONE)
            sheets = left_sheets(session, intake)
            return Preview(Path(intake.file), intake.sha256, sheets, as_of=as_of(session))

    def sides(self, preview: Preview, row: PreviewRow, decision: Decision | None) -> list[Side]:
        with self._database.reading() as session:
            return sides(session, preview, row, decision)

    def decide(
        self, intake_uid: str, preview: Preview, decisions: Mapping[int, Decision]
    ) -> tuple[Decided, Change]:
        """Writes what was decided, as a part of the same import; all or nothing. Keyed by `id(row)`.

        Raises UserError when records were changed since they were compared.
        """
        self._before("import")
        with self._database.reading() as session:
            batch = batch_of(session, _standing(session.get(Intake, intake_uid)))
        with self._database.transaction("import", covered(preview.path.name), batch=batch) as session:
            intake = _standing(session.get(Intake, intake_uid))
            if as_of(session) != preview.as_of:
                raise UserError(CHANGED)
            written = sum(apply_sheet(session, sheet, decisions) for sheet in preview.sheets)
            decided = {row.kept_as: decisions[id(row)].take for row in preview.rows() if id(row) in decisions}
            close(session, [uid for uid, take in decided.items() if take], TAKEN)
            close(session, [uid for uid, take in decided.items() if not take], LEFT)
            settle(session, [intake])
            still = select(func.count()).where(
                ImportDoubt.intake_uid == intake_uid, ImportDoubt.state == OPEN
            )
            waiting = session.scalar(still) or 0
        left = sum(not take for take in decided.values())
        return Decided(written, left, waiting), change_of(preview)


def _standing(intake: Intake | None) -> Intake:
    if intake is None or intake.undone_at:
        raise UserError(GONE)
    return intake
