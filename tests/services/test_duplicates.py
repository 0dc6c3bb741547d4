"""Files that may be one person's: found without comparing everybody with everybody, and remembered as two."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.models.database import Database
from app.services.cadres import Cadres
from app.services.duplicate_blocks import MOST, candidates
from app.services.duplicate_evidence import LEAST, Pair, Someone, clusters, compared
from app.services.duplicates import Duplicates
from app.services.merging import Merging
from app.services.readings import search_key
from app.services.undo import UndoSteps
from tests.services.twins import NUMBER, save

OTHER_NUMBER, SLIP = "62999919350930003X", "529999195203170021"


@pytest.fixture
def duplicates(database: Database) -> Duplicates:
    return Duplicates(database)


def someone(uid: str, name: str, **values: str) -> Someone:
    return Someone(uid, name, search_key=search_key(name), **values)


def told(one: Someone, other: Someone) -> tuple[str, str] | None:
    pair = compared(one, other)
    return (pair.reason, pair.how_sure) if pair else None


def reasons(duplicates: Duplicates) -> list[list[str]]:
    return [[pair.reason for pair in group] for group in duplicates.scan()]


@pytest.mark.parametrize(
    ("mine", "theirs", "reason", "how_sure"),
    [
        ({"id_number": NUMBER}, {"id_number": NUMBER}, "身份证号相同", "几乎肯定"),
        ({"id_number": "529999280105002"}, {"id_number": "529999192801050025"}, "身份证号相同", "几乎肯定"),
        ({"birth_date": "1952-03-17"}, {"birth_date": "1952-03-17"}, "姓名相同，出生日期相同", "几乎肯定"),
        ({"birth_date": "1952-03"}, {"birth_date": "1952-03-17"}, "姓名相同，出生年月相同", "很可能"),
        ({"former_unit": "卫城中学"}, {"former_unit": "卫城中学"}, "姓名相同，单位相同", "很可能"),
        ({"id_number": NUMBER}, {"id_number": SLIP}, "姓名相同，身份证号只差一两位", "很可能"),
        ({"mobile": "13800000001"}, {"mobile": "13800000001"}, "姓名相同，手机相同", "很可能"),
        ({}, {"birth_date": "1952-03"}, "姓名相同", "也许"),
    ],
)
def test_the_reason_and_how_sure_it_is(mine, theirs, reason, how_sure):
    assert told(someone("a", "周光", **mine), someone("b", "周光", **theirs)) == (reason, how_sure)


@pytest.mark.parametrize(
    ("mine", "theirs", "reason"),
    [
        (("张志国", {}), ("章治国", {}), "姓名同音，出生年月相同"),
        (("欧阳光荣", {}), ("欧阳光云", {}), "姓名只差一个字，出生年月相同，同村（社区）"),
        (("李明", {"former_name": "李建国"}), ("李建国", {}), "与曾用名相同，出生年月相同"),
    ],
)
def test_names_that_are_written_otherwise(mine, theirs, reason):
    facts = {"birth_date": "1952-03", **({"village": "东门村"} if "同村" in reason else {})}
    one, other = (someone(uid, name, **facts, **more) for uid, (name, more) in (("a", mine), ("b", theirs)))
    pair = compared(one, other)
    assert pair is not None
    assert pair.reason == reason


def test_two_numbers_that_are_both_right_are_two_people():
    one = someone("a", "周光", birth_date="1952-03", id_number=NUMBER)
    assert compared(one, someone("b", "周光", birth_date="1952-03", id_number=OTHER_NUMBER)) is None


def test_namesakes_of_other_years_are_two_people():
    assert compared(someone("a", "周光", birth_date="1952"), someone("b", "周光", birth_date="1960")) is None


def test_the_same_number_under_another_name_is_told():
    pair = compared(someone("a", "周光", id_number=NUMBER), someone("b", "吴大海", id_number=NUMBER))
    assert pair is not None
    assert (pair.reason, pair.certainty) == ("身份证号相同，姓名不同", 92)


PEOPLE = st.lists(
    st.builds(
        lambda name, birth, number, unit, mobile: {
            "name": name,
            "birth_date": birth,
            "id_number": number,
            "former_unit": unit,
            "mobile": mobile,
        },
        st.sampled_from(
            ["周光", "周广", "张志国", "章治国", "张志强", "欧阳光荣", "欧阳光云", "阿依古丽·买买提"]
        ),
        st.sampled_from(["", "1952", "1952-03", "1952-03-17", "1960-01"]),
        st.sampled_from(["", NUMBER, OTHER_NUMBER, SLIP, "529999195203170013"]),
        st.sampled_from(["", "卫城中学"]),
        st.sampled_from(["", "13800000001"]),
    ),
    max_size=12,
)


@given(PEOPLE)
def test_nobody_is_missed_for_not_being_compared(people):
    """Of few people, those who share a key give the same pairs as everybody with everybody."""
    known = [someone(str(place), **values) for place, values in enumerate(people)]
    every = {pair.uids for one, other in combinations(known, 2) if (pair := compared(one, other))}
    found = [pair.uids for one, other in candidates(known) if (pair := compared(one, other))]
    assert len(found) == len(set(found))
    missed = every - set(found)
    assert not missed, [(known[int(a)], known[int(b)]) for a, b in missed]


def test_a_name_that_very_many_share_is_not_compared_by_itself():
    known = [someone(str(place), "王秀英", birth_date=f"{1900 + place}") for place in range(MOST + 1)]
    assert list(candidates(known)) == []


def test_three_that_hang_together_are_one_group(duplicates, database):
    for _ in range(3):
        save(database, "周光", birth_date="1952-03")
    save(database, "吴大海", birth_date="1952-03")
    assert [len(group) for group in duplicates.scan()] == [3]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(LEAST, 99))))
def test_groups_hold_every_pair_once_and_no_person_twice(edges):
    pairs = [Pair(Someone(str(a), ""), Someone(str(b), ""), "", sure) for a, b, sure in edges if a != b]
    groups = clusters(pairs)
    assert sorted(map(id, pairs)) == sorted(id(pair) for group in groups for pair in group)
    people = [uid for group in groups for uid in {uid for pair in group for uid in pair.uids}]
    assert len(people) == len(set(people))


class TestTwoPeople:
    def test_they_are_not_listed_again(self, database, duplicates):
        save(database, "周光", birth_date="1952-03"), save(database, "周光", birth_date="1952-03")
        ((pair,),) = duplicates.scan()
        duplicates.not_same(pair, "堂兄弟")
        assert duplicates.scan() == []
        (decided,) = duplicates.decided()
        assert (decided.names, decided.reason, decided.by) == (("周光", "周光"), "堂兄弟", "林晓芸")

    @pytest.mark.parametrize(
        ("name", "value"), [("name", "周广"), ("id_number", NUMBER), ("birth_date", "1952-03-17")]
    )
    def test_another_name_number_or_birth_asks_again(self, database, duplicates, name, value):
        one = save(database, "周光", birth_date="1952-03")
        save(database, "周光", birth_date="1952-03")
        ((pair,),) = duplicates.scan()
        duplicates.not_same(pair)
        file = Cadres(database).read(one)
        file.values["mobile"] = "13800000001"
        Cadres(database).save(file)
        assert duplicates.scan() == []
        file = Cadres(database).read(one)
        file.values[name] = value
        Cadres(database).save(file)
        assert len(duplicates.scan()) == 1
        assert duplicates.decided() == []

    def test_the_decision_is_taken_back_from_the_list_or_by_undo(self, database, duplicates):
        save(database, "周光", birth_date="1952-03"), save(database, "周光", birth_date="1952-03")
        ((pair,),) = duplicates.scan()
        duplicates.not_same(pair)
        duplicates.undecide(duplicates.decided()[0].uid)
        assert len(duplicates.scan()) == 1
        duplicates.not_same(pair)
        UndoSteps(database).undo()
        assert len(duplicates.scan()) == 1
        with pytest.raises(UserError, match="已经收回"):
            duplicates.undecide("gone")

    def test_deciding_twice_leaves_one_decision(self, database, duplicates):
        save(database, "周光", birth_date="1952-03"), save(database, "周光", birth_date="1952-03")
        ((pair,),) = duplicates.scan()
        duplicates.not_same(pair)
        duplicates.not_same(duplicates.pair(*reversed(pair.uids)))
        assert len(duplicates.decided()) == 1


def test_two_that_somebody_chose_are_compared_though_unlike(database, duplicates):
    one, two = save(database, "周光"), save(database, "吴大海")
    assert duplicates.pair(one, two).reason == "由您选出"
    with pytest.raises(UserError, match="已经不在了"):
        duplicates.pair(one, "gone")


def test_a_new_file_with_the_name_of_a_merged_one_is_found(database, duplicates):
    one, two = save(database, "周光", birth_date="1952-03"), save(database, "周大光")
    merging = Merging(database)
    merging.merge(plan := merging.plan(one, two), plan.choices)
    save(database, "周大光", birth_date="1952-03")
    assert reasons(duplicates) == [["与曾用名相同，出生年月相同"]]
