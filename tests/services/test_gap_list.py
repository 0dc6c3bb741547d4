"""The list of gaps on paper."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.completeness import Gap
from app.services.desk import Desk
from app.services.gap_list import GapLists, whom_to_ask


@pytest.fixture
def add(database: Database):
    def add(name: str, **values: Any) -> None:
        Cadres(database).save(CadreFile(values={"name": name, **values}))

    return add


def rows(content: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def test_the_workbook_has_a_row_and_a_box_for_each_gap(database: Database, add):
    add("廖应", village="东门村", native_place="贵州清镇")
    found = rows(GapLists(database).book().content)
    assert {row[1:4] for row in found} == {("东门村", "廖应", found[0][3])}
    assert ("籍贯", "查档案") not in {row[4:6] for row in found}
    assert ("民族", "看证件", "□") in {row[4:7] for row in found}


@pytest.mark.parametrize(
    ("field", "whom"),
    [
        ("id_number", "看证件"),
        ("political_status", "问党支部"),
        ("retired_on", "查档案"),
        ("treatment", "问县委老干部局"),
        ("photo", "问本人或家属"),
        ("resume", "查档案"),
        ("contacts", "问本人或家属"),
    ],
)
def test_whom_to_ask_is_who_vouches_for_it(field: str, whom: str):
    assert whom_to_ask(Gap(field, "", "")) == whom


def test_villages_stand_together_and_files_without_one_last(database: Database, add):
    add("甲", village="西门村")
    add("乙")
    add("丙", home_address="卫城镇东门村 3 组")
    add("丁", village="西门村")
    villages = [row[1] for row in rows(GapLists(database).book().content)]
    assert list(dict.fromkeys(villages)) == ["东门村", "西门村", "未填村"]
    assert villages == sorted(villages, key=["东门村", "西门村", "未填村"].index)


def test_one_village_can_be_asked_for(database: Database, add):
    add("甲", village="西门村")
    add("乙", village="东门村")
    lists = GapLists(database)
    assert {row[2] for row in rows(lists.book("西门村").content)} == {"甲"}
    assert lists.paper("西门村").facts.people == 1
    assert lists.paper("西门村").name == "西门村_缺项清单.pdf"


def test_the_dead_are_asked_nothing(database: Database, add):
    add("甲", died_on="2026-03-12", alive=False)
    assert rows(GapLists(database).book().content) == []
    assert GapLists(database).paper().facts.people == 0


def test_the_practice_township_prints_without_a_warning(practice: Desk):
    paper = practice.gap_lists.paper()
    assert paper.content.startswith(b"%PDF")
    assert (paper.pages > 0, list(paper.warnings), paper.facts.kind) == (True, [], "gaps")
    assert paper.facts.rows == practice.gap_lists.book().facts.rows
