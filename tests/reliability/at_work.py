"""Works on a ledger in a process of its own, and notes each step in the file `said` once it is saved.

python -m tests.reliability.at_work FOLDER STEPS wal_autocheckpoint=5
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.reliability.ledger import opened, step
from tests.reliability.power_cut.replay import SAID

LEDGER = "ledger.db"
FOLDED_EVERY = 7
"""In the window the log is folded into the file whenever nothing was saved for two seconds."""


@contextmanager
def noted(folder: Path) -> Iterator[Callable[[int], None]]:
    """Past every buffer: what is noted stays, even if the process is killed with the next breath."""
    said = os.open(folder / SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        yield lambda number: os.write(said, f"{number}\n".encode()) and None
    finally:
        os.close(said)


def main(folder: Path, steps: int, settings: dict[str, str]) -> None:
    with closing(opened(folder / LEDGER, **settings)) as database, noted(folder) as note:
        for _ in range(steps):
            number = step(database)
            note(number)
            if number % FOLDED_EVERY == 0:
                database.checkpoint()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), dict(word.split("=") for word in sys.argv[3:]))
