"""The head of a file."""

from __future__ import annotations

import datetime as dt

from app.services.cadres import CadreFile
from app.services.portrait import portrait

TODAY = dt.date(2026, 11, 22)


def test_both_ages_are_said_where_archive_and_number_differ() -> None:
    file = CadreFile(values={"birth_date": "1951-03", "id_number": "529999195505148814"})
    assert portrait(file, TODAY).age == "档案 75 岁，身份证 71 岁"


def test_one_age_is_enough_where_they_agree() -> None:
    file = CadreFile(values={"birth_date": "1955-05", "id_number": "529999195505148814"})
    assert portrait(file, TODAY).age == "71 岁"


def test_of_the_dead_the_age_reached_is_said() -> None:
    who = portrait(CadreFile(values={"birth_date": "1930-05", "died_on": "2020-03"}), TODAY)
    assert (who.alive, who.died, who.age) == (False, "2020.03", "终年 89 岁")


def test_the_weightiest_three_tags_are_shown_and_the_others_counted() -> None:
    file = CadreFile(
        values={"retirement_kind": "LX", "living_arrangement": "4", "health_status": "37"},
        parts={
            "special_conditions": [
                {"condition": "sick"},
                {"condition": "alone"},
                {"condition": "hospital", "ended_on": "2020-01"},
            ]
        },
    )
    who = portrait(file, TODAY)
    assert who.tags == ("离休", "患病", "独居")
    assert who.more_tags == ("糖尿病",)


def test_the_persons_own_phones_stand_before_those_of_contacts() -> None:
    file = CadreFile(
        values={"mobile": "19900001111", "landline": "0851-1234567"},
        parts={"contacts": [{"relation": "长女", "name": "周淑芬", "mobile": "19900002222"}]},
    )
    assert portrait(file, TODAY).phones == (
        ("手机", "19900001111"),
        ("固话", "0851-1234567"),
        ("长女 周淑芬", "19900002222"),
    )


def test_an_empty_file_has_an_empty_head() -> None:
    who = portrait(CadreFile(), TODAY)
    assert (who.name, who.about, who.age, who.post, who.phones, who.tags) == ("", "", "", "", (), ())
