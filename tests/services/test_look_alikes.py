"""Who may be the same person."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.look_alikes import LookAlikes
from app.services.merging import Merging

NUMBER = "529999195505148814"


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


def found(cadres: Cadres, **values: str) -> list[tuple[str, str, int]]:
    return [(one.name, one.reason, one.certainty) for one in LookAlikes(cadres).find(values)]


def add(cadres: Cadres, name: str, **values: str) -> str:
    return next(iter(cadres.save(CadreFile(values={"name": name, **values})).uids))


def test_the_same_number_is_the_same_person_whatever_the_name(cadres: Cadres) -> None:
    add(cadres, "周光", id_number=NUMBER)
    assert found(cadres, name="周广", id_number=NUMBER) == [("周光", "身份证号相同", 100)]


def test_the_same_name_and_birth_month_is_almost_certain(cadres: Cadres) -> None:
    add(cadres, "周光", birth_date="1955-05-14")
    assert found(cadres, name="周光", birth_date="1955-05") == [("周光", "姓名相同，出生年月相同", 95)]


def test_the_same_name_alone_is_likely(cadres: Cadres) -> None:
    add(cadres, "周光")
    assert found(cadres, name="周光") == [("周光", "姓名相同", 75)]


def test_another_birth_month_makes_a_namesake_less_sure(cadres: Cadres) -> None:
    add(cadres, "周光", birth_date="1955-05")
    assert found(cadres, name="周光", birth_date="1961-02") == [("周光", "姓名相同", 60)]


def test_a_name_that_is_read_the_same_is_shown(cadres: Cadres) -> None:
    add(cadres, "张志国")
    assert found(cadres, name="章治国") == [("张志国", "姓名同音", 50)]


def test_one_other_character_behind_the_same_surname_is_shown(cadres: Cadres) -> None:
    add(cadres, "欧阳光荣")
    add(cadres, "司徒光云")
    assert found(cadres, name="欧阳光云") == [("欧阳光荣", "姓名只差一个字", 40)]


def test_a_former_name_counts_as_a_name(cadres: Cadres) -> None:
    add(cadres, "李明", former_name="李建国")
    assert found(cadres, name="李建国") == [("李明", "与曾用名相同", 70)]


def test_the_same_birth_month_counts_only_behind_the_same_surname(cadres: Cadres) -> None:
    add(cadres, "周淑芬", birth_date="1955-05")
    add(cadres, "吴永强", birth_date="1955-05")
    assert found(cadres, name="周大海", birth_date="1955-05-20") == [("周淑芬", "同姓，出生年月相同", 40)]


def test_the_likeliest_stands_first(cadres: Cadres) -> None:
    add(cadres, "张志国")
    add(cadres, "章治国", id_number=NUMBER)
    assert [name for name, _, _ in found(cadres, name="张志国", id_number=NUMBER)] == ["章治国", "张志国"]


def test_nobody_is_their_own_look_alike(cadres: Cadres) -> None:
    uid = add(cadres, "周光")
    assert LookAlikes(cadres).find({"name": "周光"}, but=uid) == []


def test_nothing_typed_is_like_nobody(cadres: Cadres) -> None:
    add(cadres, "周光")
    assert found(cadres, name="") == []


def test_a_new_person_is_known_after_renewing(cadres: Cadres) -> None:
    alikes = LookAlikes(cadres)
    assert alikes.find({"name": "周光"}) == []
    add(cadres, "周光", birth_date="1955-05", village="东门村")
    alikes.renew()
    (alike,) = alikes.find({"name": "周光"})
    assert (alike.birth_date, alike.village, alike.how_sure) == ("1955-05", "东门村", "很可能")


def test_a_merged_file_is_found_where_it_went(database: Database, cadres: Cadres) -> None:
    """By its name and by its number; an old number of 15 digits is the same as the 18 it became."""
    kept, gone = add(cadres, "周光"), add(cadres, "吴大海", id_number="529999192801050025")
    merging = Merging(database)
    plan = merging.plan(kept, gone)
    choices = plan.choices
    choices.sides["id_number"] = "keep"
    merging.merge(plan, choices)
    alikes = LookAlikes(cadres)
    alikes.other_names = merging.other_names
    assert [(one.uid, one.reason) for one in alikes.find({"name": "吴大海"})] == [
        (kept, "与并入的档案姓名相同")
    ]
    by_number = alikes.find({"name": "孙丽", "id_number": "529999280105002"})
    assert [(one.uid, one.reason, one.certainty) for one in by_number] == [
        (kept, "与并入的档案身份证号相同", 100)
    ]
