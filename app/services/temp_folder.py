"""Whatever is written for a moment only is written inside the data folder, and nothing of it outlives the program.

openpyxl writes every sheet in plain text to a temporary file, photos on their way out are files too: in the
system's folder they would stay after a crash, for others to find (reliability.md §1, §5.3).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from app.errors import UserError
from app.exchange.file_lock import try_lock

NAME = "临时"
MARK = "正在使用"
"""A locked file beside what a running program writes: the window and a command may share a data folder."""


class TempFolder:
    """The part of the folder that this program writes into, until it is closed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark = os.open(path / MARK, os.O_RDWR | os.O_CREAT, 0o600)
        try_lock(self._mark)
        self._before = tempfile.tempdir
        tempfile.tempdir = str(path)

    def close(self) -> None:
        """What is left in it goes; temporary files go again where they went before."""
        if tempfile.tempdir == str(self.path):
            tempfile.tempdir = self._before if self._before and Path(self._before).is_dir() else None
        if self._mark >= 0:
            os.close(self._mark)
            self._mark = -1
        _remove(self.path)


def use(folder: Path) -> TempFolder:
    """From now on temporary files are made inside this data folder. Raises UserError where it cannot be."""
    place = folder / NAME
    try:
        _make(place)
        empty(folder)
        return TempFolder(Path(tempfile.mkdtemp(dir=place)))
    except OSError as error:
        raise UserError(f"数据文件夹里的“{NAME}”文件夹建不起来，请检查“{folder}”能不能写入。") from error


def empty(folder: Path) -> None:
    """Removes what earlier programs have left there; what a running one uses stays, links are not followed."""
    for left in (folder / NAME).iterdir():
        if not _is_used(left):
            _remove(left)


def _make(place: Path) -> None:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        place.unlink()  # somebody would have our files written elsewhere
    place.mkdir(mode=0o700, exist_ok=True)
    place.chmod(0o700)


def _remove(left: Path) -> None:
    """What another program still holds open on Windows goes at the next start."""
    with suppress(OSError):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()


def _is_used(left: Path) -> bool:
    if left.is_symlink() or not (left / MARK).is_file():
        return False
    try:
        mark = os.open(left / MARK, os.O_RDWR)
    except OSError:
        return True
    try:
        try_lock(mark)
    except OSError:
        return True
    finally:
        os.close(mark)
    return False
