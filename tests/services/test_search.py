"""Finding people as one types."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.search import Search

PEOPLE = (
    {"name": "廖应", "id_number": "52999919600726741X", "mobile": "19900005062", "former_unit": "卫城派出所"},
    {"name": "单䶮生", "landline": "0851-25501234", "home_address": "卫城镇东门村10组11号"},
    {"name": "查月娥", "village": "坪寨村", "former_unit": "卫城中学"},
    {"name": "仇应龙", "former_unit": "卫城镇\n人民政府"},
    {"name": "解秀兰", "former_name": "解桂花"},
    {"name": "万俟志国"},
    {"name": "尉迟永安"},
    {"name": "欧阳光荣"},
    {"name": "阿依古丽·买买提"},
    {"name": "王𬎆"},
)


@pytest.fixture
def search(database: Database) -> Search:
    cadres = Cadres(database)
    for values in PEOPLE:
        cadres.save(CadreFile(values=dict(values)))
    return Search(database)


@pytest.fixture
def found(search: Search, database: Database):
    names = {row.uid: row.values[0] for row in Cadres(database).rows(["name"])}
    return lambda typed: [names[uid] for uid in search.find(typed)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("廖应", "廖应"),
        ("廖 应", "廖应"),
        ("liaoying", "廖应"),
        ("LY", "廖应"),
        ("liaoy", "廖应"),
        ("741X", "廖应"),
        ("741x", "廖应"),
        ("52999919600726741x", "廖应"),
        ("5062", "廖应"),
        ("19900005062", "廖应"),
        ("派出所", "廖应"),
        ("shan", "单䶮生"),
        ("dan", "单䶮生"),
        ("sys", "单䶮生"),
        ("䶮", "单䶮生"),
        ("0851-25501234", "单䶮生"),
        ("085125501234", "单䶮生"),
        ("25501234", "单䶮生"),
        ("东门村", "单䶮生"),
        ("zha", "查月娥"),
        ("坪寨", "查月娥"),
        ("qiuyinglong", "仇应龙"),
        ("人民政府", "仇应龙"),
        ("xiexiulan", "解秀兰"),
        ("桂花", "解秀兰"),
        ("moqi", "万俟志国"),
        ("mqzg", "万俟志国"),
        ("yuchi", "尉迟永安"),
        ("oygr", "欧阳光荣"),
        ("ouyang", "欧阳光荣"),
        ("阿依古丽买买提", "阿依古丽·买买提"),
        ("阿依古丽·买", "阿依古丽·买买提"),
        ("阿依古丽•买", "阿依古丽·买买提"),
        ("ayglmmt", "阿依古丽·买买提"),
        ("𬎆", "王𬎆"),
    ],
)
def test_one_person_is_found_by(found, typed: str, name: str):
    assert found(typed) == [name]


def test_several_words_must_all_fit(found):
    assert found("卫城") == ["廖应", "仇应龙", "查月娥"]
    assert found("卫城 liao") == ["廖应"]
    assert found("派出所 5062 741") == ["廖应"]
    assert found("派出所 查") == []


def test_nothing_typed_finds_everybody_in_the_order_of_the_roster(found, database: Database):
    everybody = [row.values[0] for row in Cadres(database).rows(["name"])]
    assert found("") == found("  ") == found("·") == everybody


def test_typing_on_and_deleting_and_starting_afresh_agree(found):
    for typed in ("l", "li", "lia", "liao", "lia", "l", "z", "zh", "zha", "", "卫城 l", "卫城 li", "卫城"):
        assert found(typed) == [name for name in found("") if name in set(found(typed))]
    assert found("liao") == ["廖应"]


def test_what_is_found_is_never_across_two_people_or_two_facts(found):
    assert found("741X廖") == []
    assert found("应19900005062") == []


def test_a_change_is_found_after_renewing(search: Search, database: Database):
    assert search.find("周光") == []
    (uid,) = Cadres(database).save(CadreFile(values={"name": "周光"})).uids
    search.renew()
    assert search.find("周光") == [uid]


def test_an_empty_roster_finds_nobody(database: Database):
    assert Search(database).find("廖") == Search(database).find("") == []
