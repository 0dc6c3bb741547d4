"""From the start of a fresh process to the first painted frame, beside a window with nothing in it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.comparison import Comparison, in_turn
from benchmarks.filled_database import fill

PEOPLE = 5_000
TIMES = 9


class Opened(NamedTuple):
    """Milliseconds to the first frame and to a page full of figures, and the most memory until then."""

    painted: float
    full: float
    megabytes: float


def run(folder: Path) -> Iterator[Comparison]:
    data = folder / "window"
    fill(data, PEOPLE)
    opened = [(_open(str(data)), _open()) for _ in range(TIMES + 1)][1:]
    ours, bare = [
        Opened(*map(statistics.median, zip(*each, strict=True))) for each in zip(*opened, strict=True)
    ]
    floor = "a bare QMainWindow in a fresh process"
    yield Comparison("Window visible, 5,000 people", ours.painted, bare.painted, "ms", floor, most_ratio=2.5)
    yield Comparison("… today's figures shown", ours.full, bare.painted, "ms", floor)
    yield Comparison("… most memory until then", ours.megabytes, bare.megabytes, "MB", floor)
    yield from _database(data)


def _open(*data: str) -> Opened:
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.first_frame", *data]
    surroundings = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as process:
        assert process.stdout is not None
        process.stdout.readline()
        painted = time.perf_counter() - began
        megabytes = float(process.stdout.readline())
        full = time.perf_counter() - began
    return Opened(painted * 1000, full * 1000, megabytes)


def _database(data: Path) -> Iterator[Comparison]:
    from sqlcipher3 import dbapi2 as sqlcipher

    from app.paths import DATA_FILE
    from app.services.desk import Desk

    def ours() -> None:
        desk = Desk(data)
        desk.cadres.count()
        desk.close()

    def floor() -> None:
        connection = sqlcipher.connect(str(data / DATA_FILE))
        connection.execute("SELECT count(*) FROM cadre").fetchone()
        connection.close()

    opened, least = in_turn(15, ours, floor)
    yield Comparison("Data folder opened, people counted, closed", opened, least, "ms", "the engine alone")
