"""What a place on paper shows."""

from __future__ import annotations

import pytest

from app.reports.fillings import Filling
from tests.reports.paper_people import person


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("name", "周光"),
        ("birth_date:YYYY.MM", "1955.05"),
        ("birth_date:YYYY-MM-DD", "1955-05-14"),
        ("birth_date:YYYY年M月", "1955年5月"),
        ("birth_date:岁", "71"),
        ("sex:code", "1"),
        ("died_on:YYYY.MM", ""),
        (["former_unit", "former_post"], "卫城镇农业服务中心站长"),
        ({"fields": ["mobile", "landline"], "joined_by": "、"}, "19900006374"),
        (
            {"fields": ["name", "mobile"], "children": "contacts", "row": 1, "joined_by": " "},
            "周淑芬 19900000001",
        ),
        ({"fields": ["name"], "children": "contacts", "row": 2}, ""),
        ({"fields": ["condition"], "children": "special_conditions", "where": {"ended_on": ""}}, "独居"),
    ],
)
def test_a_mapping_says_what_stands_there(given: object, shown: str) -> None:
    assert Filling.read(given).text(person(), on="2026-11-22") == shown


def test_a_date_that_is_none_stays_as_it_is() -> None:
    joined = Filling.read("party_joined_on:YYYY.MM")
    assert joined.text(person(party_joined_on="1985.06；民革")) == "1985.06；民革"
