"""The roster of 10,000 people as a workbook, beside openpyxl's write-only mode writing the same texts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from app.reports.roster import RosterHeading, named_roster, write_roster
from app.services.cadres import Cadres
from app.services.subjects import form_subject
from benchmarks.comparison import Comparison, in_turn
from benchmarks.filled_database import fill, open_filled

PEOPLE = 10_000
TIMES = 5


def run(folder: Path) -> Iterator[Comparison]:
    fill(folder / "roster", PEOPLE)
    desk = open_filled(folder / "roster")
    subjects = [form_subject(file) for file in Cadres(desk.database).read_all()]
    layout = named_roster()
    texts = [
        [column.text(number, subject, "2026-01-01") for column in layout.columns]
        for number, subject in enumerate(subjects, 1)
    ]

    def ours() -> None:
        write_roster(io.BytesIO(), layout, subjects, RosterHeading())

    def floor() -> None:
        from openpyxl import Workbook

        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet()
        for row in texts:
            sheet.append(row)
        workbook.save(io.BytesIO())

    def whole() -> None:
        desk.printing.roster()

    written, least, read_too = in_turn(TIMES, ours, floor, whole)
    desk.close()
    floor_is = "openpyxl write-only, the same texts without any style"
    yield Comparison(f"Roster workbook, {PEOPLE:,} rows", written, least, "ms", floor_is, most_ratio=1.5)
    yield Comparison("… read from the database too", read_too, least, "ms", floor_is, most_ratio=1.5)
