"""What goes with an invented person: family, contacts, career, conditions, hospital stays, movements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from app import clock
from app.services.readings import surname

MALE, MARRIED, WIDOWED, ALONE = "1", "20", "30", "4"
Row = dict[str, Any]


@dataclass(frozen=True)
class Household:
    """The nearest of somebody."""

    spouse: Row
    child: Row


def ago(days: int) -> str:
    return (clock.today() - dt.timedelta(days=days)).isoformat()


def household(draw: Random, pools: Mapping[str, Any], values: Mapping[str, Any], phone: str) -> Household:
    """A child has the surname of the father."""
    spouse = draw.choice(pools["surnames"]) + draw.choice(pools["given"])
    is_man, year = values["sex"] == MALE, int(values["birth_date"][:4])
    father = surname(values["name"] if is_man else spouse) or draw.choice(pools["surnames"])
    return Household(
        {
            "relation": "妻子" if is_man else "丈夫",
            "name": spouse,
            "birth_date": f"{year + (2 if is_man else -2)}-{draw.randint(1, 12):02d}",
            "alive": values["marital_status"] == MARRIED,
        },
        {
            "relation": draw.choice(pools["relations"]),
            "name": father + draw.choice(pools["given"]),
            "birth_date": f"{year + draw.randint(22, 30)}-{draw.randint(1, 12):02d}",
            "work": "个体",
            "phone": phone,
            "alive": True,
        },
    )


def parts_of(
    draw: Random, plan: Mapping[str, Any], values: Mapping[str, Any], home: Household
) -> dict[str, list[Row]]:
    name, child = values["name"], home.child
    return {
        "contacts": [{"name": child["name"], "relation": child["relation"], "mobile": child["phone"]}],
        "family": [home.spouse, child],
        "resume": _resume(values),
        "apps": [{"app": "szql", "installed": draw.random() < 0.6, "reason": None}],
        "special_conditions": _conditions(values),
        "hospital_stays": [_dated(row) for row in plan["hospital_stays"].get(name, [])],
        "movements": [_dated(row) for row in plan["movements"].get(name, [])],
    }


def _dated(row: Mapping[str, Any]) -> Row:
    """Whole numbers are days before today."""
    return {name: ago(value) if type(value) is int else value for name, value in row.items()}


def _resume(values: Mapping[str, Any]) -> list[Row]:
    started, retired = values["work_started_on"], values["retired_on"]
    middle = f"{(int(started[:4]) + int(retired[:4])) // 2}-03"
    unit, post = values["former_unit"], values["former_post"]
    return [
        {"started_on": started, "ended_on": middle, "text": f"{unit}工作"},
        {"started_on": middle, "ended_on": retired, "text": f"{unit}{post}"},
        {"started_on": retired, "ended_on": None, "text": "退休"},
    ]


def _conditions(values: Mapping[str, Any]) -> list[Row]:
    since = f"{clock.today().year - 1}"
    told = {
        "sick": bool(values.get("illnesses")),
        "widowed": values.get("marital_status") == WIDOWED,
        "alone": values.get("living_arrangement") == ALONE,
    }
    return [{"condition": condition, "started_on": since} for condition, holds in told.items() if holds]
