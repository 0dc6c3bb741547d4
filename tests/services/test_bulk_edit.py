"""One field for many people."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.services.bulk_edit import BulkEdit, Step
from app.services.cadres import CadreFile, Cadres


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


@pytest.fixture
def uids(cadres: Cadres) -> list[str]:
    villages = {"甲一": "东门村", "乙二": None, "丙三": "北门村"}
    saved = [cadres.save(CadreFile(values={"name": n, "village": v})) for n, v in villages.items()]
    return [next(iter(change.uids)) for change in saved]


def plan(cadres: Cadres, uids: list[str], *, only_empty: bool) -> dict[str, Step]:
    steps = BulkEdit(cadres).plan(uids, "village", "东门村", only_empty=only_empty)
    return {step.name: step for step in steps}


def test_filling_leaves_alone_what_says_something(cadres: Cadres, uids: list[str]) -> None:
    steps = plan(cadres, uids, only_empty=True)
    assert {name: step.changes for name, step in steps.items()} == {
        "甲一": False,
        "乙二": True,
        "丙三": False,
    }


def test_changing_all_leaves_alone_what_is_so_already(cadres: Cadres, uids: list[str]) -> None:
    steps = plan(cadres, uids, only_empty=False)
    assert {name: (step.old, step.new, step.changes) for name, step in steps.items()} == {
        "甲一": ("东门村", "东门村", False),
        "乙二": ("", "东门村", True),
        "丙三": ("北门村", "东门村", True),
    }


def test_what_was_planned_is_done_and_nothing_else(cadres: Cadres, uids: list[str]) -> None:
    edit = BulkEdit(cadres)
    change = edit.apply(edit.plan(uids[1:], "village", "东门村", only_empty=True), "village", "东门村")
    assert change.uids == {uids[1]}
    assert [cadres.read(uid).values["village"] for uid in uids] == ["东门村", "东门村", "北门村"]


def test_what_belongs_to_one_person_alone_is_not_offered(cadres: Cadres) -> None:
    offered = {field.name for field in BulkEdit(cadres).fields}
    assert "party_branch" in offered
    assert not offered & {"name", "id_number", "photo"}
