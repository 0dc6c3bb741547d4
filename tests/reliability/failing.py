"""Works on a ledger while the disk fails now and then; meant to run under `fiu-run -x`.

    fiu-run -x python -m tests.reliability.failing FOLDER 0 30

Each try has a folder and a process of its own. What was told to the user, and what came without a sentence, stands in
`heard.json` there. The calls are those that only SQLite uses here, so that Python itself stands on firm ground.
"""

from __future__ import annotations

import ctypes
import json
import math
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

from app.errors import UserError
from app.models.database import Database
from tests.reliability.at_work import LEDGER, noted
from tests.reliability.killed import killed
from tests.reliability.ledger import opened, step, steps_in

POINTS = ("posix/io/rw/pwrite", "posix/io/rw/pread", "posix/io/rw/ftruncate", "posix/io/sync/fsync")
DISK_ERROR = 5  # EIO
STEPS, TRIES = 8, 60
HEARD = "heard.json"


class Disk:
    """One that fails at random, once it is told to."""

    def __init__(self, seed: int) -> None:
        self._library = ctypes.CDLL(None)
        self._library.fiu_set_prng_seed(ctypes.c_uint(seed))
        self._chance = Random(seed).choice([0.002, 0.01, 0.03])

    def fail_now_and_then(self) -> None:
        for point in POINTS:
            name, chance = point.encode(), ctypes.c_float(self._chance)
            self._library.fiu_enable_random(name, 1, ctypes.c_void_p(DISK_ERROR), 0, chance)

    def recover(self) -> None:
        for point in POINTS:
            self._library.fiu_disable(point.encode())


def work(database: Database, note: Callable[[int], None], heard: dict[str, list[str]]) -> int:
    """Tries until all steps are saved, like somebody who presses 保存 again; returns how many are."""
    saved = 0
    for _ in range(TRIES):
        try:
            saved = step(database)
            note(saved)
            database.checkpoint()
        except UserError as error:
            heard["told"].append(str(error))
        except Exception as error:  # noqa: BLE001 - that nothing comes without a sentence is what is tried
            heard["unexplained"].append(repr(error))
        if saved >= STEPS:
            break
    return saved


def tried(folder: Path, seed: int) -> None:
    """Leaves what was heard beside the data."""
    heard: dict[str, list[str]] = {"told": [], "unexplained": []}
    disk = Disk(seed)
    with closing(opened(folder / LEDGER)) as database, noted(folder) as note:
        steps_in(database)
        disk.fail_now_and_then()
        work(database, note, heard)
        disk.recover()
        note(step(database))
        steps_in(database)
    (folder / HEARD).write_text(json.dumps(heard))


def main(folder: Path, first: int, count: int) -> None:
    for number in range(first, first + count):
        trial = folder / str(number)
        trial.mkdir()
        shutil.copyfile(folder / LEDGER, trial / LEDGER)
        killed(lambda trial: tried(trial, int(trial.name)), trial, math.inf)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
