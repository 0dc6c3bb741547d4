"""Filters that are used again, and the one within which somebody works."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models.audit import AUDIT_ACT
from app.models.database import Database
from app.services.questions import HAS
from app.services.roster_filter import Condition, RosterFilter
from app.services.saved_filters import SavedFilters

EAST = RosterFilter(((Condition("village", "东门村"), Condition("village", "北门村", negated=True)),))
CLEAN = RosterFilter(((Condition("native_place", "清镇", question=HAS),),))


@pytest.fixture
def saved(database: Database) -> SavedFilters:
    return SavedFilters(database)


def names(saved: SavedFilters) -> list[str]:
    return [kept.name for kept in saved.all()]


def test_a_filter_is_read_as_it_was_saved(saved: SavedFilters) -> None:
    saved.save("东门片", EAST)
    saved.save("清镇人", CLEAN)
    assert [(kept.name, kept.filter) for kept in saved.all()] == [("东门片", EAST), ("清镇人", CLEAN)]


def test_the_same_name_again_takes_the_place(saved: SavedFilters) -> None:
    assert saved.save("卫城片", EAST).uids == saved.save(" 卫城片 ", CLEAN).uids
    assert [kept.filter for kept in saved.all()] == [CLEAN]


def test_it_can_be_renamed_and_removed(saved: SavedFilters) -> None:
    (uid,) = saved.save("卫城片", EAST).uids
    saved.rename(uid, "东门片")
    assert names(saved) == ["东门片"]
    saved.remove(uid)
    assert names(saved) == []


@pytest.mark.parametrize("name", ["", "  ", "长" * 21])
def test_a_name_that_is_none_is_refused(saved: SavedFilters, name: str) -> None:
    with pytest.raises(UserError):
        saved.save(name, EAST)
    assert names(saved) == []


def test_two_are_never_called_the_same(saved: SavedFilters) -> None:
    saved.save("甲", EAST)
    (uid,) = saved.save("乙", EAST).uids
    with pytest.raises(UserError, match="甲"):
        saved.rename(uid, "甲")


def test_the_circle_is_everybodys_own_and_kept(saved: SavedFilters, database: Database) -> None:
    (uid,) = saved.save("卫城片", EAST).uids
    assert saved.circle is None
    saved.work_within(uid)
    assert SavedFilters(database).circle == saved.all()[0]
    me = database.actor
    database.actor = replace(me, uid="0c0ffee0-0000-4000-8000-000000000009", name="别人")
    assert saved.circle is None
    database.actor = me
    saved.remove(uid)
    assert saved.circle is None


def test_what_a_newer_program_asks_is_left_out() -> None:
    text = EAST.written().replace('"question": "is"', '"question": "near"', 1)
    assert RosterFilter.read(text).conditions == (EAST.conditions[1],)


def test_saving_stands_in_the_log_by_name(saved: SavedFilters, database: Database) -> None:
    saved.save("卫城片", EAST)
    with database.reading() as session:
        acts = session.execute(select(AUDIT_ACT.c.act, AUDIT_ACT.c.about)).all()
    assert ("save_filter", "卫城片") in [tuple(act) for act in acts]
