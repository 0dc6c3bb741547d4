"""One field, or one more row, for many people."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models.audit import AUDIT_ACT
from app.models.database import Database
from app.services.bulk_edit import BulkEdit, Step
from app.services.cadres import CadreFile, Cadres
from app.services.taking_back import last_act, take_back

PEOPLE = {"甲一": {"village": "东门村"}, "乙二": {}, "丙三": {"village": "北门村", "birth_date": "1950-03"}}


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


@pytest.fixture
def edit(database: Database) -> BulkEdit:
    return BulkEdit(database)


@pytest.fixture
def uids(cadres: Cadres) -> list[str]:
    saved = [cadres.save(CadreFile(values={"name": name, **values})) for name, values in PEOPLE.items()]
    return [next(iter(change.uids)) for change in saved]


def steps(edit: BulkEdit, uids: list[str], *, only_empty: bool) -> dict[str, Step]:
    plan = edit.plan(uids, "village", "东门村", only_empty=only_empty)
    return {step.name: step for step in plan.steps}


def villages(cadres: Cadres, uids: list[str]) -> list[str | None]:
    return [cadres.read(uid).values["village"] for uid in uids]


def test_filling_leaves_alone_what_says_something(edit: BulkEdit, uids: list[str]) -> None:
    planned = steps(edit, uids, only_empty=True)
    assert {name: step.changes for name, step in planned.items()} == {
        "甲一": False,
        "乙二": True,
        "丙三": False,
    }


def test_changing_all_leaves_alone_what_is_so_already(edit: BulkEdit, uids: list[str]) -> None:
    planned = steps(edit, uids, only_empty=False)
    assert {name: (step.old, step.new, step.changes) for name, step in planned.items()} == {
        "甲一": ("东门村", "东门村", False),
        "乙二": ("", "东门村", True),
        "丙三": ("北门村", "东门村", True),
    }


def test_what_was_planned_is_done_and_nothing_else(edit: BulkEdit, cadres: Cadres, uids: list[str]) -> None:
    change = edit.apply(edit.plan(uids[1:], "village", "东门村", only_empty=True))
    assert change.uids == {uids[1]}
    assert villages(cadres, uids) == ["东门村", "东门村", "北门村"]


@pytest.mark.parametrize("gone", [False, True])
def test_what_was_changed_after_the_plan_is_not_written_over(
    edit: BulkEdit, cadres: Cadres, uids: list[str], gone: bool
) -> None:
    plan = edit.plan(uids, "village", "东门村", only_empty=True)
    if gone:
        cadres.remove([uids[1]])
    else:
        cadres.save(CadreFile(uids[1], values={"name": "乙二", "village": "南门村"}))
    with pytest.raises(UserError, match="别处改过"):
        edit.apply(plan)
    assert gone or villages(cadres, uids) == ["东门村", "南门村", "北门村"]


def test_it_is_one_step_that_says_what_it_did_and_can_be_taken_back(
    edit: BulkEdit, cadres: Cadres, uids: list[str], database: Database
) -> None:
    edit.apply(edit.plan(uids, "village", "东门村", only_empty=False))
    with database.reading() as session:
        acts = session.execute(select(AUDIT_ACT.c.act, AUDIT_ACT.c.about)).all()
        last = last_act(session)
    assert [tuple(act) for act in acts if act.act == "bulk_edit"] == [
        ("bulk_edit", "把 2 人的村（社区）改为东门村")
    ]
    with database.transaction("undo") as session:
        take_back(session, [last])
    assert villages(cadres, uids) == ["东门村", None, "北门村"]


def test_whoever_would_get_something_wrong_is_left_out_with_the_reason(
    edit: BulkEdit, cadres: Cadres, uids: list[str]
) -> None:
    plan = edit.plan(uids, "work_started_on", "1949-05", only_empty=False)
    left = {step.name: step.problem for step in plan.steps if step.problem}
    assert list(left) == ["丙三"]
    assert left["丙三"]
    edit.apply(plan)
    assert [cadres.read(uid).values["work_started_on"] for uid in uids] == ["1949-05", "1949-05", None]


def test_what_was_wrong_before_does_not_keep_anybody_out(edit: BulkEdit, cadres: Cadres) -> None:
    (uid,) = cadres.save(CadreFile(values={"name": "丁四", "id_number": "529999196507011111"})).uids
    (step,) = edit.plan([uid], "village", "东门村", only_empty=False).steps
    assert step.changes


def test_nobody_is_asked_for_when_nothing_changes(
    edit: BulkEdit, uids: list[str], database: Database
) -> None:
    change = edit.apply(edit.plan(uids[:1], "village", "东门村", only_empty=False))
    assert change.uids == frozenset()
    with database.reading() as session:
        assert "bulk_edit" not in set(session.scalars(select(AUDIT_ACT.c.act)))


def test_a_row_is_added_where_there_is_none_that_lasts(
    edit: BulkEdit, cadres: Cadres, uids: list[str]
) -> None:
    living_alone = {"condition": _code(edit, "独居"), "started_on": "2026-01", "evidence": None}
    first = edit.plan_row(uids[:1], "special_conditions", living_alone)
    edit.apply(first)
    plan = edit.plan_row(uids, "special_conditions", living_alone)
    assert [(step.name, step.old, step.new, step.changes) for step in plan.steps] == [
        ("丙三", "", "独居", True),
        ("甲一", "独居", "独居", False),
        ("乙二", "", "独居", True),
    ]
    assert plan.about == "把 2 人的特殊情况加上独居"
    edit.apply(plan)
    rows = [cadres.read(uid).parts["special_conditions"] for uid in uids]
    assert [[row["condition"] for row in each] for each in rows] == [[living_alone["condition"]]] * 3


def test_numbers_of_a_plan_are_covered(edit: BulkEdit, cadres: Cadres) -> None:
    secret = [field for field in edit.fields if field.kind.secret]
    assert secret == []


def test_what_belongs_to_one_person_alone_is_not_offered(edit: BulkEdit) -> None:
    offered = {field.name for field in edit.fields}
    assert "party_branch" in offered
    assert not offered & {"name", "id_number", "photo"}


def _code(edit: BulkEdit, label: str) -> str:
    fields = next(fields for name, _, fields in edit.parts if name == "special_conditions")
    return str(fields[0].kind.parse(label))
