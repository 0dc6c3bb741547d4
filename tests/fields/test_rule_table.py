"""The table of the rules says what the rules say, no more and no less."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import clock
from app.fields.rule_table import RULES
from tests.fields.rule_cases import CASES
from tests.services.shared_cases import CASES as SHARED

ROOT = Path(__file__).parents[2]
WRITTEN = [
    *sorted((ROOT / "app/fields").rglob("*.py")),
    *(ROOT / f"app/services/{name}_rules.py" for name in ("shared", "branch", "money", "visit")),
]
NOT_CHECKED = {"R-00"}
"""A field that is not filled in: a matter of completeness."""
GROUPS = ["身份证号", "时间", "党组织", "待遇和住址", "健康", "发放和走访", "填写"]


def written_codes() -> Iterator[str]:
    """Every code that stands in a Problem or a Flaw."""
    for path in WRITTEN:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(r"R-\d\d[A-Z]?", str(node.value)):
                yield str(node.value)


def test_every_rule_that_speaks_is_listed_and_every_listed_one_speaks():
    assert set(written_codes()) - NOT_CHECKED == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_cases_from_both_sides(code: str):
    cases = [told[code] for told in (CASES, SHARED) if code in told]
    assert sum(len(each.wrong) for each in cases) >= 2
    assert sum(len(each.right) for each in cases) >= 2


def test_severities_are_those_of_the_table(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 22))
    seen: dict[str, set[str]] = {code: set() for code in RULES}
    for code, cases in CASES.items():
        seen[code] |= {wrong.severity for wrong in cases.wrong}
    for code, shared in SHARED.items():
        seen[code] |= {said[0] for wrong in shared.wrong for said in wrong.said}
    seen["R-58"].add("E")  # more contacts than the form has lines, refused by Cadres.save
    assert seen == {code: {rule.severity, *rule.also} for code, rule in RULES.items()}


def test_the_office_can_read_the_table():
    assert list(dict.fromkeys(rule.group for rule in RULES.values())) == GROUPS
    for rule in RULES.values():
        assert 4 <= len(rule.title) <= 30
        assert not re.search(r"[A-Za-z_]", rule.title)
    assert len({rule.title for rule in RULES.values()}) == len(RULES)


def test_a_rule_over_one_file_is_no_shared_one():
    for code, rule in RULES.items():
        assert (rule.scope == "shared") is (code in SHARED or code == "R-65"), code
