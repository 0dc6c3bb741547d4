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
from benchmarks.filled_database import KEYS, PASSWORD, fill, open_filled, put_door

PEOPLE = 5_000
TIMES = 9


class Opened(NamedTuple):
    """Milliseconds to the first frame, to the login, from there to a page full of figures; and the most memory."""

    painted: float
    asked: float
    entered: float
    megabytes: float


def run(folder: Path) -> Iterator[Comparison]:
    data = folder / "window"
    fill(data, PEOPLE)
    put_door(data)
    opened = [(open_window(str(data)), open_window()) for _ in range(TIMES + 1)][1:]
    ours, bare = [
        Opened(*map(statistics.median, zip(*each, strict=True))) for each in zip(*opened, strict=True)
    ]
    floor = "a bare QMainWindow in a fresh process"
    yield Comparison("Window visible, 5,000 people", ours.painted, bare.painted, "ms", floor, most_ratio=2.5)
    yield Comparison("… the password asked for", ours.asked, bare.painted, "ms", floor)
    yield Comparison("… from the password to today's figures", ours.entered, bare.painted, "ms", floor)
    yield Comparison("… most memory until then", ours.megabytes, bare.megabytes, "MB", floor)
    yield from _database(data)
    yield _unlocked(data)


def open_window(*data: str) -> Opened:
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.first_frame", *data]
    surroundings = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as process:
        assert process.stdout is not None
        process.stdout.readline()
        painted = time.perf_counter()
        process.stdout.readline()
        asked = time.perf_counter()
        megabytes = float(process.stdout.readline())
        full = time.perf_counter()
    return Opened((painted - began) * 1000, (asked - began) * 1000, (full - asked) * 1000, megabytes)


def _database(data: Path) -> Iterator[Comparison]:
    from sqlcipher3 import dbapi2 as sqlcipher

    from app.paths import DATA_FILE

    key = f"x'{KEYS.database.hex()}{KEYS.salt.hex()}'"

    def ours() -> None:
        desk = open_filled(data)
        desk.cadres.count()
        desk.close()

    def floor() -> None:
        connection = sqlcipher.connect(str(data / DATA_FILE))
        connection.execute(f"PRAGMA key = \"x'{KEYS.database.hex()}{KEYS.salt.hex()}'\"")
        connection.execute(f'PRAGMA key = "{key}"')
        connection.execute("SELECT count(*) FROM cadre").fetchone()
        connection.close()

    opened, least = in_turn(15, ours, floor)
    yield Comparison("Data folder opened, people counted, closed", opened, least, "ms", "the engine alone")


def _unlocked(data: Path) -> Comparison:
    from app.services.vault import Vault
    from app.vault.costs import FLOOR, derive

    def ours() -> None:
        Vault(data).unlock(PASSWORD)

    def floor() -> None:
        derive(PASSWORD.encode(), bytes(16), FLOOR)

    unlocked, least = in_turn(9, ours, floor)
    return Comparison("Password to keys", unlocked, least, "ms", "Argon2id at 19 MiB, two passes", most=300)
