from __future__ import annotations

import pytest

from app.fields.spec import RecordType
from app.ui.forms.form_state import FormState


@pytest.fixture
def state(record: RecordType) -> FormState:
    return FormState(record, {"name": "张志国", "birth_date": "1938-03", "money": 50_000})


def test_nothing_is_changed_at_first(state: FormState) -> None:
    assert not state.changed
    assert state.changes == {}


def test_a_typed_text_becomes_a_value(state: FormState) -> None:
    state.type_in("birth_date", "1938年5月")
    assert state.changes == {"birth_date": "1938-05"}
    assert state.text("birth_date") == "1938.05"


def test_typing_the_same_again_is_no_change(state: FormState) -> None:
    state.type_in("birth_date", "1938.5")
    state.type_in("birth_date", "1938.3")
    assert not state.changed


def test_what_cannot_be_read_stays_as_typed_and_keeps_the_value(state: FormState) -> None:
    state.type_in("birth_date", "大概三八年")
    assert state.text("birth_date") == "大概三八年"
    assert state.values["birth_date"] == "1938-03"
    assert [(problem.field, problem.severity) for problem in state.errors] == [("birth_date", "E")]
    assert state.changed


def test_a_readable_text_takes_the_complaint_away(state: FormState) -> None:
    state.type_in("birth_date", "大概三八年")
    state.type_in("birth_date", "1938")
    assert state.errors == []
    assert state.values["birth_date"] == "1938"


def test_a_rule_waits_until_what_it_reads_can_be_read(state: FormState) -> None:
    state.type_in("died_on", "1930")
    assert "去世日期早于出生日期" in [problem.message for problem in state.problems]
    state.type_in("money", "很多")
    assert "去世日期早于出生日期" in [problem.message for problem in state.problems]
    state.type_in("birth_date", "大概三八年")
    assert "去世日期早于出生日期" not in [problem.message for problem in state.problems]


def test_the_gravest_problem_of_a_field_is_shown(state: FormState) -> None:
    state.type_in("id_number", "999999193803120011")
    assert state.worst["id_number"].severity == "E"


def test_clearing_a_field_empties_it(state: FormState) -> None:
    state.type_in("money", "")
    assert state.changes == {"money": None}


def test_a_draft_brings_back_what_was_typed(record: RecordType, state: FormState) -> None:
    state.type_in("name", "李明")
    state.type_in("birth_date", "大概三八年")
    later = FormState(record, state.original)
    later.restore(state.draft() | {"no_longer_a_field": "x"})
    assert later.draft() == state.draft() == {"name": "李明", "birth_date": "大概三八年"}


def test_showing_what_was_saved_ends_the_change(state: FormState) -> None:
    state.type_in("name", "李明")
    state.show(state.values)
    assert not state.changed
