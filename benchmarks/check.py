"""The check of everybody's file, beside only reading the files; and of ten times as many people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.services.check_groups import groups
from app.services.desk import Desk
from benchmarks.comparison import Comparison, in_turn
from benchmarks.filled_database import fill, open_filled

PEOPLE, MANY = 5_000, 50_000
TIMES, TIMES_MANY = 5, 3
CHANGED = 1


def run(folder: Path) -> Iterator[Comparison]:
    people = fill(folder / "check", PEOPLE)
    desk = open_filled(folder / "check")
    changed = [str(person["uid"]) for person in people[:CHANGED]]
    result = desk.data_check.run()
    ours, again, floor = in_turn(
        TIMES,
        lambda: _checked(desk),
        lambda: desk.data_check.renew(result, changed),
        lambda: desk.cadres.read_all(),
    )
    desk.close()
    reading = "reading all files with their parts"
    yield Comparison(f"Whole check of {PEOPLE:,} people, grouped", ours, floor, "ms", reading, most=2000)
    yield Comparison("The check again after one file was changed", again, floor, "ms", reading, most=500)
    fill(folder / "check_many", MANY)
    desk = open_filled(folder / "check_many")
    [many] = in_turn(TIMES_MANY, lambda: _checked(desk))
    desk.close()
    yield Comparison(
        f"Whole check of {MANY:,} people", many, ours, "ms", f"the check of {PEOPLE:,} people", most_ratio=11
    )


def _checked(desk: Desk) -> None:
    groups(desk.data_check.run())
