"""Does one piece of work again and again, each time in a process that the kernel ends at another moment.

    python -m tests.killed_at_work import FOLDER 50

The first trial is let be. Every trial gets its own folder below FOLDER; what each left behind is
for the caller to judge. The process is ended by a timer's SIGALRM that nobody handles: like kill -9, but at the
very moment, also inside a system call.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

from app.fields import identity
from app.models.database import Database
from app.paths import DATA_FILE
from app.services.cadres import CadreFile
from app.services.imports import Imports
from app.services.practice import make_practice
from tests.desks import KEYS, desk_of

ROSTER_ROWS = 1000
BUNDLE_PEOPLE = 3
SEED = 20261015
BEYOND = 1.1
"""Some moments lie behind the usual end, where the last steps are."""


def roster(path: Path) -> Path:
    """A table of people who all differ."""
    lines = ["姓名,性别,民族,身份证号,出生年月,家庭住址,手机,联系人及电话"]
    for number in range(ROSTER_ROWS):
        digits = f"5299991950{number // 280 + 1:02d}{number // 10 % 28 + 1:02d}00{number % 10}"
        whole = digits + identity.check_character(digits)
        name = f"廖{chr(0x4E00 + number)}"
        contact = "廖长 19900005063" if number % 10 == 0 else ""
        lines.append(f"{name},男,汉族,{whole},1950,卫城镇东门村{number}号,19900005062,{contact}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def importing(folder: Path) -> Callable[[Path], None]:
    """The roster is read once; what is repeated is the writing."""
    desk = desk_of(folder / "start")
    preview = desk.imports.preview(roster(folder / "花名册.csv"))
    assert preview.counts.new == ROSTER_ROWS
    desk.close()

    def work(trial: Path) -> None:
        Imports(Database(trial / DATA_FILE, KEYS)).apply(preview)

    return work


def delivering(folder: Path) -> Callable[[Path], None]:
    """A few people with photos, forms and ledgers; what is repeated is everything."""
    desk = desk_of(folder / "start")
    make_practice(desk)
    everybody = [row.uid for row in desk.cadres.rows(["name"])]
    desk.cadres.remove(everybody[BUNDLE_PEOPLE:])
    desk.cadres.save(CadreFile(values={"name": "王𬎆"}))
    desk.visits.remove([line.uid for line in desk.visits.lines() if not line.people])
    desk.close()

    def work(trial: Path) -> None:
        (trial / "stick").mkdir()
        desk_of(trial).deliveries.deliver(trial / "stick", "2026")

    work(
        shutil.copytree(folder / "start", folder / "first")
    )  # loads fonts and forms, which is no work to kill
    return work


WORKS = {"import": importing, "bundle": delivering}


def in_a_process(work: Callable[[Path], None], trial: Path, ends_after: float) -> int:
    """Minus the signal that ended it, 0 where the work was done first. After 0 s means never."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, ends_after)
        try:
            work(trial)
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def main(name: str, folder: Path, times: int) -> None:
    """Moments all over the work, in a shuffled order; how long it takes is learnt from every trial that ends."""
    work = WORKS[name](folder)
    parts = [BEYOND * (turn + 1) / times for turn in range(times)]
    Random(SEED).shuffle(parts)
    takes, ends = math.inf, []
    for number, part in enumerate([0.0, *parts]):
        trial = shutil.copytree(folder / "start", folder / f"trial-{number:02d}")
        began = time.perf_counter()
        ends.append(in_a_process(work, trial, part * takes if part else 0))
        if not ends[-1]:
            takes = min(takes, time.perf_counter() - began)
    json.dump(ends, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
