"""Visits and payments of the practice township, for those who lived on the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from app import clock
from app.fields.codes import code_table
from app.services.desk import Desk
from app.services.payments import BatchFile
from app.services.practice_parts import ago
from app.services.practice_person import latest
from app.services.visits import VisitFile, same_for_all

SPRING_MONEY = 50_000
VETERAN_MONEY = 80_000
People = Mapping[str, str]
"""Name → uid, in the order of the township."""


def record_visits(desk: Desk, draw: Random, plan: Mapping[str, Any], people: People) -> None:
    today = clock.today()
    for year in (today.year - 1, today.year):
        rounds = [
            (f"{year}-01-20", "春节慰问", SPRING_MONEY, "大米、食用油", slice(None)),
            (f"{year}-06-28", "七一走访", None, "学习读本", slice(0, None, 3)),
            (f"{year}-07-18", "夏送清凉", None, "防暑药品", slice(1, None, 4)),
            (f"{year}-10-16", "重阳节慰问", None, "牛奶", slice(2, None, 4)),
        ]
        for date, kind, money, goods, which in rounds:
            met = _living(plan, people, date)[which]
            if dt.date.fromisoformat(date) <= today:
                common = _common(draw, date, kind, money, goods)
                _save(desk, draw, plan["pools"], common, draw.sample(met, max(len(met) - 3, 1)))
    for each in plan["visits"]:
        common = _common(draw, ago(each["ago"]), each["kind"], each.get("money"), each.get("goods", ""))
        _save(desk, draw, plan["pools"], common, [people[each["person"]]])


def _living(plan: Mapping[str, Any], people: People, date: str) -> list[str]:
    dead = {each["person"] for each in plan["events"] if each["kind"] == "death" and ago(each["ago"]) <= date}
    return [uid for name, uid in people.items() if name not in dead]


def _common(draw: Random, date: str, kind: str, money: int | None, goods: str) -> dict[str, Any]:
    return {
        "date": date,
        "kind": code_table("visit_kind").find(kind),
        "place": "家中",
        "leader": draw.choice(["王镇长", "陈副镇长", None]),
        "staff": "张小雨、李建华",
        "money": money,
        "goods": goods or None,
    }


def _save(
    desk: Desk, draw: Random, pools: Mapping[str, Any], common: dict[str, Any], uids: Sequence[str]
) -> None:
    files: list[VisitFile] = same_for_all(common, [(uid, _told(draw, pools)) for uid in uids])
    desk.visits.save(*files)


def _told(draw: Random, pools: Mapping[str, Any]) -> dict[str, Any]:
    asked = draw.random() < 0.3
    return {
        "situation": draw.choice(pools["situations"]),
        "requests": draw.choice(pools["requests"]) if asked else None,
        "answer": draw.choice(pools["answers"]) if asked else None,
    }


def record_payments(desk: Desk, plan: Mapping[str, Any], people: People) -> None:
    paid_on = latest(1, 20)
    year = paid_on[:4]
    known = {row.uid: row.values for row in desk.cadres.rows(["retirement_kind", "name", "bank_account"])}
    batch = {
        "fund": "condolence",
        "title": f"{year}年春节慰问金",
        "period": f"{year}年春节",
        "source": "老干部工作经费",
        "document": f"梧府办〔{year}〕3号",
        "paid_on": paid_on,
    }
    payments = [
        _payment(plan, paid_on, uid, *known[uid], signed=number % 9 != 8)
        for number, uid in enumerate(_living(plan, people, paid_on))
    ]
    desk.payments.save(BatchFile(values=batch, payments=payments))


def _payment(
    plan: Mapping[str, Any], paid_on: str, uid: str, kind: str, name: str, account: str, *, signed: bool
) -> dict[str, Any]:
    standard = VETERAN_MONEY if kind == "LX" else SPRING_MONEY
    return {
        "cadre_uid": uid,
        "standard": standard,
        "times": 1,
        "amount": plan["amounts"].get(name, standard),
        "method": "1",
        "bank_account": account,
        **({"signer": name, "signed_on": paid_on} if signed else {}),
    }
