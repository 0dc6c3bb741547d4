"""Where the program's own files and the user's data are."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

DATA_VARIABLE = "SANGYU_DATA"
DATA_FILE = "sangyu.sqlite"
KEY_FILE = "sangyu.key.json"
"""Beside the data: without it nobody can open it."""
RESTORING = "恢复中"
"""A restore that was decided: while this folder is there, the data beside it may be half old and half new."""
Journal = Literal["WAL", "TRUNCATE"]
"""How the data is written: TRUNCATE where it lies on a stick, no -shm and no hole at the salt (reliability.md §4.2)."""
READ_FILES = "read-files"
"""The only argument of the frozen program when it is started by itself to read foreign files."""


def resource(name: str) -> Path:
    """A file under `resources/`, from source and in a frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).parent.parent
    return root / "resources" / name


def reading_command() -> tuple[list[str], Path]:
    """What starts the process that reads foreign files, and the folder it is started in."""
    root = Path(__file__).parent.parent
    if getattr(sys, "frozen", False):
        return [sys.executable, READ_FILES], root
    return [sys.executable, "-m", "app.exchange.child_main"], root


def data_folder(chosen: str | None = None) -> Path:
    """The folder of the user's data: the one named, else `SANGYU_DATA`, else the one chosen at the first
    run, else the system's place for it."""
    if named := chosen or os.environ.get(DATA_VARIABLE):
        return Path(named)
    kept = _note()
    if kept.exists() and (place := kept.read_text(encoding="utf-8").strip()):
        return Path(place)
    return default_folder()


def has_data(folder: Path) -> bool:
    return (folder / DATA_FILE).exists()


def is_half_restored(folder: Path) -> bool:
    return (folder / RESTORING).exists()


def has_key(folder: Path) -> bool:
    return (folder / KEY_FILE).exists()


def default_folder() -> Path:
    from platformdirs import user_data_path  # 5 ms that a named folder does not need

    return user_data_path("桑榆", appauthor=False)


def remember_folder(folder: Path) -> None:
    """The next start without a named folder opens this one."""
    note = _note()
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(str(folder), encoding="utf-8")


def _note() -> Path:
    from platformdirs import user_config_path

    return user_config_path("桑榆", appauthor=False) / "data-folder.txt"
