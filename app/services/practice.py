"""The practice township: invented people with everything that a real office has, gaps and faults included.

Names, words and what is wrong with whom are in `resources/practice/township.toml`; the rest is drawn with a fixed
seed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Any

from app.models.database import Database
from app.paths import resource
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.practice_person import Township, person
from app.services.practice_portrait import portrait
from app.services.practice_records import record_payments, record_visits
from app.services.practice_work import do_the_work

PRACTICE_NAME, PRACTICE_PASSWORD = "练习员", "lianxizhen-keyi-suibian-shi"
"""Of the practice township that the command line makes; the one of the first run has the user's own."""
PORTRAIT_SHARE = 0.7


def make_practice(desk: Desk, user: Mapping[str, Any] | None = None) -> None:
    """Fills an empty data folder. The township's profile says that it is for practice.

    `user` is what the user has told about himself: he stays himself in the invented township.
    """
    with _not_by_hand(desk.database):
        _make(desk, user or {})


@contextmanager
def _not_by_hand(database: Database) -> Iterator[None]:
    """In the user's name, and yet no step of his: 撤销 must not take the township away piece by piece."""
    own = database.actor
    database.actor = replace(own, source="program")
    try:
        yield
    finally:
        database.actor = own


def _make(desk: Desk, user: Mapping[str, Any]) -> None:
    plan = _plan()
    plan["office"] |= dict(user)
    draw = Random(plan["seed"])
    desk.office.save(dict(plan["office"]))
    township = Township(plan, draw)
    people = {name: _save(desk, draw, township, name, *facts) for name, facts in plan["people"].items()}
    record_visits(desk, draw, plan, people)
    record_payments(desk, plan, people)
    for twin in plan["twins"]:
        _enter_twice(desk, twin, people[twin["of"]])
    do_the_work(desk, plan, people)


def own_person(office: Mapping[str, Any], names: Collection[str]) -> dict[str, str]:
    """What of these fields the user has told himself; the rest is the practice township's own."""
    invented = _plan()["office"]
    return {name: office[name] for name in names if office.get(name) and office[name] != invented.get(name)}


def _plan() -> dict[str, Any]:
    return tomllib.loads(resource("practice/township.toml").read_text(encoding="utf-8"))


def _save(desk: Desk, draw: Random, township: Township, name: str, *facts: str) -> str:
    file = person(township, name, *facts)
    if draw.random() < PORTRAIT_SHARE:
        file.values["photo"] = desk.pictures.keep(portrait(draw, facts[0]))
    return next(iter(desk.cadres.save(file).uids))


def _enter_twice(desk: Desk, twin: Mapping[str, Any], uid: str) -> None:
    """Somebody's file once more, begun under a name that sounds the same."""
    values = desk.cadres.read(uid).values
    copied = {name: values[name] for name in twin["copied"]}
    desk.cadres.save(CadreFile(values={**copied, "name": twin["name"], "alive": True}))
