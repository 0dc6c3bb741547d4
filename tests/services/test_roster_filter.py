"""Choosing people from the roster."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.roster import FACET_FIELDS, FACETS_BY_NAME, Roster
from app.services.roster_filter import (
    DOUBTS,
    GAPS,
    TODO,
    Condition,
    RosterFilter,
)
from app.services.roster_marks import RosterMarks
from app.services.rows import Row

EAST, NORTH = Condition("village", "东门村"), Condition("village", "北门村")
VETERAN = Condition("retirement_kind", "LX")
NAMES = ("name", *FACET_FIELDS)


def person(uid: str, **values: object) -> Row:
    return Row(uid, tuple(values.get(name) for name in NAMES))


@pytest.fixture
def roster() -> Roster:
    return Roster(
        NAMES,
        [
            person("甲", village="东门村", retirement_kind="LX", alive=True),
            person("乙", village="东门村", retirement_kind="TX", alive=True),
            person("丙", village="北门村", retirement_kind="TX", alive=False),
            person("丁", retirement_kind="TX", alive=True),
        ],
    )


def choices(roster: Roster, facet: str) -> list[tuple[str, int]]:
    return [(one.label, one.people) for one in roster.choices(FACETS_BY_NAME[facet])]


def test_without_a_filter_everybody_is_chosen(roster: Roster) -> None:
    assert roster.chosen(RosterFilter()) == ["甲", "乙", "丙", "丁"]


def test_a_click_alone_takes_the_place_of_what_was_chosen(roster: Roster) -> None:
    chosen = RosterFilter().with_(VETERAN, "only").with_(EAST, "only")
    assert roster.chosen(chosen) == ["甲", "乙"]


def test_ctrl_means_and(roster: Roster) -> None:
    assert roster.chosen(RosterFilter().with_(EAST, "only").with_(VETERAN, "and")) == ["甲"]


def test_shift_means_or(roster: Roster) -> None:
    assert roster.chosen(RosterFilter().with_(EAST, "only").with_(NORTH, "or")) == ["甲", "乙", "丙"]


def test_alt_means_not(roster: Roster) -> None:
    assert roster.chosen(RosterFilter().with_(EAST, "only").with_(VETERAN, "not")) == ["乙"]


def test_or_binds_closer_than_and(roster: Roster) -> None:
    either = RosterFilter().with_(VETERAN, "only").with_(EAST, "and").with_(NORTH, "or")
    assert roster.chosen(either) == ["甲"]


def test_the_same_condition_again_lets_it_go(roster: Roster) -> None:
    both = RosterFilter().with_(EAST, "only").with_(VETERAN, "and")
    assert both.with_(VETERAN, "and") == RosterFilter(((EAST,),))


def test_a_condition_can_be_taken_out_of_the_middle() -> None:
    chosen = RosterFilter().with_(EAST, "only").with_(NORTH, "or").with_(VETERAN, "and")
    assert chosen.without(EAST).conditions == (NORTH, VETERAN)
    assert chosen.without(VETERAN).groups == ((EAST, NORTH),)


def test_people_found_by_a_search_keep_its_order(roster: Roster) -> None:
    assert roster.chosen(RosterFilter().with_(EAST, "only"), ["乙", "丁", "甲"]) == ["乙", "甲"]


def test_every_value_is_counted_and_not_filled_stands_last(roster: Roster) -> None:
    assert choices(roster, "village") == [("东门村", 2), ("北门村", 1), ("未填", 1)]


def test_codes_stand_in_the_order_of_their_table(roster: Roster) -> None:
    assert choices(roster, "retirement_kind") == [("离休", 1), ("退休", 3)]


def test_alive_speaks_for_itself(roster: Roster) -> None:
    assert choices(roster, "alive") == [("在世", 3), ("已故", 1)]


def test_marks_that_come_later_are_counted_and_can_be_chosen(roster: Roster) -> None:
    roster.mark(TODO, {"甲": (GAPS, DOUBTS), "丙": (GAPS,), "谁": (GAPS,)})
    assert choices(roster, TODO) == [("有缺项", 2), ("有疑点", 1)]
    assert roster.chosen(RosterFilter().with_(Condition(TODO, DOUBTS), "only")) == ["甲"]


def test_a_condition_says_what_it_is(roster: Roster) -> None:
    assert roster.words(VETERAN) == "类别：离休"
    assert roster.words(Condition("village", "", negated=True)) == "村（社区）不是：未填"


def test_a_chip_says_it_as_short_as_it_can_be_understood(roster: Roster) -> None:
    asked = (VETERAN, Condition("village", "东门村", negated=True), Condition("village", ""))
    assert [roster.word_of(one) for one in asked] == ["离休", "不是 东门村", "村（社区）：未填"]


def test_marks_come_from_the_whole_file(database: Database) -> None:
    cadres = Cadres(database)
    change = cadres.save(CadreFile(values={"name": "张志国", "id_number": "529999196507011111"}))
    assert RosterMarks(cadres).of_all() == {next(iter(change.uids)): (GAPS, DOUBTS)}
