"""Data folders filled in one go; services save one file at a time, which would take minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any, cast

from sqlalchemy import insert

from app.fields.actors import Actor, Keys
from app.models.base import Base, new_uid
from app.models.cadre import Cadre
from app.models.parts import PARTS
from app.models.visits import Visit, VisitedCadre
from app.paths import KEY_FILE
from app.services.desk import Desk
from app.vault.costs import calibrate
from app.vault.key_file import KeyFile
from benchmarks.invented_people import SEED, invented_parts, invented_people

YEAR = 2026
VISITED_SHARE = 0.8
PASSWORD = "chuntian-zai-xihe"

KEYS = Keys.from_bytes(bytes(range(80)))
CLERK = Actor("clerk", "张小雨", ("preparer",), "command")

Filled = Iterable[tuple[type[Base], list[dict[str, Any]]]]


def fill(
    folder: Path, count: int, towns: int = 1, *, whole: bool = True, keyed: bool = True
) -> list[dict[str, Any]]:
    """A folder with so many people, and unless asked otherwise all that belongs to them; returns their values."""
    people = [{"uid": new_uid(), "version": 1, **person} for person in invented_people(count, towns)]
    desk = open_filled(folder, keyed=keyed)
    desk.office.save(
        {"township": "练习镇", "unit": "练习镇人民政府", "officer": "张小雨", "preparer": "张小雨"}
    )
    tables: list[tuple[type[Base], list[dict[str, Any]]]] = [
        (Cadre, people),
        *(_parts(people) if whole else ()),
        *(_visits(people) if whole else ()),
    ]
    with desk.database.transaction("import") as session:
        for model, rows in tables:
            session.execute(insert(model), _even(rows))
    desk.close()
    return people


def open_filled(folder: Path, *, keyed: bool = True) -> Desk:
    """Without a password, whose price is a benchmark of its own; unless `keyed`, without encryption too."""
    return Desk(folder, KEYS if keyed else cast(Keys, None), CLERK)


def put_door(folder: Path) -> None:
    """The key file that a user would have; `PASSWORD` opens it at the price that this machine bears."""
    file = KeyFile.new("benchmark", KEYS, calibrate()).with_slot(KEYS, CLERK.uid, CLERK.name, PASSWORD)
    (folder / KEY_FILE).write_bytes(file.to_bytes())


def _parts(people: Sequence[dict[str, Any]]) -> Filled:
    draw = Random(SEED)
    found: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
    for person in people:
        for name, rows in invented_parts(person, draw).items():
            found[PARTS[name]] += [_part(person["uid"], at, row) for at, row in enumerate(rows)]
    return found.items()


def _part(cadre_uid: str, position: int, row: dict[str, Any]) -> dict[str, Any]:
    return {"uid": new_uid(), "cadre_uid": cadre_uid, "position": position, **row}


def _visits(people: Sequence[dict[str, Any]]) -> Filled:
    met = people[: int(len(people) * VISITED_SHARE)]
    visits = [
        {"uid": new_uid(), "date": f"{YEAR}-01-20", "kind": "spring", "money": 50_000, "place": "家中"}
        for _ in met
    ]
    who = [
        {"uid": new_uid(), "visit_uid": visit["uid"], "cadre_uid": person["uid"]}
        for visit, person in zip(visits, met, strict=True)
    ]
    return (Visit, visits), (VisitedCadre, who)


def _even(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every row with the same columns, so that they go in together."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]
