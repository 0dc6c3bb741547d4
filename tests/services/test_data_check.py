"""The check of everything that is kept."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.data_check import DataCheck

NUMBER = "529999195203170012"


@pytest.fixture
def add(database: Database):
    def add(name: str, parts: dict[str, Any] | None = None, **values: Any) -> str:
        file = CadreFile(values={"name": name, "mobile": "19900005062", **values}, parts=parts or {})
        (uid,) = Cadres(database).save(file).uids
        return uid

    return add


def found(database: Database) -> list[tuple[str, str, str]]:
    return [(each.name, each.problem.field, each.problem.code) for each in DataCheck(database).run().findings]


def test_nobody_gives_no_findings(database: Database):
    result = DataCheck(database).run()
    assert (result.people, result.percent, list(result.findings), result.errors) == (0, 0, [], [])


def test_every_file_is_checked_with_its_parts(database: Database, add):
    add("廖应", id_number="529999195203170013")
    add("周光", id_number="529999192801050025", parts={"contacts": [{"mobile": "123"}]})
    assert found(database) == [("廖应", "id_number", "R-02"), ("周光", "contacts", "R-58")]


def test_a_finding_opens_the_file_and_names_the_field(database: Database, add):
    uid = add("廖应", id_number="529999195203170013")
    (finding,) = DataCheck(database).run().findings
    assert (finding.uid, finding.label, finding.problem.severity) == (uid, "身份证号", "E")
    assert DataCheck(database).run().errors == [finding]


def test_a_number_that_several_have_is_an_error_of_each(database: Database, add):
    add("廖应", id_number=NUMBER, sex="1", birth_date="1952-03")
    add("周光", id_number=NUMBER, sex="1", birth_date="1952-03", died_on="2026-03-12")
    result = DataCheck(database).run()
    assert [(each.name, each.problem.code, each.problem.message) for each in result.errors] == [
        ("廖应", "R-08", "身份证号与 周光 相同，请核对"),
        ("周光", "R-08", "身份证号与 廖应 相同，请核对"),
    ]


def test_checking_changes_nothing(database: Database, add):
    uid = add("廖应", id_number="529999195203170013")
    DataCheck(database).run()
    assert Cadres(database).read(uid).version == 1
