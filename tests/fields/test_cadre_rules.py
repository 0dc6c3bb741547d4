"""Rules across a cadre's fields: each fires, is silent without data, and minds the precision of dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app import clock
from app.fields.cadre_rules import CADRE_RULES
from app.models.cadre import CADRE

Said = tuple[str, str, str]

MAN = "529999195203170012"
"""Born 1952-03-17."""


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 22))


def said(**values: Any) -> list[Said]:
    return [(each.field, each.severity, each.code) for rule in CADRE_RULES for each in rule(values)]


@pytest.mark.parametrize("rule", CADRE_RULES, ids=lambda rule: rule.__name__)
def test_every_rule_is_silent_without_data(rule):
    assert list(rule({})) == []
    assert list(rule({field.name: None for field in CADRE.fields})) == []


def test_a_sound_file_gives_no_word():
    values = {
        "name": "廖应", "sex": "1", "birth_date": "1952-03", "id_number": MAN, "work_started_on": "1970-03",
        "retired_on": "2012-03", "retirement_kind": "TX", "political_status": "01",
        "party_joined_on": "1974-05", "party_full_on": "1975-05", "party_branch": "机关支部",
        "mobile": "19900005062", "health_status": "1", "contacts": [],
    }  # fmt: skip
    assert said(**values) == []


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"birth_date": "1952-04", "id_number": MAN}, ("birth_date", "W", "R-05")),
        ({"birth_date": "1952-03-18", "id_number": MAN}, ("birth_date", "W", "R-05")),
        ({"birth_date": "1951", "id_number": MAN}, ("birth_date", "W", "R-05")),
        ({"sex": "2", "id_number": MAN}, ("sex", "W", "R-06")),
        ({"id_number": "52999918520317001X"}, ("id_number", "E", "R-04")),
        ({"id_number": "529999203003170010"}, ("id_number", "E", "R-04")),
        ({"birth_date": "1952-03", "work_started_on": "1952-02"}, ("work_started_on", "E", "R-20")),
        ({"work_started_on": "1970", "retired_on": "1969"}, ("retired_on", "E", "R-20")),
        ({"birth_date": "1952-03", "died_on": "1951"}, ("died_on", "E", "R-30")),
        ({"retired_on": "2012-03", "died_on": "2012-02-28"}, ("died_on", "E", "R-30")),
        ({"retired_on": "2026-12"}, ("retired_on", "E", "R-20")),
        ({"died_on": "2026-11-23"}, ("died_on", "E", "R-30")),
        ({"birth_date": "1952-03", "work_started_on": "1968-02"}, ("work_started_on", "W", "R-21")),
        ({"birth_date": "1952-03", "work_started_on": "1962-02"}, ("work_started_on", "E", "R-21")),
        ({"birth_date": "1938-03", "party_joined_on": "1956-02"}, ("party_joined_on", "E", "R-22")),
        ({"birth_date": "1929-03", "party_joined_on": "1947-02"}, ("party_joined_on", "W", "R-22")),
        ({"party_joined_on": "1921-06"}, ("party_joined_on", "E", "R-23")),
        ({"party_joined_on": "1974-05", "party_full_on": "1974-04"}, ("party_full_on", "W", "R-23")),
        ({"party_joined_on": "1974-05", "party_full_on": "1977-06"}, ("party_full_on", "W", "R-23")),
        ({"retired_on": "2012-03", "party_joined_on": "2012-04"}, ("party_joined_on", "W", "R-24")),
        ({"retirement_kind": "TX", "work_started_on": "1949-09"}, ("retirement_kind", "W", "R-28")),
        ({"retirement_kind": "TX", "work_started_on": "1949"}, ("retirement_kind", "W", "R-28")),
        ({"treatment_approved_on": "1969", "work_started_on": "1970"}, ("treatment_approved_on", "E", "R-33")),
        ({"treatment_approved_on": "2011", "retired_on": "2012"}, ("treatment_approved_on", "W", "R-33")),
        ({"political_status": "13", "party_joined_on": "1974"}, ("party_joined_on", "W", "R-41")),
        ({"relocated": True}, ("relocation_place", "W", "R-51")),
        ({"health_status": "3"}, ("illnesses", "W", "R-56")),
        ({"health_status": "61"}, ("illnesses", "W", "R-56")),
        ({"contacts": []}, ("mobile", "W", "R-57")),
    ],
)  # fmt: skip
def test_a_contradiction_is_said_once_where_it_is_seen(values: dict[str, Any], problem: Said):
    assert said(**values) == [problem]


@pytest.mark.parametrize(
    "values",
    [
        {"birth_date": "1952", "id_number": MAN},
        {"birth_date": "1952-03", "id_number": MAN},
        {"birth_date": "1951-02", "id_number": MAN, "birth_note": "以档案最早记载为准"},
        {"birth_date": "1952-03", "id_number": "529999"},
        {"sex": "1", "id_number": MAN},
        {"sex": "9", "id_number": MAN},
        {"birth_date": "1952-03", "retired_on": "2012-03", "died_on": "2012-03"},
        {"retired_on": "2026-11"},
        {"retired_on": "2026"},
        {"died_on": "2026-11-22"},
        {"birth_date": "1952-03", "work_started_on": "1968-03"},
        {"birth_date": "1952-12", "work_started_on": "1968"},
        {"birth_date": "1952", "work_started_on": "1968-01"},
        {"birth_date": "1938-12", "party_joined_on": "1956"},
        {"birth_date": "1938-03", "party_joined_on": "1956-03"},
        {"party_joined_on": "1921-07"},
        {"party_joined_on": "1921"},
        {"party_joined_on": "1974-05", "party_full_on": "1977-05"},
        {"party_joined_on": "1974-05", "party_full_on": "1977"},
        {"party_joined_on": "1974", "party_full_on": "1977-12"},
        {"retired_on": "2012-03", "party_joined_on": "2012"},
        {"retirement_kind": "TX", "work_started_on": "1949-10"},
        {"treatment_approved_on": "2012", "retired_on": "2012-03"},
        {"political_status": "13"},
        {"relocated": True, "relocation_place": "贵阳市", "residence_class": "2"},
        {"relocated": False, "residence_class": "1"},
        {"health_status": "3", "illnesses": "高血压"},
        {"health_status": "1"},
        {"contacts": [{"name": "廖长"}]},
        {"contacts": [], "landline": "0851-25501234"},
        {"contacts": [], "died_on": "2026-03-12"},
    ],
)
def test_what_can_be_right_is_not_questioned(values: dict[str, Any]):
    assert said(**values) == []


@pytest.mark.parametrize(
    ("sex", "birth", "retired", "unusual"),
    [
        ("1", "1952-03", "2007-03", False),
        ("1", "1952-03", "2007-02", True),
        ("1", "1952-03", "2017-03", False),
        ("1", "1952-03", "2018-03", True),
        ("1", "1952", "2007", False),
        ("1", "1952-12", "2007", False),
        ("1", "1952", "2018-01", False),
        ("1", "1952", "2019", True),
        ("2", "1952-03", "2002-03", False),
        ("2", "1952-03", "2002-02", True),
        ("2", "1952-03", "2013-03", True),
        ("9", "1952-03", "1990-03", False),
    ],
)
def test_the_usual_age_of_retiring(sex: str, birth: str, retired: str, unusual: bool):
    problems = [each for each in said(sex=sex, birth_date=birth, retired_on=retired) if each[2] == "R-29"]
    assert problems == ([("retired_on", "W", "R-29")] if unusual else [])


@pytest.mark.parametrize("kind", ["TXB", "TXT", "LG"])
def test_who_retired_early_for_a_reason_is_not_asked(kind: str):
    assert said(sex="1", birth_date="1952-03", retired_on="1990-03", retirement_kind=kind) == []


def test_a_veteran_began_by_the_end_of_september_1949():
    def problems(started: str) -> list[Said]:
        return said(retirement_kind="LX", revolution_period="5", work_started_on=started)

    assert problems("1949-09-30") == problems("1949-09") == problems("1949") == []
    assert problems("1949-10") == problems("1950") == [("retirement_kind", "E", "R-25")]


def test_a_veteran_was_not_a_child_in_1949():
    def problems(born: str) -> list[Said]:
        return said(retirement_kind="TGL", revolution_period="5", birth_date=born)

    assert problems("1935-10") == problems("1935") == []
    assert problems("1935-11") == [("birth_date", "W", "R-26")]


@pytest.mark.parametrize(
    ("started", "fitting"),
    [
        ("1927-07-31", "1"),
        ("1927-08-01", "2"),
        ("1937-07-06", "2"),
        ("1937-07-07", "3"),
        ("1937-07", "23"),
        ("1942-12-31", "3"),
        ("1943-01", "4"),
        ("1945-09-02", "4"),
        ("1945-09-03", "5"),
        ("1945-09", "45"),
        ("1945", "45"),
        ("1949-09-30", "5"),
    ],
)
def test_the_period_of_a_veteran_is_one_that_the_date_allows(started: str, fitting: str):
    accepted = [
        period
        for period in "12345"
        if not said(retirement_kind="LX", work_started_on=started, revolution_period=period)
    ]
    assert "".join(accepted) == fitting


def test_an_approval_outweighs_the_period():
    values = {"retirement_kind": "LX", "work_started_on": "1948-05", "revolution_period": "4"}
    assert said(**values) == [("revolution_period", "E", "R-27")]
    assert said(**values, treatment_document="县老干〔1985〕3号") == [("revolution_period", "W", "R-27")]


def test_a_veteran_without_a_period_is_asked_for_it():
    assert said(retirement_kind="LX") == [("revolution_period", "W", "R-27")]


@pytest.mark.parametrize("status", ["01", "02"])
def test_a_party_member_has_a_date_and_a_branch(status: str):
    assert said(political_status=status) == [("party_joined_on", "W", "R-40"), ("party_branch", "W", "R-40")]


def test_moved_away_and_at_home_contradict_each_other():
    assert said(relocated=True, relocation_place="贵阳市", residence_class="1") == [
        ("residence_class", "W", "R-51")
    ]


def test_the_message_names_both_dates():
    (problem,) = CADRE.problems({"name": "廖应", "birth_date": "1952-04", "id_number": MAN, **_FILLED})
    assert problem.message == "档案出生日期 1952.04 与身份证 1952.03.17 不一致，请核对并写明原因"


_FILLED = {
    field.name: True if field.kind.stored_as == "boolean" else "1"
    for field in CADRE.fields
    if field.need == "always" and field.name not in {"name", "birth_date", "id_number"}
} | {
    "work_started_on": "1972", "retired_on": "2012", "sex": "1", "ethnicity": "01", "education": "20",
    "marital_status": "20", "political_status": "13", "retirement_kind": "TX", "rank": "142", "treatment": "142",
    "relocated": False, "prepared_on": "2026", "reviewed_on": "2026", "health_status": "1",
}  # fmt: skip
