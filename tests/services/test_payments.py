"""Payments: batches kept whole, signed for, and never paid twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.errors import InvalidError, UserError
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.payments import BatchFile, Payments
from app.services.people import everybody
from app.services.signatures import Signature, sign, unsign

AddCadre = Callable[..., str]


@pytest.fixture
def payments(database: Database) -> Payments:
    return Payments(database)


@pytest.fixture
def cadre(database: Database) -> AddCadre:
    def add(name: str, **values: object) -> str:
        (uid,) = Cadres(database).save(CadreFile(values={"name": name, **values})).uids
        return uid

    return add


def batch(*people: str, amount: int | None = 50000, period: str = "2026年春节", **values: Any) -> BatchFile:
    about = {"fund": "condolence", "title": "春节慰问金", "period": period, "paid_on": "2026-02-01", **values}
    return BatchFile(values=about, payments=[{"cadre_uid": uid, "amount": amount} for uid in people])


def test_a_batch_comes_back_in_its_order(payments: Payments, cadre: AddCadre) -> None:
    one, two = cadre("廖应"), cadre("周光")
    (uid,) = payments.save(batch(two, one)).uids
    file = payments.read(uid)
    assert [row["cadre_uid"] for row in file.payments] == [two, one]
    assert file.total == 100000


def test_lines_count_people_money_and_signatures(payments: Payments, cadre: AddCadre) -> None:
    one, two = cadre("廖应"), cadre("周光")
    file = batch(one, two)
    file.payments[0]["adjustment"] = -10000
    file.payments[1]["signer"] = "周光"
    payments.save(file)
    (line,) = payments.lines()
    assert (line.people, line.total, line.signed) == (2, 90000, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": None}, "“名称”还没有填写"),
        ({"period": None}, "“发放期间”还没有填写"),
        ({"amount": None}, "第 1 行：“应发金额”还没有填写"),
        ({"amount": -1}, "第 1 行：金额不能是负数"),
    ],
    ids=["title", "period", "amount", "negative"],
)
def test_what_may_not_be_kept_is_refused(
    payments: Payments, cadre: AddCadre, change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        payments.save(batch(cadre("廖应"), **change))
    assert sentence in str(refused.value)
    assert payments.lines() == []


def test_nobody_and_twice_the_same_are_refused(payments: Payments, cadre: AddCadre) -> None:
    one = cadre("廖应")
    with pytest.raises(InvalidError, match="请至少选择一个人"):
        payments.save(batch())
    with pytest.raises(InvalidError, match="有人重复"):
        payments.save(batch(one, one))


def test_more_taken_off_than_paid_is_refused(payments: Payments, cadre: AddCadre) -> None:
    file = batch(cadre("廖应"))
    file.payments[0]["adjustment"] = -60000
    with pytest.raises(InvalidError, match="实发不能小于零"):
        payments.save(file)


def test_the_same_fund_and_period_is_not_paid_again(payments: Payments, cadre: AddCadre) -> None:
    one, two = cadre("廖应"), cadre("周光")
    payments.save(batch(one))
    with pytest.raises(InvalidError, match=r"廖应已在“春节慰问金”里领过“2026年春节”的同一项目"):
        payments.save(batch(one, two, title="再发一次"))
    payments.save(batch(one, two, period="2026年重阳"))
    assert len(payments.lines()) == 2


def test_back_pay_with_its_reason_is_allowed(payments: Payments, cadre: AddCadre) -> None:
    one = cadre("廖应")
    payments.save(batch(one))
    file = batch(one, title="补发")
    file.payments[0]["remarks"] = "补发：上次少发 100 元"
    payments.save(file)
    assert len(payments.lines()) == 2


def test_a_batch_saved_again_does_not_refuse_itself(payments: Payments, cadre: AddCadre) -> None:
    (uid,) = payments.save(batch(cadre("廖应"))).uids
    payments.save(payments.read(uid))
    assert payments.read(uid).version == 2


def test_many_names_in_a_refusal_are_counted(payments: Payments, cadre: AddCadre) -> None:
    people = [cadre(f"老干部{number}") for number in range(7)]
    payments.save(batch(*people))
    with pytest.raises(InvalidError, match="等 7 人已在"):
        payments.save(batch(*people))


def test_payees_sign_for_themselves(payments: Payments, cadre: AddCadre) -> None:
    one, two = cadre("廖应"), cadre("周光")
    names = {one: "廖应", two: "周光"}
    file = sign(batch(one, two), [one], names, Signature("2026-02-03"))
    payments.save(file)
    rows = payments.read(next(iter(payments.lines())).uid).payments
    assert [(row["signer"], row["signed_on"]) for row in rows] == [("廖应", "2026-02-03"), (None, None)]


def test_a_stand_in_says_why(cadre: AddCadre) -> None:
    one = cadre("廖应")
    with pytest.raises(UserError, match="由 雷群英 代领，请写明关系和原因"):
        sign(batch(one), [one], {one: "廖应"}, Signature("2026-02-03", "雷群英"))
    (row,) = sign(
        batch(one), [one], {one: "廖应"}, Signature("2026-02-03", "雷群英", "妻子，本人住院")
    ).payments
    assert (row["signer"], row["signer_relation"]) == ("雷群英", "妻子，本人住院")


def test_a_signature_needs_people_and_a_day(cadre: AddCadre) -> None:
    one = cadre("廖应")
    with pytest.raises(UserError, match="请先在名单里选中"):
        sign(batch(one), [], {}, Signature("2026-02-03"))
    with pytest.raises(UserError, match="请填写签领日期"):
        sign(batch(one), [one], {}, Signature(None))


def test_a_signature_can_be_taken_back(cadre: AddCadre) -> None:
    one = cadre("廖应")
    signed = sign(batch(one), [one], {one: "廖应"}, Signature("2026-02-03"))
    (row,) = unsign(signed, [one]).payments
    assert (row["signer"], row["signed_on"], row["amount"]) == (None, None, 50000)


def test_everybody_knows_who_is_alive(database: Database, cadre: AddCadre) -> None:
    cadre("单䶮生", died_on="2026-03-12")
    cadre("廖应", retirement_kind="TX", village="东门村", id_number="52999919600726741X")
    people = {person.name: person for person in everybody(Cadres(database))}
    assert not people["单䶮生"].alive
    assert people["廖应"].alive
    assert people["廖应"].told_apart == "东门村 · 退休 · 尾号 741X"
