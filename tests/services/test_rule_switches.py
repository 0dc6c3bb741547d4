"""The office weighs the rules otherwise, or leaves them out."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.fields.rule_table import RULES
from app.fields.spec import Problem
from app.models.database import Database
from app.services.acceptances import Acceptances
from app.services.cadres import CadreFile, Cadres
from app.services.data_check import DataCheck
from app.services.judgement import Judgement
from app.services.rule_switches import RuleSwitches

NUMBER = "529999195203170012"


@pytest.fixture
def woman(database: Database) -> str:
    """A man's number: R-06."""
    values = {
        "name": "廖应",
        "mobile": "19900005062",
        "id_number": NUMBER,
        "sex": "2",
        "birth_date": "1952-03",
    }
    (uid,) = Cadres(database).save(CadreFile(values=values)).uids
    return uid


def severities(database: Database) -> list[str]:
    return [
        each.problem.severity for each in DataCheck(database).run().findings if each.problem.code == "R-06"
    ]


def test_every_rule_stands_in_the_list_as_it_came(database: Database):
    lines = RuleSwitches(database).lines()
    assert [line.rule.code for line in lines] == list(RULES)
    assert {line.severity for line in lines} == {"default"}


@pytest.mark.parametrize(("severity", "found"), [("E", ["E"]), ("I", ["I"]), ("off", []), ("default", ["W"])])
def test_a_switched_rule_weighs_as_switched(database: Database, woman: str, severity: str, found: list[str]):
    RuleSwitches(database).put("R-06", "E")
    RuleSwitches(database).put("R-06", severity)
    assert severities(database) == found


def test_the_form_weighs_it_so_too(database: Database, woman: str):
    RuleSwitches(database).put("R-06", "off")
    cadres = Cadres(database)
    assert "R-06" not in [each.code for each in cadres.problems(cadres.read(woman))]


def test_a_rule_that_was_switched_says_so(database: Database):
    switches = RuleSwitches(database)
    change = switches.put("R-06", "I")
    assert (change.kind, change.uids) == ("rule", frozenset({"R-06"}))
    assert [line.severity for line in switches.lines() if line.rule.code == "R-06"] == ["I"]


def test_all_rules_go_back_to_what_they_were(database: Database, woman: str):
    switches = RuleSwitches(database)
    switches.put("R-06", "off")
    switches.put("R-05", "E")
    assert switches.restore().uids == frozenset({"R-05", "R-06"})
    assert severities(database) == ["W"]


def test_problems_of_other_rules_stay_as_they_are():
    problem = Problem("mobile", "W", "R-57", "没有联系方式")
    assert Judgement({"R-06": "E"}).switched([problem]) == [problem]


@pytest.mark.parametrize(("code", "severity"), [("R-99X", "E"), ("R-06", "X")])
def test_what_does_not_exist_is_not_switched(database: Database, code: str, severity: str):
    with pytest.raises(UserError, match="没有"):
        RuleSwitches(database).put(code, severity)


def test_a_warning_made_an_error_is_back_though_it_was_accepted(database: Database, woman: str):
    (warning,) = [each for each in DataCheck(database).run().findings if each.problem.code == "R-06"]
    Acceptances(database).accept(warning, "已看身份证，属实")
    assert severities(database) == []
    RuleSwitches(database).put("R-06", "E")
    assert severities(database) == ["E"]
