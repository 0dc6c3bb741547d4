"""Taking back an import of 5,000 rows, beside taking it in: half new people, half with changed files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.comparison import Comparison, milliseconds
from benchmarks.filled_database import fill, open_filled
from benchmarks.import_preview import write_workbook
from benchmarks.invented_people import invented_people

PEOPLE = 5_000


def run(folder: Path) -> Iterator[Comparison]:
    kept = fill(folder / "undo", PEOPLE // 2, whole=False)
    new = list(invented_people(PEOPLE))[PEOPLE // 2 :]
    changed = [{**person, "remarks": f"第 {number} 人"} for number, person in enumerate(kept)]
    file = folder / "undone.xlsx"
    write_workbook(file, [*changed, *new])
    desk = open_filled(folder / "undo")
    preview = desk.imports.preview(file)
    taken = milliseconds(lambda: desk.imports.apply(preview))
    uid = desk.import_history.all()[0].uid
    asked = milliseconds(lambda: desk.import_history.preview(uid))
    undone = milliseconds(lambda: desk.import_history.undo(uid))
    desk.close()
    floor_is = "taking the same rows in"
    yield Comparison(f"Undo of an import, {PEOPLE:,} rows", undone, taken, "ms", floor_is, most_ratio=1)
    yield Comparison("… saying first what it would do", asked, taken, "ms", floor_is, most_ratio=1)
