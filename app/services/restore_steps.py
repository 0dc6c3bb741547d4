"""Putting other data in the place of the present, so that a power cut leaves the old or the new, never a mixture.

The new files are made ready in a folder of their own. The moment that folder gets its name is the moment of
decision: before it nothing has happened, after it the remaining renames are only finished, now or at the next start.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.exchange.disk_errors import explained
from app.exchange.safe_write import rename, sync_folder
from app.paths import DATA_FILE, KEY_FILE, RESTORING

PLAN = "步骤.json"
SIDES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside its file; without the file it belongs to, it must not meet another."""


def plan_bytes(aside: str) -> bytes:
    """`aside` is the end of the name that the present files get, such as `before-restore-20261003-140322`."""
    return json.dumps({"aside": aside}).encode()


def finish(folder: Path) -> None:
    """Does what is still to be done; nothing where no restore was decided. Raises UserError where a file is held."""
    ready = folder / RESTORING
    if not ready.exists():
        return
    with explained(folder / DATA_FILE):
        if (plan := ready / PLAN).exists():
            aside = json.loads(plan.read_text(encoding="utf-8"))["aside"]
            _swap_data(folder, ready, aside)
            _swap_key_file(folder, ready, aside)
            _move(ready / DATA_FILE, folder / DATA_FILE)
        _clear(ready)


def _swap_data(folder: Path, ready: Path, aside: str) -> None:
    """As long as the new file waits, whatever stands in its place is the old."""
    if (ready / DATA_FILE).exists():
        kept = aside_of(folder / DATA_FILE, aside)
        _move(folder / DATA_FILE, kept)
        for side in SIDES:
            _move(folder / f"{DATA_FILE}{side}", kept.with_name(kept.name + side))


def _swap_key_file(folder: Path, ready: Path, aside: str) -> None:
    if (ready / KEY_FILE).exists():
        _move(folder / KEY_FILE, aside_of(folder / KEY_FILE, aside))
        _move(ready / KEY_FILE, folder / KEY_FILE)


def aside_of(path: Path, aside: str) -> Path:
    return path.with_name(f"{path.name}.{aside}")


def _move(path: Path, to: Path) -> None:
    """Each rename is on the disk before the next one begins: FAT keeps no order of its own."""
    if path.exists():
        rename(path, to)
        sync_folder(to.parent)
        sync_folder(path.parent)


def _clear(ready: Path) -> None:
    """The plan goes last: a folder without one has nothing left to do."""
    for left in sorted(ready.iterdir(), key=lambda path: path.name == PLAN):
        left.unlink()
    ready.rmdir()
    sync_folder(ready.parent)
