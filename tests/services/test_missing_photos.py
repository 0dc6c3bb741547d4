"""缺照名单: who of the living has no photo."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.missing_photos import MissingPhotos

PEOPLE = (
    {"name": "周光", "village": "新桥村", "mobile": "19900006374"},
    {"name": "廖开", "village": None, "mobile": "19900001111"},
    {"name": "吴一", "village": "北门社区", "landline": "0851-25500000"},
    {"name": "有照", "village": "北门社区", "photo": "a" * 64},
    {"name": "已故", "village": "北门社区", "died_on": "2020-01"},
)


def missing(database: Database) -> MissingPhotos:
    for values in PEOPLE:
        Cadres(database).save(CadreFile(None, 0, dict(values)))
    return MissingPhotos(database)


def test_the_living_without_a_photo_by_village(database: Database):
    found = missing(database)
    assert [(each.village, each.values["name"]) for each in found.people()] == [
        ("北门社区", "吴一"),
        ("新桥村", "周光"),
        ("未填村", "廖开"),
    ]
    assert found.everybody() == 4


def test_the_workbook_has_a_row_each_and_covers_numbers_when_asked(database: Database):
    found = missing(database)
    sheet = load_workbook(io.BytesIO(found.book().content)).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"周光", "19900006374", "0851-25500000"} <= set(texts)
    assert "有照" not in texts
    assert not any("19900006374" in text for text in _texts(found.book(masked=True).content))


def _texts(content: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


def test_the_paper_says_how_many(database: Database):
    paper = missing(database).paper()
    assert paper.content.startswith(b"%PDF")
    assert (paper.pages, paper.facts.people, paper.warnings) == (1, 3, [])
