"""How every file and folder leaves the program.

Written under a temporary name, forced to the disk, read back, and only then given its name: after a power cut
or a pulled stick there is either nothing or everything under that name, and an old file stays whole.
Replaying 1,500 power cuts showed that each step is needed: without them up to half of the files were bad.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import UserError
from app.exchange.disk_errors import explained, readable_size
from app.exchange.drives import file_system_of
from app.exchange.file_names import checked_name, free_name, safe_path
from app.progress import Progress, silent

PART = ".未完成.part"
CHUNK = 1 << 20
SPARE = 16 << 20
LARGEST_ON_FAT32 = (4 << 30) - 1
FAT32 = {"vfat", "msdos", "fat", "fat32"}

Source = bytes | Path
Content = Source | Callable[[BinaryIO], object]


@dataclass(frozen=True)
class Sealed:
    """What was read back from the disk."""

    size: int
    sha256: str


def write_file(path: Path, content: Content) -> Sealed:
    """Replaces what `path` held, or leaves it as it was. For a name of its own, ask `free_name` first."""
    checked_name(path.name)
    plain = _plain(content)
    size = size_of(plain)
    with explained(path, size):
        check_room(path, size, size)
        with _part_of(path) as part:
            sealed = _copy(plain, part)
            _sync_file(part)
            _read_back(part, sealed)
            rename(part, path)
        sync_folder(path.parent)
        _read_back(path, sealed)  # under the name by which it will be looked for
    return sealed


class Draft:
    """A folder that is being filled under its temporary name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, Sealed] = {}

    def add(self, path: str, content: Content) -> Sealed:
        target = self._folder / safe_path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._files[path] = _copy(_plain(content), target)
        return self._files[path]

    def make(self, path: str, write: Callable[[Path], object]) -> Sealed:
        """A file that `write` makes itself, under the path it is given."""
        target = self._folder / safe_path(path)
        write(target)
        self._files[path] = seal_of(target)
        return self._files[path]

    def settle(self, progress: Progress) -> None:
        """Everything is on the disk itself when this returns, and was read back from there."""
        # All files are written before the first is forced out: one by one, a stick takes minutes.
        for path in self._files:
            _sync_file(self._folder / path)
        for done, (path, sealed) in enumerate(self._files.items()):
            progress(done, len(self._files), "正在读回核对")
            _read_back(self._folder / path, sealed)
        for folder in [self._folder, *(p for p in self._folder.rglob("*") if p.is_dir())]:
            sync_folder(folder)


def write_folder(
    folder: Path,
    name: str,
    fill: Callable[[Draft], object],
    *,
    size: int = 0,
    progress: Progress = silent,
    before_naming: Callable[[Path], object] = lambda _: None,
) -> Path:
    """A new folder, all or nothing. Never overwrites: a taken name gets a number.

    `before_naming` gets the temporary name when everything is on the disk and was read back; where it raises,
    nothing is left.
    """
    path = folder / checked_name(name)
    with explained(path, size):
        check_room(path, size)
        with _part_of(path) as part:
            part.mkdir()
            draft = Draft(part)
            fill(draft)
            draft.settle(progress)
            before_naming(part)
            final = free_name(path)
            rename(part, final)
        sync_folder(folder)
    return final


@contextmanager
def kept_if_whole(path: Path) -> Iterator[None]:
    """A finished folder loses its final name again when the block fails."""
    try:
        yield
    except BaseException:
        part = path.with_name(path.name + PART)
        with suppress(OSError):
            _remove(part)
            path.replace(part)
            _remove(part)
        raise


def check_room(path: Path, size: int, largest: int = 0) -> None:
    """A courtesy before long writing; a disk that fills up meanwhile is still handled."""
    free = shutil.disk_usage(path.parent).free
    if problem := room_problem(size, free, largest, file_system_of(path.parent)):
        raise UserError(f"“{path.parent}”{problem}")


def room_problem(size: int, free: int, largest: int = 0, file_system: str = "") -> str | None:
    if largest > LARGEST_ON_FAT32 and file_system.lower() in FAT32:
        return (
            f"是 FAT32 格式，放不下这个 {readable_size(largest)} 的文件（最大 4 GB）。请换 exFAT 格式的盘。"
        )
    needed = size + size // 5 + SPARE
    if free < needed:
        return (
            f"的空间不够：需要 {readable_size(needed)}，还剩 {readable_size(free)}。"
            "请删去盘上不用的文件，或换一个盘，再写一次。"
        )
    return None


def leftovers(folder: Path) -> list[Path]:
    """What an earlier, broken-off writing left here; the user may have it deleted."""
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if path.name.endswith(PART))
    return []


def remove_leftover(path: Path) -> None:
    if not path.name.endswith(PART):
        raise ValueError(f"not a leftover: {path}")
    with explained(path):
        _remove(path)


def _plain(content: Content) -> Source:
    """What a report draws is drawn in memory: its faults never touch the disk, and its size is known."""
    if isinstance(content, bytes | Path):
        return content
    drawn = io.BytesIO()
    content(drawn)
    return drawn.getvalue()


def size_of(content: Source) -> int:
    if isinstance(content, bytes):
        return len(content)
    with _read_from(content):
        return content.stat().st_size


@contextmanager
def _read_from(source: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"读不出“{source}”（{reason}），没有写成。请检查这个文件，再写一次。") from error


def _chunks(content: Source) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))
        return
    with _read_from(content):
        source = content.open("rb")
    with source:
        while True:
            with _read_from(content):
                chunk = source.read(CHUNK)
            if not chunk:
                return
            yield chunk


@contextmanager
def _part_of(path: Path) -> Iterator[Path]:
    """The temporary name; nothing is left under it when the block fails, unless the disk has gone."""
    part = path.with_name(path.name + PART)
    _remove(part)
    try:
        yield part
    except BaseException:
        with suppress(OSError):
            _remove(part)
        raise


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _copy(content: Source, target: Path) -> Sealed:
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as stream:
        for chunk in _chunks(content):
            stream.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Sealed(size, digest.hexdigest())


def _sync_file(path: Path) -> None:
    with path.open("rb+") as stream:  # Windows flushes only what may be written
        os.fsync(stream.fileno())


def seal_of(path: Path) -> Sealed:
    """Size and hash of what the disk itself holds, as far as the system lets its cache be dropped."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Sealed(size, digest.hexdigest())


def _read_back(path: Path, written: Sealed) -> None:
    if seal_of(path) != written:
        raise UserError(
            f"“{path.name}”写到盘上以后读回来不一样，没有写成。盘可能已损坏，或容量是假的，请换一个盘再写一次。"
        )


def rename(part: Path, path: Path) -> None:
    """Replaces a file under that name; on Windows a virus scanner may hold the new one for a moment."""
    for _ in range(5 if os.name == "nt" else 0):
        with suppress(PermissionError):
            part.replace(path)
            return
        time.sleep(0.2)
    part.replace(path)


def sync_folder(folder: Path) -> None:
    """Only now does the new name itself outlive a power cut. Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some FUSE file systems know no such call; the file itself was forced out before.
        if error.errno not in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)
