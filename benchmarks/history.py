"""What the past costs: a person with a long journal, the roster of another day, an import that is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app import clock
from app.models.base import new_uid
from app.models.cadre import Cadre
from app.services import replay
from app.services.as_of import TABLES
from app.services.desk import Desk
from app.services.person_history import ACTS_AT_ONCE
from app.services.taking_back import last_act, take_back
from benchmarks.comparison import Comparison, in_turn, milliseconds
from benchmarks.filled_database import fill, open_filled
from benchmarks.invented_people import invented_people

PEOPLE, TAKEN_IN = 5_000, 5_000
MANY = 1_000
TIMES = 7


def run(folder: Path) -> Iterator[Comparison]:
    fill(folder / "history", PEOPLE)
    desk = open_filled(folder / "history")
    yield from _long_journals(desk)
    yield _another_day(desk)
    yield _import_taken_back(desk)
    desk.close()


def _long_journals(desk: Desk) -> Iterator[Comparison]:
    """A page holds forty lines: beside a person with fewer, it would only be longer."""
    few, page, many = (row.uid for row in desk.cadres.rows(["name"])[:3])
    for uid, lines in ((few, 10), (page, ACTS_AT_ONCE), (many, MANY)):
        for number in range(lines):
            with desk.database.transaction("save_cadre") as session:
                session.execute(update(Cadre).where(Cadre.uid == uid).values(village=f"第 {number} 村"))
    past, times = desk.person_history.lines, desk.time_line.of
    yield _beside("Opening the file", desk.cadres.read, many, few, 10)
    yield _beside("The first page of 变更记录", past, many, page, ACTS_AT_ONCE)
    yield _beside("时间线", times, many, few, 10)


def _beside(what: str, look: Callable[[str], object], many: str, few: str, lines: int) -> Comparison:
    look(many)
    ours, floor = in_turn(TIMES, lambda: look(many), lambda: look(few))
    what = f"{what} of a person with {MANY:,} journal lines"
    return Comparison(what, ours, floor, "ms", f"the same with {lines}", most_ratio=1.5)


def _another_day(desk: Desk) -> Comparison:
    """All 5,000 files changed after that day, so that all of the log is read back."""
    with desk.database.transaction("bulk_edit") as session:
        session.execute(update(Cadre).values(health_status="03"))
    day = (clock.today() - dt.timedelta(days=1)).isoformat()
    ours = min(milliseconds(lambda: desk.as_of.at(day)) for _ in range(3))

    def bare() -> None:
        with desk.database.reading() as session:
            replay.now(session, TABLES)

    floor = min(milliseconds(bare) for _ in range(3))
    what = f"截至某日 over {PEOPLE:,} files that all changed since"
    return Comparison(what, ours, floor, "ms", "reading the columns as they are now", most_ratio=12)


def _import_taken_back(desk: Desk) -> Comparison:
    """Half of the rows new people, half changes of those who were there; in turn with writing them again."""
    with desk.database.reading() as session:
        known = session.scalars(select(Cadre.uid).limit(TAKEN_IN // 2)).all()
    names = dict.fromkeys(name for person in invented_people(50) for name in person)
    new = [
        {"uid": new_uid(), "version": 1, **{name: person.get(name) for name in names}}
        for person in invented_people(TAKEN_IN // 2)
    ]
    forth, back = [], []
    for turn in range(3):
        forth.append(milliseconds(lambda turn=turn: _take_in(desk, known, new, turn)))
        back.append(milliseconds(lambda: _take_back(desk)))
    return Comparison(
        f"Taking back an import of {TAKEN_IN:,} rows in one transaction, a row",
        min(back) * 1000 / TAKEN_IN,
        min(forth) * 1000 / TAKEN_IN,
        "µs",
        "writing the same rows in one transaction, with the log",
        most_ratio=4,
    )


def _take_in(desk: Desk, known: Sequence[str], new: Sequence[dict[str, Any]], turn: int) -> None:
    values = {"village": f"第 {turn} 次", "health_status": "02", "remarks": f"{turn}"}
    with desk.database.transaction("import") as session:
        session.connection().execute(insert(Cadre), list(new))
        changed = (
            update(Cadre).where(Cadre.uid == bindparam("whose")).values(version=Cadre.version + 1, **values)
        )
        session.connection().execute(changed, [{"whose": uid} for uid in known])


def _take_back(desk: Desk) -> None:
    with desk.database.transaction("undo_import") as session:
        back = take_back(session, [last_act(session)])
    assert back.rows == TAKEN_IN
