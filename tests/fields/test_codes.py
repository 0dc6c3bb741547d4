"""The code tables as files: sound, complete, and never of two minds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.fields.codes import CodeTable, code_table
from app.fields.kinds import Code
from app.models.cadre import CADRE
from app.models.office import OFFICE
from app.models.parts import PART_TYPES
from app.models.payments import BATCH, PAYMENT
from app.models.visits import VISIT
from app.paths import resource

FILES = sorted(resource("codes").glob("*.csv"))
RECORDS = (CADRE, OFFICE, VISIT, BATCH, PAYMENT, *PART_TYPES.values())
TABLES = [path.stem for path in FILES]


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest) -> CodeTable:
    return code_table(request.param)


@pytest.mark.parametrize("path", FILES, ids=TABLES)
def test_a_table_has_its_source_its_columns_and_nothing_else(path: Path):
    first, second, *_ = path.read_text(encoding="utf-8").splitlines()
    assert first.startswith("# source: ")
    assert second == "code,label,aliases,parent,retired"
    with path.open(encoding="utf-8", newline="") as file:
        file.readline()
        assert {len(row) for row in csv.reader(file)} == {5}


def test_codes_and_labels_are_unique(table: CodeTable):
    codes = [item.code for item in table.items]
    labels = [item.label for item in table.items]
    assert (len(set(codes)), len(set(labels))) == (len(codes), len(labels))
    assert all(codes)
    assert all(labels)


def test_parents_exist_and_are_not_the_child(table: CodeTable):
    codes = {item.code for item in table.items}
    assert [item for item in table.items if item.parent and item.parent not in codes - {item.code}] == []


def test_no_spelling_means_two_codes(table: CodeTable):
    meant: dict[str, set[str]] = {}
    for item in table.items:
        for text in (item.label, *item.aliases):
            meant.setdefault("".join(text.split()).casefold(), set()).add(item.code)
    assert {text: codes for text, codes in meant.items() if len(codes) > 1} == {}


def test_every_label_alias_and_code_is_found(table: CodeTable):
    for item in table.items:
        assert {table.find(text) for text in (item.label, *item.aliases)} == {item.code}
        assert table.has(item.code)
        assert table.label(item.code) == item.label


def test_no_code_is_hidden_by_the_spelling_of_another(table: CodeTable):
    assert [item.code for item in table.items if table.find(item.code) not in {None, item.code}] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_every_field_of_codes_names_a_table(record):
    named = {field.kind.table for field in record.fields if isinstance(field.kind, Code)}
    assert named <= set(TABLES)


def test_the_peoples_of_china_are_56_and_two():
    assert len(code_table("ethnicity").items) == 58


@pytest.mark.parametrize(
    ("name", "spelling", "label"),
    [
        ("ethnicity", "苗", "苗族"),
        ("ethnicity", "毛难族", "毛南族"),
        ("ethnicity", "崩龙族", "德昂族"),
        ("ethnicity", "僳僳族", "傈僳族"),
        ("ethnicity", "穿青人", "其他"),
        ("political_status", "党员", "中共党员"),
        ("political_status", "无党派", "无党派人士"),
        ("treatment", "享受副县级待遇", "副县处级"),
        ("treatment", "副县（处）级", "副县处级"),
        ("treatment", "副处级", "副县处级"),
        ("retirement_kind", "正常退休", "退休"),
        ("sex", " 女 ", "女"),
    ],
)
def test_spellings_that_offices_use_are_understood(name: str, spelling: str, label: str):
    table = code_table(name)
    found = table.find(spelling)
    assert found is not None
    assert table.label(found) == label


def test_nothing_is_guessed():
    assert code_table("ethnicity").find("苗家") is None
    assert code_table("sex").find("1") is None


def test_a_retired_code_is_shown_but_not_offered():
    from app.fields.codes import CodeItem

    table = CodeTable("practice", [CodeItem("1", "新"), CodeItem("2", "旧", retired=True)])
    assert [item.label for item in table.offered] == ["新"]
    assert table.label("2") == "旧"


def test_a_code_that_nobody_knows_is_shown_as_it_is():
    assert code_table("sex").label("7") == "7"
