"""A file while it is edited."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.ui.forms.cadre_draft import CadreDraft

CONTACT = {"relation": None, "name": "周淑芬", "mobile": None, "landline": None}
NUMBER = "529999195505148814"


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


def test_the_number_fills_birth_and_sex_where_they_are_empty(cadres: Cadres) -> None:
    draft = CadreDraft(cadres)
    draft.form.type_in("id_number", NUMBER)
    assert draft.fill_from_number() == ["出生年月", "性别"]
    assert (draft.form.values["birth_date"], draft.form.values["sex"]) == ("1955-05-14", "1")


def test_the_number_never_changes_what_is_there(cadres: Cadres) -> None:
    draft = CadreDraft(cadres, CadreFile(values={"name": "周光", "birth_date": "1954-03", "sex": "2"}))
    draft.form.type_in("id_number", NUMBER)
    assert draft.fill_from_number() == []
    assert {problem.code for problem in draft.problems} >= {"R-05", "R-06"}


def test_a_text_that_cannot_be_read_is_not_overwritten_by_the_number(cadres: Cadres) -> None:
    draft = CadreDraft(cadres)
    draft.form.type_in("birth_date", "五五年春")
    draft.form.type_in("id_number", NUMBER)
    assert draft.fill_from_number() == ["性别"]
    assert draft.form.text("birth_date") == "五五年春"


def test_a_damaged_number_fills_nothing(cadres: Cadres) -> None:
    draft = CadreDraft(cadres)
    draft.form.type_in("id_number", "529999195513148814")
    assert draft.fill_from_number() == []


def test_a_new_file_is_not_changed_by_what_it_begins_with(cadres: Cadres) -> None:
    draft = CadreDraft(cadres)
    assert draft.form.values["alive"] is True
    assert not draft.changed


def test_what_cannot_be_read_keeps_the_file_from_being_saved(cadres: Cadres) -> None:
    draft = CadreDraft(cadres, CadreFile(values={"name": "周光"}))
    draft.form.type_in("retired_on", "不详")
    draft.parts["family"].type_in(draft.parts["family"].add(), "phone", "无")
    draft.parts["resume"].type_in(draft.parts["resume"].add(), "started_on", "早年")
    assert [problem.field for problem in draft.unreadable] == ["retired_on", "resume"]


def test_a_kept_draft_comes_back_whole(cadres: Cadres) -> None:
    file = CadreFile(values={"name": "周光", "photo": None}, parts={"contacts": [CONTACT]})
    draft = CadreDraft(cadres, file)
    draft.form.type_in("mobile", "199 0000 1234")
    draft.form.type_in("political_status", "群众")
    draft.form.type_in("retired_on", "不详")
    draft.form.put("photo", "abc")
    draft.parts["contacts"].type_in(0, "mobile", "19900001235")
    again = CadreDraft(cadres, file)
    again.restore(draft.content())
    assert again.file == draft.file
    assert again.form.text("retired_on") == "不详"
