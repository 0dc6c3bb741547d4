"""Checks across the fields of visits and payments: R-60 … R-68 of domain.md §3.5 as far as the data exists."""

from __future__ import annotations

from collections.abc import Iterator

from app import clock
from app.fields import dates
from app.fields.spec import Problem, Values


def visit_is_past(values: Values) -> Iterator[Problem]:
    if (date := values.get("date")) and dates.first_day(date) > clock.today():
        yield Problem("date", "E", "R-67", f"走访时间 {dates.show(date)} 还没有到，不能记为已走访")


def payment_is_not_below_zero(values: Values) -> Iterator[Problem]:
    if (values.get("amount") or 0) + (values.get("adjustment") or 0) < 0:
        yield Problem("adjustment", "E", "R-65", "扣减大于应发金额，实发不能小于零")


def stand_in_is_explained(values: Values) -> Iterator[Problem]:
    """R-66: who signs for somebody else says how they are related and why."""
    signer, payee = values.get("signer"), values.get("payee")
    if signer and payee and signer != payee and not values.get("signer_relation"):
        yield Problem("signer_relation", "W", "R-66", f"由 {signer} 代领，请写明与 {payee} 的关系和原因")


VISIT_RULES = (visit_is_past,)
PAYMENT_RULES = (payment_is_not_below_zero, stand_in_is_explained)
