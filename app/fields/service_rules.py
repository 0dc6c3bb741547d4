"""Checks across the fields of one visit or one payment: R-62, R-65 … R-67 of domain.md §3.5.

What needs other records to be compared stands in `app/services/shared_rules.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from app import clock
from app.fields import amounts, dates
from app.fields.rules.across import rule
from app.fields.spec import Problem, Values


@rule("date")
def visit_is_past(values: Values) -> Iterator[Problem]:
    date = values["date"]
    if dates.surely_before(clock.today().isoformat(), date):
        yield Problem("date", "E", "R-67", f"走访时间 {dates.show(date)} 还没有到，不能记为已走访")


@rule("standard", "amount", reads=("times", "remarks"))
def payment_fits_the_standard(values: Values) -> Iterator[Problem]:
    """R-62: a remark says why somebody gets more or less."""
    standard, times, amount = values["standard"], values.get("times") or 1, values["amount"]
    if amount != standard * times and not values.get("remarks"):
        sum_ = f"{amounts.yuan(standard)} 元×{times}"
        text = (
            f"标准 {sum_} 是 {amounts.yuan(standard * times)} 元，应发填了 {amounts.yuan(amount)} 元，"
            "请改正，或在备注里写明原因"
        )
        yield Problem("amount", "W", "R-62", text)


@rule("adjustment", reads=("amount",))
def payment_is_not_below_zero(values: Values) -> Iterator[Problem]:
    if (values.get("amount") or 0) + values["adjustment"] < 0:
        yield Problem("adjustment", "E", "R-65", "扣减大于应发金额，实发不能小于零")


@rule("signer", "payee", reads=("signer_relation",))
def stand_in_is_explained(values: Values) -> Iterator[Problem]:
    """R-66: who signs for somebody else says how they are related and why."""
    signer, payee = values["signer"], values["payee"]
    if signer != payee and not values.get("signer_relation"):
        text = f"由 {signer} 代领，请写明与 {payee} 的关系和原因"
        yield Problem("signer_relation", "W", "R-66", text, missing=True)


VISIT_RULES = (visit_is_past,)
PAYMENT_RULES = (payment_fits_the_standard, payment_is_not_below_zero, stand_in_is_explained)
