"""Rules of visits and payments."""

from __future__ import annotations

import datetime as dt

import pytest

from app import clock
from app.fields.service_rules import PAYMENT_RULES, VISIT_RULES
from app.fields.spec import Values


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 22))


def visit(**values: object) -> list[tuple[str, str, str]]:
    return _said(VISIT_RULES, values)


def payment(**values: object) -> list[tuple[str, str, str]]:
    return _said(PAYMENT_RULES, values)


def _said(rules, values: Values) -> list[tuple[str, str, str]]:
    return [(each.field, each.severity, each.code) for rule in rules for each in rule(values)]


@pytest.mark.parametrize("date", ["2026-11-22", "2026-11", "2026", "2025-01-20", None])
def test_a_visit_of_today_or_before_is_fine(date: str | None):
    assert visit(date=date) == []


@pytest.mark.parametrize("date", ["2026-11-23", "2026-12", "2027"])
def test_a_visit_still_to_come_is_no_visit(date: str):
    assert visit(date=date) == [("date", "E", "R-67")]


@pytest.mark.parametrize("values", [{"amount": 500, "adjustment": -500}, {"amount": 500}, {}])
def test_nobody_is_paid_less_than_nothing(values: dict[str, int]):
    assert payment(**values) == []


def test_taking_off_more_than_there_is_is_an_error():
    assert payment(amount=500, adjustment=-501) == [("adjustment", "E", "R-65")]


def test_who_signs_for_another_says_why():
    assert payment(payee="廖应", signer="廖长") == [("signer_relation", "W", "R-66")]
    assert payment(payee="廖应", signer="廖长", signer_relation="女儿，本人住院") == []
    assert payment(payee="廖应", signer="廖应") == []
    assert payment(signer="廖长") == []
