"""What services tell of what they wrote."""

from __future__ import annotations

from app.services.changes import Change, together

EVERYBODY: frozenset[str] = frozenset()


def test_a_change_is_about_those_it_names() -> None:
    change = Change("cadre", frozenset({"1"}))
    assert (change.is_about("1"), change.is_about("2")) == (True, False)


def test_a_change_that_names_nobody_may_be_about_anybody() -> None:
    assert Change("cadre", EVERYBODY).is_about("1")


def test_changes_of_one_kind_are_taken_together() -> None:
    one, other = Change("cadre", frozenset({"1"})), Change("cadre", frozenset({"2"}))
    visit = Change("visit", frozenset({"3"}))
    assert together([one, visit, other]) == [Change("cadre", frozenset({"1", "2"})), visit]


def test_together_with_one_that_names_nobody_they_name_nobody() -> None:
    assert together([Change("cadre", frozenset({"1"})), Change("cadre", EVERYBODY)]) == [
        Change("cadre", EVERYBODY)
    ]
