"""A file as it is read for signing: order, marks, problems, nothing left out."""

from __future__ import annotations

from typing import Any

import pytest

from app.fields.spec import Problem
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.services.cadres import CadreFile
from app.services.findings import Finding
from app.services.review_changes import Differences, RowDifference
from app.services.review_reading import UNFILLED, ReadField, ReadGroup, Reading, read_file

NEVER = Differences(ever=False)


def read(
    values: dict[str, Any] | None = None,
    parts: dict[str, list[dict[str, Any]]] | None = None,
    changes: Differences = NEVER,
    problems: tuple[Problem, ...] = (),
) -> Reading:
    file = CadreFile("uid", 1, {"name": "廖应", **(values or {})}, parts or {})
    return read_file(file, changes, [Finding("uid", "廖应", each, "") for each in problems])


def group(reading: Reading, title: str) -> ReadGroup:
    return next(each for each in reading.groups if each.title == title)


def field(reading: Reading, name: str) -> ReadField:
    return next(each for group in reading.groups for each in group.fields if each.name == name)


def test_what_the_reports_check_hardest_stands_first() -> None:
    reading = read()
    assert [(each.title, each.stressed) for each in reading.groups][:5] == [
        ("任职经历", True),
        ("入党时间", True),
        ("所属支部", True),
        ("身体状况", True),
        ("基本信息", False),
    ]


@pytest.mark.parametrize("name", [each.name for each in CADRE.fields])
def test_a_problem_of_any_field_stands_at_it_once(name: str) -> None:
    reading = read(problems=(Problem(name, "E", "R-05", "不对"),))
    found = [each for group in reading.groups for each in group.fields if each.problems]
    assert [(each.name, each.problems[0].message) for each in found] == [(name, "不对")]


@pytest.mark.parametrize("name", PART_TYPES)
def test_a_problem_of_any_part_stands_at_it_once(name: str) -> None:
    reading = read(problems=(Problem(name, "W", "R-58", "有疑问"),))
    found = [part for group in reading.groups for part in group.parts if part.problems]
    assert [(part.name, part.problems[0].severity) for part in found] == [(name, "W")]
    assert reading.problems == {"W": 1}


def test_empty_fields_stand_there_only_where_the_form_wants_them() -> None:
    reading = read({"sex": "1"})
    shown = {each.name for group in reading.groups for each in group.fields}
    assert field(reading, "native_place").text == UNFILLED
    assert "former_name" not in shown
    assert not shown & {"reviewer", "preparer"}, "the steps of the review fill these"


def test_what_was_emptied_says_what_it_was() -> None:
    emptied = read(changes=Differences(True, {"former_name": "廖英"}))
    assert (field(emptied, "former_name").text, field(emptied, "former_name").old) == (UNFILLED, "廖英")
    assert emptied.changed == 1


def test_numbers_are_covered_and_a_photo_is_only_there() -> None:
    reading = read(
        {"id_number": "529999195108010010", "bank_account": "6228480402564890018", "photo": "a" * 64}
    )
    assert field(reading, "id_number").text == "*" * 14 + "0010"
    assert "62284" not in field(reading, "bank_account").text
    assert field(reading, "photo").text == "有"


def test_rows_that_came_changed_and_went_are_marked() -> None:
    rows = [
        {"uid": "1", "started_on": "1970-03", "ended_on": "1987-03", "text": "农业站"},
        {"uid": "2", "started_on": "1987-03", "text": "副镇长"},
        {"uid": "3", "text": "照旧"},
    ]
    changes = Differences(
        True,
        parts={
            "resume": [
                RowDifference("1", "insert", {}, {"text": "农业站"}),
                RowDifference("2", "update", {"text": "镇长", "ended_on": ""}, {"text": "副镇长"}),
                RowDifference("9", "delete", {"started_on": "1960", "ended_on": "1970", "text": "学校"}, {}),
            ]
        },
    )
    (resume,) = group(read(parts={"resume": rows}, changes=changes), "任职经历").parts
    assert [(row.text, row.mark, row.old) for row in resume.rows] == [
        ("1970.03—1987.03　农业站", "new", ""),
        ("1987.03　副镇长", "changed", "单位及职务：镇长；止：（空）"),
        ("照旧", "", ""),
        ("1960—1970　学校", "gone", ""),
    ]


def test_sections_without_anything_are_left_out() -> None:
    titles = [each.title for each in read().groups]
    assert "特长与作用" not in titles
    assert "身体状况" in titles
    assert "特长与作用" in [each.title for each in read({"hobbies": "1"}).groups]


def test_of_a_file_never_approved_nothing_is_counted() -> None:
    assert read().changed is None
    assert read(changes=Differences(ever=True)).changed == 0
