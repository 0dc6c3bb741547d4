"""Ten times as many people cost no more than ten times as much, and most things nothing (row E1).

How long it takes stands among the figures of a release; a test that fails on a slow computer would say nothing.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.paths import KEY_FILE
from app.services.vault import Vault
from app.vault.costs import calibrate
from app.vault.key_file import KeyFile
from benchmarks.filled_database import CLERK, KEYS, fill, open_filled
from tests.reliability.figures import Figures

TENFOLD = 10
GENEROUS = 4
"""Another test may have the processor for itself just then."""
TIMES = 5
PASSWORD = "chun-shan-zai-xihe"
TYPED = ("王建国", "wangjianguo", "wjg", "1234", "村", "中学 李", "138")


@dataclass(frozen=True)
class Speed:
    """Seconds."""

    unlock: float
    search: float
    save: float
    copy: float
    backup: float


def median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def measured(folder: Path, people: int) -> Speed:
    uids = iter([person["uid"] for person in fill(folder, people, whole=False)])
    key_file = KeyFile.new("a file of a test", KEYS, calibrate()).with_slot(
        KEYS, CLERK.uid, CLERK.name, PASSWORD
    )
    (folder / KEY_FILE).write_bytes(key_file.to_bytes())
    with closing(open_filled(folder)) as desk:
        desk.search.find("")
        return Speed(
            unlock=median(lambda: Vault(folder).unlock(PASSWORD))
            + median(lambda: open_filled(folder).close()),
            search=max(median(lambda typed=typed: desk.search.find(typed)) for typed in TYPED),
            save=median(lambda: desk.cadres.save(desk.cadres.read(next(uids)))),
            copy=median(lambda: desk.database.copy_to(folder / "copy.sqlite")),
            backup=median(desk.backups.make),
        )


def test_ten_times_as_many_people_cost_no_more_than_ten_times_as_much(
    tmp_path: Path, runs: Callable[[int, int], int], figures: Figures
):
    many = runs(2_000, 100_000)
    few, most = measured(tmp_path / "few", many // TENFOLD), measured(tmp_path / "many", many)
    figures.record(
        "E1",
        measured={"people:": many}
        | {f"{name}": f"{value * 1000:.1f} ms" for name, value in vars(most).items()},
        expected="unlock < 1 s, search < 200 ms, save < 100 ms, copy < 2 s",
        count=1,
    )
    assert most.unlock < GENEROUS * few.unlock
    assert most.save < GENEROUS * few.save
    assert most.search < GENEROUS * TENFOLD * few.search
    assert most.copy < GENEROUS * TENFOLD * few.copy
    assert most.backup < GENEROUS * TENFOLD * few.backup
