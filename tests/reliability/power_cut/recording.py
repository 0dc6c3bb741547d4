"""Has a program watched by recorder.c, and reads what it wrote down."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("recorder.c")
ROOT = Path(__file__).parents[3]
HEAD = struct.Struct("<ccHiQI")
CREATED, EMPTIED = 1, 2


@dataclass(frozen=True)
class Operation:
    """One thing asked of the system. `kind` is the letter that recorder.c gives it."""

    kind: str
    flag: int
    file: int
    place: int
    path: str
    content: bytes


@dataclass(frozen=True)
class Recording:
    """What lay in the folder before, and everything that happened to it then."""

    before: Mapping[str, bytes]
    operations: list[Operation]


def compiled(folder: Path) -> Path:
    library = folder / "recorder.so"
    subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE)], check=True)
    return library


def recorded(library: Path, folder: Path, module: str, *words: object) -> Recording:
    """Runs `python -m module words…` to its end; only what it does below `folder` counts."""
    folder = folder.resolve()
    log = folder.with_name(folder.name + ".log")
    before = files_of(folder)
    environment = {"LD_PRELOAD": str(library), "RECORDER_FOLDER": str(folder), "RECORDER_LOG": str(log)}
    subprocess.run(
        [sys.executable, "-m", module, *map(str, words)], cwd=ROOT, env=os.environ | environment, check=True
    )
    return Recording(before, list(_operations(log.read_bytes())))


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything but the shared memory of SQLite, which dies with the power."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


def _operations(log: bytes) -> Iterator[Operation]:
    place = 0
    while place < len(log):
        kind, flag, named, file, offset, length = HEAD.unpack_from(log, place)
        content = place + HEAD.size + named
        place = content + (length if kind in b"wr" else 0)
        path = log[content - named : content].decode()
        yield Operation(kind.decode(), flag[0], file, offset, path, log[content:place])
