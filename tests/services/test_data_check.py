"""The check of everything that is kept."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.data_check import CheckResult, DataCheck

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


def same(one: CheckResult, other: CheckResult) -> bool:
    def of(result: CheckResult) -> tuple[Any, ...]:
        return (result.people, result.percent, sorted(map(repr, result.findings)), result.percents)

    return of(one) == of(other)


def test_looking_again_at_what_changed_finds_what_a_whole_check_finds(database: Database, add):
    check = DataCheck(database)
    first, second = add("廖应", id_number=NUMBER), add("周光", id_number="529999195203170013")
    third = add("吴长")
    before = check.run()
    cadres = Cadres(database)
    file = cadres.read(second)
    file.values["id_number"] = NUMBER
    cadres.save(file)
    cadres.remove([third])
    new = add("郑安", id_number="529999195203170013")
    after = check.renew(before, {second, third, new})
    assert same(after, check.run())
    assert [each.uid for each in after.findings if each.problem.code == "R-08"] == [first, second]


def test_looking_again_at_nothing_keeps_everything(database: Database, add):
    add("廖应", id_number="529999195203170013")
    check = DataCheck(database)
    result = check.run()
    assert same(check.renew(result, ()), result)


def test_the_check_says_how_far_it_is_and_can_be_stopped(database: Database, add):
    add("廖应")
    told: list[str] = []

    def stop(done: int, total: int, what: str) -> None:
        told.append(what)
        if len(told) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        DataCheck(database).run(stop)
    assert told == ["正在读档案", "正在体检"]


def test_each_person_and_the_township_have_their_completeness(database: Database, add):
    one, two = add("廖应"), add("周光", native_place="贵州清镇", ethnicity="01", sex="1")
    result = DataCheck(database).run()
    assert set(result.percents) == {one, two}
    assert result.percents[one] < result.percents[two]
    assert result.percent == round(sum(result.percents.values()) / 2)
