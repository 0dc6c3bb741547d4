"""Search per key among 100,000 people, beside SQL LIKE over one joined column in the same engine."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from app.ui.roster.roster_state import RosterState
from benchmarks.comparison import Comparison, milliseconds
from benchmarks.filled_database import fill, open_filled
from benchmarks.invented_people import SEED, typed_in_steps

PEOPLE = 100_000
TIMES = 7
TOWNSHIPS = 5_000
SOUGHT = 40
"""People looked for; each is typed in another way."""
JOINED = """
    CREATE TABLE joined AS SELECT uid, lower(concat_ws(
        ' ', name, search_key, substr(id_number, -6), mobile, landline, former_unit, home_address
    )) AS keys FROM cadre ORDER BY search_key, uid
"""


def run(folder: Path) -> Iterator[Comparison]:
    people = fill(folder / "search", PEOPLE, towns=96, whole=False)
    typed = list(typed_in_steps(_entries(people)))
    desk = open_filled(folder / "search")
    desk.search.find("")
    with desk.database.engine.begin() as connection:
        connection.execute(text(JOINED))
    ours = _least([[milliseconds(partial(desk.search.find, said)) for said in typed] for _ in range(TIMES)])
    with desk.database.reading() as session:
        floor = [milliseconds(_like(session, said)) for said in typed]
    desk.close()
    like = "SQL LIKE over one joined column, SQLCipher's own SQLite"
    yield Comparison(
        "Search per key, 100,000 people, 95th percentile", _late(ours), _late(floor), "ms", like, most=8
    )
    yield Comparison("Search per key, median", statistics.median(ours), statistics.median(floor), "ms", like)
    yield _deeper(folder)


def _deeper(folder: Path) -> Comparison:
    """Families, résumés and remarks too, with names first and in the order of the list."""
    people = fill(folder / "deeper", TOWNSHIPS)
    typed = list(typed_in_steps(_entries(people)))
    desk = open_filled(folder / "deeper")
    desk.roster_tools.reasons.make()
    state = RosterState(desk.cadres, desk.search, desk.roster_tools)
    desk.search.find("")

    def shown(said: str) -> object:
        state.search_for(said)
        return state.has_reasons(state.shown)

    ours = _least([[milliseconds(partial(shown, said)) for said in typed] for _ in range(TIMES)])
    alone = _least([[milliseconds(partial(desk.search.find, said)) for said in typed] for _ in range(TIMES)])
    desk.close()
    return Comparison(
        f"The list per key, everything in {TOWNSHIPS:,} files searched, 95th percentile",
        _late(ours),
        _late(alone),
        "ms",
        "names, numbers, units and villages alone",
        most=16,
    )


def _entries(people: Sequence[dict[str, Any]]) -> list[str]:
    """Names, pinyin, initials, tails of numbers, telephones, units, villages, two words."""
    draw = Random(SEED)
    return [WAYS[number % len(WAYS)](person) for number, person in enumerate(draw.sample(people, SOUGHT))]


def _pinyin(person: dict[str, Any]) -> str:
    return str(person["search_key"].split()[0])


def _village(person: dict[str, Any]) -> str:
    return str(person["home_address"].split("村")[0][-2:] + "村")


WAYS: Sequence[Callable[[dict[str, Any]], str]] = (
    lambda person: person["name"],
    _pinyin,
    lambda person: person["search_key"].split()[1],
    lambda person: person["id_number"][-4:].lower(),
    lambda person: (person["mobile"] or "13800")[:7],
    lambda person: person["former_unit"],
    _village,
    lambda person: f"{_village(person)} {person['name'][0]}",
)


def _like(session: Any, said: str) -> Callable[[], object]:
    words = said.split()
    where = " AND ".join(f"keys LIKE :word{number}" for number in range(len(words))) or "1"
    query = text(f"SELECT uid FROM joined WHERE {where}")
    values = {f"word{number}": f"%{word}%" for number, word in enumerate(words)}
    return lambda: session.execute(query, values).all()


def _least(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The least that each key took: what it took more was the machine's other work."""
    return [min(each) for each in zip(*rounds, strict=True)]


def _late(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]
