"""What taking in 10,000 rows would do, beside python-calamine reading the same file."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from app.models.cadre import CADRE
from app.services.imports import Imports
from benchmarks.comparison import Comparison, in_turn
from benchmarks.filled_database import fill, open_filled

PEOPLE = 10_000
TIMES = 5
LOOKS_FOR_THE_FILE = 0.5
"""Seconds; a user takes longer."""
FIELDS = (
    "name", "sex", "ethnicity", "birth_date", "id_number", "native_place", "education", "marital_status",
    "political_status", "party_joined_on", "work_started_on", "retirement_kind", "retired_on", "former_unit",
    "former_post", "rank", "treatment", "party_branch", "home_address", "mobile", "health_status", "illnesses",
    "remarks",
)  # fmt: skip


def run(folder: Path) -> Iterator[Comparison]:
    people = fill(folder / "import", PEOPLE)
    file = folder / "roster.xlsx"
    write_workbook(file, people)
    desk = open_filled(folder / "import")

    def nothing_kept() -> None:
        Imports(None).preview(file)

    def all_kept() -> None:
        desk.imports.preview(file)

    def floor() -> None:
        CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()

    def page_open() -> None:
        """What reads the file starts while the user looks for it; the floor meets the same computer."""
        desk.imports.get_ready()
        time.sleep(LOOKS_FOR_THE_FILE)

    new, same, read = in_turn(TIMES, nothing_kept, all_kept, floor, before=page_open)
    desk.close()
    floor_is = "python-calamine reading the file"
    yield Comparison(
        f"Import preview, {PEOPLE:,} rows, nobody kept yet", new, read, "ms", floor_is, most_ratio=6
    )
    yield Comparison("… everybody kept already", same, read, "ms", floor_is, most_ratio=6)


def write_workbook(path: Path, people: Sequence[dict[str, Any]]) -> None:
    """As an office has it: a title, headings, one row a person."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    fields = [CADRE.field(name) for name in FIELDS]
    sheet.append(["离退休干部花名册"])
    sheet.append(["序号", *(field.label for field in fields)])
    for number, person in enumerate(people, 1):
        sheet.append([number, *(field.kind.format(person[field.name]) for field in fields)])
    workbook.save(path)
