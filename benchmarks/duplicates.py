"""Seeking twins among 50,000 people, beside reading the same columns; and beside 5,000 people, ten times fewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select

from app.models.base import new_uid
from app.models.cadre import Cadre
from app.services.duplicates import Duplicates
from benchmarks.comparison import Comparison, milliseconds
from benchmarks.filled_database import fill, open_filled
from benchmarks.invented_people import SEED

FEW, MANY = 5_000, 50_000
TWINS = 0.02
"""The share of people who are entered a second time, with less."""
TIMES = 3
MOST_TIMES = 20
"""50,000 people may take so many times as long as 5,000; comparing all pairs would be a hundred times."""
KEPT_OF_A_TWIN = ("name", "search_key", "birth_date", "former_unit", "sex")


def run(folder: Path) -> Iterator[Comparison]:
    few, many = (_scanned(folder / f"duplicates {count}", count) for count in (FEW, MANY))
    yield many
    yield replace(
        many,
        what="The same, beside 5,000 people",
        floor=few.ours,
        floor_is="the scan of 5,000 people",
        most_ratio=MOST_TIMES,
        most=0,
    )


def _scanned(folder: Path, count: int) -> Comparison:
    people = fill(folder, count, towns=96, whole=False)
    desk = open_filled(folder)
    with desk.database.transaction("import") as session:
        session.execute(insert(Cadre), _twins(people))
    duplicates = Duplicates(desk.database)
    found = duplicates.scan()
    assert len(found) >= count * TWINS * 0.9
    ours = min(milliseconds(duplicates.scan) for _ in range(TIMES))
    with desk.database.reading() as session:
        columns = [Cadre.uid, *(getattr(Cadre, name) for name in (*KEPT_OF_A_TWIN, "id_number", "mobile"))]
        floor = min(milliseconds(lambda: session.execute(select(*columns)).all()) for _ in range(TIMES))
    desk.close()
    return Comparison(f"Seeking duplicates, {count:,} people", ours, floor, "ms", "reading their columns")


def _twins(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    draw = Random(SEED)
    again = draw.sample(people, int(len(people) * TWINS))
    return [
        {"uid": new_uid(), "version": 1, **{name: person.get(name) for name in KEPT_OF_A_TWIN}}
        for person in again
    ]
