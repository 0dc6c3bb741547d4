"""Warnings that were looked into stay quiet until a value changes."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import UserError
from app.fields.spec import Problem, Values
from app.models.database import Database
from app.services.acceptances import Acceptances
from app.services.cadres import CadreFile, Cadres
from app.services.data_check import DataCheck
from app.services.findings import Finding
from app.services.judgement import read_judgement
from tests.desks import ACTOR

SEEN = "已看档案原件，属实"
AREA = "529999"


@pytest.fixture
def add(database: Database):
    def add(name: str, parts: dict[str, Any] | None = None, **values: Any) -> str:
        file = CadreFile(values={"name": name, "mobile": "19900005062", **values}, parts=parts or {})
        (uid,) = Cadres(database).save(file).uids
        return uid

    return add


@pytest.fixture
def young(add):
    """Sixteen days of work too early: a warning, and nothing else."""
    return add(
        "廖应", birth_date="1952-03", work_started_on="1967-01", id_number="529999195203170012", sex="1"
    )


def warnings(database: Database, code: str = "R-21") -> list[Finding]:
    return [each for each in DataCheck(database).run().findings if each.problem.code == code]


def holds(database: Database, finding: Finding, values: Values) -> bool:
    with database.reading() as session:
        judgement = read_judgement(session)
    return judgement.holds(finding.uid, finding.problem, values, finding.about)


def change(database: Database, uid: str, **values: Any) -> None:
    cadres = Cadres(database)
    file = cadres.read(uid)
    file.values.update(values)
    cadres.save(file)


def test_a_warning_that_was_looked_into_is_not_found_again(database: Database, young: str):
    (warning,) = warnings(database)
    change_ = Acceptances(database).accept(warning, SEEN)
    result = DataCheck(database).run()
    assert (change_.kind, change_.uids) == ("acceptance", frozenset({young}))
    assert "R-21" not in [each.problem.code for each in result.findings]
    assert [(each.uid, each.problem.code) for each in result.accepted] == [(young, "R-21")]


def test_it_comes_back_when_a_value_that_was_judged_changes(database: Database, young: str):
    (warning,) = warnings(database)
    Acceptances(database).accept(warning, SEEN)
    change(database, young, work_started_on="1967-02")
    assert [each.uid for each in warnings(database)] == [young]


def test_it_holds_again_when_the_value_is_what_it_was(database: Database, young: str):
    (warning,) = warnings(database)
    Acceptances(database).accept(warning, SEEN)
    change(database, young, work_started_on="1967-02")
    change(database, young, work_started_on="1967-01")
    assert warnings(database) == []


def test_other_values_of_the_file_may_change(database: Database, young: str):
    (warning,) = warnings(database)
    Acceptances(database).accept(warning, SEEN)
    change(database, young, hobbies="书法", mobile="19900005063")
    assert warnings(database) == []


def test_it_holds_for_one_person_only(database: Database, add, young: str):
    other = add("周光", birth_date="1952-03", work_started_on="1967-01")
    (mine,) = [each for each in warnings(database) if each.uid == young]
    Acceptances(database).accept(mine, SEEN)
    assert [each.uid for each in warnings(database)] == [other]


def test_all_the_values_that_a_rule_reads_count(database: Database, young: str):
    problem = Problem("work_started_on", "W", "R-99", "请核对", ("work_started_on", "birth_date"))
    finding = Finding(young, "廖应", problem, "参加工作时间")
    acceptances = Acceptances(database)
    acceptances.accept(finding, SEEN)
    kept = Cadres(database).read(young).checked_values
    assert holds(database, finding, kept)
    assert holds(database, finding, kept | {"hobbies": "书法"})
    assert not holds(database, finding, kept | {"birth_date": "1951-03"})


def test_the_same_rows_typed_again_change_nothing(database: Database, add):
    uid = add("廖应", {"contacts": [{"name": "廖长", "mobile": "123"}]})
    (warning,) = warnings(database, "R-58")
    Acceptances(database).accept(warning, SEEN)
    cadres = Cadres(database)
    file = cadres.read(uid)
    file.parts["contacts"] = [{"name": "廖长", "mobile": "123"}]
    cadres.save(file)
    assert warnings(database, "R-58") == []


def test_what_is_not_in_a_file_holds_as_long_as_it_says_the_same(database: Database):
    acceptances = Acceptances(database)
    said = Finding("", "东门支部", Problem("branch", "W", "R-44", "正式党员只有 2 人"), "", "branch:东门支部")
    more = Finding("", "东门支部", Problem("branch", "W", "R-44", "正式党员只有 1 人"), "", "branch:东门支部")
    acceptances.accept(said, SEEN)
    assert holds(database, said, {"branch": said.problem.message})
    assert not holds(database, more, {"branch": more.problem.message})


def test_an_error_is_never_let_pass(database: Database, add):
    add("廖应", id_number="529999195203170013")
    (wrong,) = DataCheck(database).run().errors
    with pytest.raises(UserError, match="请改正"):
        Acceptances(database).accept(wrong, SEEN)


@pytest.mark.parametrize(("reason", "told"), [("  ", "请写明核实的情况"), ("长" * 201, "200 字以内")])
def test_a_reason_is_asked_for(database: Database, young: str, reason: str, told: str):
    (warning,) = warnings(database)
    with pytest.raises(UserError, match=told):
        Acceptances(database).accept(warning, reason)
    assert Acceptances(database).all() == []


def test_what_was_accepted_is_listed_with_who_and_why(database: Database, young: str):
    (warning,) = warnings(database)
    acceptances = Acceptances(database)
    acceptances.accept(warning, f" {SEEN} ")
    (kept,) = acceptances.all()
    assert (kept.cadre_uid, kept.name, kept.rule, kept.label) == (young, "廖应", "R-21", "参加工作时间")
    assert (kept.reason, kept.by) == (SEEN, ACTOR.name)


def test_accepting_again_replaces_what_was_kept(database: Database, young: str):
    acceptances = Acceptances(database)
    acceptances.accept(warnings(database)[0], SEEN)
    change(database, young, work_started_on="1967-02")
    acceptances.accept(warnings(database)[0], "又看了一次")
    assert [each.reason for each in acceptances.all()] == ["又看了一次"]
    assert warnings(database) == []


def test_a_withdrawn_one_is_shown_again(database: Database, young: str):
    acceptances = Acceptances(database)
    acceptances.accept(warnings(database)[0], SEEN)
    (kept,) = acceptances.all()
    assert acceptances.withdraw(kept.uid).uids == frozenset({young})
    assert acceptances.all() == []
    assert len(warnings(database)) == 1


def test_a_cause_that_many_share_is_accepted_at_once(database: Database, add, young: str):
    add("周光", birth_date="1952-03", work_started_on="1967-01")
    found = warnings(database)
    change_ = Acceptances(database).accept_all(found, SEEN)
    assert (len(found), change_.uids) == (2, {each.uid for each in found})
    assert warnings(database) == []
    change(database, young, work_started_on="1967-02")
    assert [each.uid for each in warnings(database)] == [young]


def test_withdrawing_what_is_gone_is_no_matter(database: Database):
    assert Acceptances(database).withdraw("gone").uids == frozenset()


def test_a_file_that_is_looked_at_alone_keeps_quiet_too(database: Database, young: str):
    (warning,) = warnings(database)
    Acceptances(database).accept(warning, SEEN)
    cadres = Cadres(database)
    assert "R-21" not in [each.code for each in cadres.problems(cadres.read(young))]
    assert "R-21" in [each.code for each in cadres.unjudged(cadres.read(young))]
