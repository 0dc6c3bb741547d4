"""What encryption costs: the same program on the same people, encrypted and not, in one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from app.services.desk import Desk
from benchmarks.comparison import Comparison, in_turn, milliseconds
from benchmarks.filled_database import fill, open_filled
from benchmarks.import_preview import write_workbook
from benchmarks.invented_people import typed_in_steps
from benchmarks.window import open_window

PEOPLE = 5_000
TIMES = 9
SAVED = 40
MOST = 1.3
PLAIN = "the same without encryption"

Pair = tuple[Desk, Desk]


def run(folder: Path) -> Iterator[Comparison]:
    places = (folder / "keyed", folder / "plain")
    people = fill(places[0], PEOPLE)
    fill(places[1], PEOPLE, keyed=False)
    yield _windows(*places)
    write_workbook(folder / "roster.xlsx", people)
    desks = open_filled(places[0]), open_filled(places[1], keyed=False)
    typed = list(typed_in_steps([person["name"] for person in people[:SAVED]]))
    works: dict[str, Callable[[Desk], object]] = {
        "Search made ready, 5,000 people": lambda desk: (desk.search.renew(), desk.search.find("")),
        "Search, every key of 40 names": lambda desk: [desk.search.find(said) for said in typed],
        "Roster read": lambda desk: desk.cadres.rows(["name", "id_number", "birth_date", "home_address"]),
        "All files read whole": lambda desk: desk.cadres.read_all(),
        "Roster workbook": lambda desk: desk.printing.roster(),
        "Import preview, everybody kept": lambda desk: desk.imports.preview(folder / "roster.xlsx"),
    }
    for what, work in works.items():
        yield _compared(what, desks, work)
    yield _saving(desks)
    for desk in desks:
        desk.close()


def _windows(keyed: Path, plain: Path) -> Comparison:
    """Straight on the data: the price of the password stands in `window`."""
    opened = [
        (open_window(str(keyed), "keyed").entered, open_window(str(plain), "plain").entered)
        for _ in range(TIMES)
    ]
    ours, floor = map(statistics.median, zip(*opened, strict=True))
    return Comparison("Window to today's figures, 5,000 people", ours, floor, "ms", PLAIN, most_ratio=MOST)


def _compared(what: str, desks: Pair, work: Callable[[Desk], object]) -> Comparison:
    ours, floor = in_turn(TIMES, *(partial(work, desk) for desk in desks))
    return Comparison(what, ours, floor, "ms", PLAIN, most_ratio=MOST)


def _saving(desks: Pair) -> Comparison:
    """Each file once more with another remark; taken in turn, one file at a time."""
    files = [[desk.cadres.read(row.uid) for row in desk.cadres.rows(["name"])[:SAVED]] for desk in desks]
    taken: list[list[float]] = [[], []]
    for number in range(SAVED):
        for place, desk in enumerate(desks):
            file = files[place][number]
            file.values["remarks"] = f"benchmark {number}"
            taken[place].append(milliseconds(partial(desk.cadres.save, file)))
    ours, floor = map(statistics.median, taken)
    return Comparison("One file saved", ours, floor, "ms", PLAIN, most_ratio=MOST)
