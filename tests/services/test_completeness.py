"""How complete a file is, and what is still missing."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.cadre import CADRE
from app.services.cadres import CadreFile
from app.services.completeness import WRITTEN_BY_REVIEW, completeness, with_gaps

FULL: dict[str, Any] = {field.name: "1" for field in CADRE.fields if field.need == "always"} | {
    "political_status": "13", "retirement_kind": "TX", "rank": "142", "treatment": "142", "relocated": False,
    "counted": True, "alive": True, "health_status": "1",
}  # fmt: skip
PARTS = {"resume": [{"text": "教师"}], "contacts": [{"name": "廖长"}]}


def gaps(**changed: Any) -> list[str]:
    parts = {name: changed.pop(name, rows) for name, rows in PARTS.items()}
    return [gap.field for gap in completeness(CadreFile(values=FULL | changed, parts=parts)).gaps]


def test_a_whole_file_is_a_hundred_percent():
    state = completeness(CadreFile(values=FULL, parts=PARTS))
    assert (state.percent, state.gaps) == (100, ())


def test_an_empty_file_is_nothing_and_misses_all_that_is_wanted():
    state = completeness(CadreFile())
    wanted = {field.name for field in CADRE.fields if field.need == "always"} - WRITTEN_BY_REVIEW
    assert state.percent == 0
    assert {gap.field for gap in state.gaps} == wanted | {"resume", "contacts", "mobile"}


def test_gaps_stand_in_the_order_of_the_form():
    order = [field.name for field in CADRE.fields]
    found = gaps(name=None, retired_on=None, home_address=None, preparer=None)
    assert found == sorted(found, key=order.index)


def test_a_gap_is_shown_under_its_label_and_section():
    (gap,) = completeness(CadreFile(values=FULL | {"id_number": ""}, parts=PARTS)).gaps
    assert (gap.field, gap.label, gap.section) == ("id_number", "身份证号", "基本信息")


def test_yes_no_and_nothing_are_three_answers():
    assert gaps(relocated=False) == []
    assert gaps(relocated=None) == ["relocated"]


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"political_status": "01"}, ["party_joined_on", "party_branch"]),
        ({"political_status": "02", "party_joined_on": "2025"}, ["party_branch"]),
        ({"retirement_kind": "LX"}, ["revolution_period"]),
        ({"treatment": "132"}, ["treatment_approved_on", "treatment_document"]),
        ({"rank": "208", "treatment": "141"}, []),
        ({"rank": "208", "treatment": "132"}, ["treatment_approved_on", "treatment_document"]),
        ({"relocated": True}, ["relocation_place", "relocation_unit"]),
        ({"health_status": "3"}, ["illnesses"]),
        ({"health_status": "61"}, ["illnesses"]),
        ({"alive": False}, ["died_on"]),
        ({"contacts": []}, ["mobile", "contacts"]),
        ({"contacts": [], "landline": "25501234"}, ["contacts"]),
        ({"resume": []}, ["resume"]),
    ],
)
def test_what_is_wanted_depends_on_the_person(changed: dict[str, Any], missing: list[str]):
    assert gaps(**changed) == missing


def test_what_reviewers_look_at_hardest_weighs_most():
    def percent(**changed: Any) -> int:
        return completeness(CadreFile(values=FULL | changed, parts=PARTS)).percent

    assert percent(health_status=None) < percent(prepared_on=None) < 100
    member = {"political_status": "01", "party_joined_on": "1974-05", "party_branch": "机关支部"}
    assert percent(**member) == 100
    assert percent(**{**member, "party_branch": None}) == 85


def test_what_the_review_writes_is_asked_of_nobody():
    state = completeness(CadreFile(values=FULL | {"reviewer": None, "reviewed_on": None}, parts=PARTS))
    assert (state.percent, state.gaps) == (100, ())


def test_the_dead_are_asked_nothing():
    living, dead = CadreFile(values={"alive": True}), CadreFile(values={"alive": False})
    buried = CadreFile(values={"alive": True, "died_on": "2026-03"})
    whole = CadreFile(values=FULL, parts=PARTS)
    assert [file for file, _ in with_gaps([dead, living, buried, whole])] == [living]
