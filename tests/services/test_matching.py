"""Whom a row means: sure, somebody new, or a question for a person."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.matching import Known, People, same_date

YING = "52999919600726741X"
OTHER = "529999195203170012"


def known(uid: str, name: str = "廖应", **values: Any) -> Known:
    return Known(
        uid, name, *(values.get(key) for key in ("birth_date", "id_number", "mobile", "former_unit"))
    )


def meant(values: dict[str, Any], *people: Known) -> str:
    """The uid, 'new', or who is asked about."""
    match = People.of(people).match({"name": "廖应", **values})
    assert bool(match.doubt) == bool(match.candidates)
    if match.doubt:
        return "? " + " ".join(each.uid for each in match.candidates)
    return match.uid or "new"


@pytest.mark.parametrize(
    ("values", "person", "answer"),
    [
        ({"id_number": YING}, {"id_number": YING}, "1"),
        ({"id_number": YING, "birth_date": "1961"}, {"id_number": YING, "birth_date": "1960"}, "1"),
        ({"birth_date": "1960-07"}, {"birth_date": "1960-07-26"}, "1"),
        ({"birth_date": "1960-07-26"}, {"birth_date": "1960"}, "1"),
        ({"birth_date": "1960-07"}, {"id_number": YING}, "1"),
        ({"id_number": YING}, {"birth_date": "1960-07"}, "1"),
        ({"mobile": "19900005062"}, {"mobile": "19900005062"}, "1"),
        ({"former_unit": "卫城中学"}, {"former_unit": "卫城中学"}, "1"),
        ({}, {}, "? 1"),
        ({}, {"id_number": YING}, "? 1"),
        ({"id_number": YING}, {}, "? 1"),
        ({"former_unit": "卫城中学"}, {"former_unit": "卫城小学"}, "? 1"),
        ({"birth_date": "1960-07", "id_number": OTHER}, {"birth_date": "1960-07", "id_number": YING}, "? 1"),
        ({"id_number": OTHER}, {"id_number": YING}, "? 1"),
        ({"birth_date": "1961"}, {"birth_date": "1960-07"}, "? 1"),
        ({"birth_date": "1952-03", "id_number": OTHER}, {"birth_date": "1960-07", "id_number": YING}, "new"),
    ],
)
def test_a_row_against_one_of_the_same_name(values: dict[str, Any], person: dict[str, Any], answer: str):
    assert meant(values, known("1", **person)) == answer


def test_nobody_of_that_name_is_somebody_new():
    assert meant({}, known("1", "周光")) == meant({}) == "new"


def test_a_number_of_somebody_else_is_asked_about():
    people = People.of([known("1", "周光", id_number=YING, birth_date="1960-07", former_unit="卫城中学")])
    match = people.match({"name": "廖应", "id_number": YING})
    assert match.doubt == "身份证号与 周光（1960.07，卫城中学） 相同，姓名却不同"


def test_of_two_of_a_name_the_one_who_agrees_is_meant():
    two = (known("1", birth_date="1960-07"), known("2", birth_date="1952-03"))
    assert meant({"birth_date": "1952-03"}, *two) == "2"
    assert meant({}, *two) == "? 1 2"


def test_two_who_agree_alike_are_asked_about():
    two = (known("1", former_unit="卫城中学"), known("2", former_unit="卫城中学"))
    assert meant({"former_unit": "卫城中学"}, *two) == "? 1 2"


def test_the_question_tells_them_apart():
    people = People.of([known("1", birth_date="1960-07", former_unit="卫城派出所"), known("2")])
    assert (
        people.match({"name": "廖应"}).doubt
        == "名单里已有同名的 廖应（1960.07，卫城派出所）、廖应，不能确定是不是同一个人"
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1960", "1960-07-26", True),
        ("1960-07", "1960-07", True),
        ("1960-07", "1960-08", False),
        ("1960", "1961", False),
    ],
)
def test_one_date_may_only_say_more_than_the_other(one: str, other: str, same: bool):
    assert same_date(one, other) is same
    assert same_date(other, one) is same
