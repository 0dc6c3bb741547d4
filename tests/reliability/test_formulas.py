"""What somebody typed is never worked out by a spreadsheet program, in whatever file it leaves (row C2)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.fields.formula_text import clean_text, looks_like_formula
from app.fields.kinds import LongText, Text
from app.fields.spec import Field, RecordType
from app.services.desk import Desk
from app.services.paper import Paper
from app.ui.forms.grid_state import GridState
from app.ui.tables.entry_grid import EntryGrid
from tests.reliability.figures import Figures

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x07=1+1",
    "\u202e=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    '=HYPERLINK("//x","点")',
    "=cmd|' /C calc'!A0",
)
EXPECTED = "no formula in any cell of any file"
YEAR = "2026"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

Files = Iterator[tuple[str, bytes]]


@pytest.fixture
def planted(practice: Desk) -> Desk:
    """Each of the texts stands in everything that one person, one visit and one payment can hold."""
    for uid, formula in zip(first_people(practice), FORMULAS, strict=True):
        file = practice.cadres.read(uid)
        file.values |= texts(practice.cadres.record, formula)
        for name, part in practice.cadres.parts.items():
            for row in file.parts.get(name, []):
                row |= texts(part, formula)
        practice.cadres.save(file)
    for line, formula in zip(practice.visits.lines(), FORMULAS, strict=False):
        visit = practice.visits.read(line.uid)
        visit.values |= texts(practice.visits.record, formula)
        practice.visits.save(visit)
    plant_in_payments(practice)
    practice.office.save(practice.office.read() | texts(practice.office.record, FORMULAS[0]))
    return practice


def plant_in_payments(desk: Desk) -> None:
    for line in desk.payments.lines():
        batch = desk.payments.read(line.uid)
        batch.values |= texts(desk.payments.record, FORMULAS[0])
        for row, formula in zip(batch.payments, FORMULAS, strict=False):
            row |= texts(desk.payments.payment, formula)
        desk.payments.save(batch)


def texts(record: RecordType, formula: str) -> dict[str, str]:
    """For the fields that take any text; a township is also the name of a file."""
    free = [field for field in record.fields if type(field.kind) in (Text, LongText)]
    return {field.name: formula for field in free if field.name != "township"}


def of(*papers: Paper) -> Files:
    yield from ((paper.name, paper.content) for paper in papers)


def delivered(desk: Desk, folder: Path) -> Files:
    for path in sorted(desk.deliveries.deliver(folder, YEAR).path.rglob("*.xlsx")):
        yield path.name, path.read_bytes()


def first_people(desk: Desk) -> list[str]:
    return [row.uid for row in desk.cadres.rows(["name"])][: len(FORMULAS)]


def batch_of(desk: Desk) -> str:
    return desk.payments.lines()[0].uid


EXPORTS: dict[str, Callable[[Desk, Path], Files]] = {
    "collection forms": lambda desk, _: of(*desk.printing.forms(first_people(desk)).papers),
    "all forms in one": lambda desk, _: of(desk.printing.form_book(first_people(desk))),
    "roster": lambda desk, _: of(desk.printing.roster()),
    "roster of all fields": lambda desk, _: of(
        desk.printing.roster(fields=[field.name for field in desk.cadres.record.fields])
    ),
    "visits": lambda desk, _: of(desk.printing.visits_book()),
    "payments": lambda desk, _: of(desk.printing.payments_book()),
    "public notice": lambda desk, _: of(desk.printing.public_book(batch_of(desk))),
    "log": lambda desk, _: of(desk.log.workbook()),
    "folder for the county": delivered,
}


@pytest.mark.parametrize("export", EXPORTS)
def test_no_workbook_holds_a_formula(planted: Desk, tmp_path: Path, export: str, figures: Figures) -> None:
    found: set[str] = set()
    files = 0
    for name, content in EXPORTS[export](planted, tmp_path):
        files += 1
        assert not any(_FORMULA.search(part) for part in sheets(content)), name
        for cell in cells(content):
            assert cell.data_type != "f"
            if isinstance(cell.value, str) and looks_like_formula(cell.value):
                assert cell.quotePrefix, f"{name} {cell.coordinate}"
                found.add(cell.value)
    assert found, "the texts have reached these files"
    figures.record(
        "C2", measured={"files": files, "texts in them": len(found)}, expected=EXPECTED, count=len(FORMULAS)
    )


def sheets(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(part) for part in archive.namelist() if part.startswith("xl/worksheets/"))


def cells(content: bytes) -> Iterator[Cell]:
    workbook = load_workbook(io.BytesIO(content))
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_is_copied_for_a_spreadsheet_is_marked_as_text(
    qtbot: QtBot, formula: str, figures: Figures
) -> None:
    state = GridState([Field("goods", "慰问品", Text(), "")])
    state.show([("1", formula)])
    grid = EntryGrid(state)
    qtbot.addWidget(grid)
    grid.selectRow(0)
    grid.copy()
    (cells,) = csv.reader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t")
    assert cells[0] == f"'{clean_text(formula)}"
    figures.record("C2", measured={"copied": 1}, expected=EXPECTED, count=1)
