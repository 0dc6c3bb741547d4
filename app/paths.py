"""Where the program's own files and the user's data are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DATA_VARIABLE = "SANGYU_DATA"
DATA_FILE = "sangyu.sqlite"


def resource(name: str) -> Path:
    """A file under `resources/`, from source and in a frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).parent.parent
    return root / "resources" / name


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
