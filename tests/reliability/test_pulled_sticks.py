"""A stick that is pulled out while it is written on: the user is told at once, and no half file has a name (row B6).

The stick is a file with a file system on it, kept by a program in user space; pulling it out is killing that program.
That has no cache to lose, so what is not forced out is the replay's to judge (`test_exports_cut.py`).
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from app.exchange.safe_write import PART, leftovers
from tests.reliability.figures import Figures
from tests.reliability.power_cut.recording import ROOT, files_of
from tests.reliability.test_exports_cut import is_whole

SIZE = 40 << 20
MOST_SECONDS = 2.0
LONGEST_MOMENT = 0.02
MOST_BEFORE = 6


@dataclass(frozen=True)
class FileSystem:
    """The commands that make one, and that keep it until it is unmounted."""

    name: str
    make: tuple[str, ...]
    keep: tuple[str, ...]
    options: tuple[str, ...]

    @property
    def is_here(self) -> bool:
        tools = all(map(shutil.which, (self.make[0], self.keep[0], "losetup")))
        return tools and sys.platform == "linux" and os.geteuid() == 0 and all(map(os.path.exists, DEVICES))


DEVICES = ("/dev/fuse", "/dev/loop-control")
SYSTEMS = (
    FileSystem("exFAT", ("mkfs.exfat",), ("mount.exfat-fuse", "-d"), ()),
    FileSystem("NTFS", ("mkfs.ntfs", "-F", "-Q", "-q"), ("ntfs-3g",), ("-o", "no_detach")),
)


def quietly(*command: object) -> None:
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def fresh_stick(image: Path, system: FileSystem) -> Iterator[str]:
    """Gives the device behind which the file lies."""
    image.unlink(missing_ok=True)
    with image.open("wb") as stream:
        stream.truncate(SIZE)
    quietly(*system.make, image)
    found = subprocess.run(
        ["losetup", "--find", "--show", str(image)], check=True, stdout=subprocess.PIPE, text=True
    )
    try:
        yield found.stdout.strip()
    finally:
        quietly("losetup", "-d", found.stdout.strip())


@contextmanager
def plugged_in(device: str, system: FileSystem, place: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Gives the process that keeps the file system."""
    command = [*system.keep, device, str(place), *system.options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as keeper:
        while not place.is_mount():
            assert keeper.poll() is None, f"{command} has ended"
            select.select([], [], [], 0.001)
        try:
            yield keeper
        finally:
            quietly("umount", "-l", place)


@dataclass(frozen=True)
class Pulled:
    said: list[str]
    told: str
    seconds: float


def pulled_out(place: Path, keeper: subprocess.Popen[bytes], chance: Random) -> Pulled:
    """Somewhere in the writing of one of the first files or folders."""
    command = [sys.executable, "-m", "tests.reliability.exporting", str(place), "100000"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(chance.randrange(1, MOST_BEFORE))]
        select.select([], [], [], chance.uniform(0, LONGEST_MOMENT))
        keeper.kill()
        began = time.perf_counter()
        rest, _ = writer.communicate(timeout=60)
        seconds = time.perf_counter() - began
    *lines, last = b"".join([*said, rest]).decode().splitlines()
    return Pulled(lines, last, seconds)


def finished(place: Path) -> dict[str, dict[str, bytes]]:
    """What has a final name, each with its files. What was broken off may not even be readable."""
    whole = [path for path in place.iterdir() if not path.name.endswith(PART)]
    return {path.name: files_of(path) if path.is_dir() else {"": path.read_bytes()} for path in whole}


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_a_stick_pulled_out_has_no_half_file_under_a_name(
    system: FileSystem, scratch: Path, runs: Callable[[int, int], int], figures: Figures
):
    if not system.is_here:
        pytest.skip(f"a stick with {system.name} needs root, FUSE, a loop device and {system.keep[0]}")
    place, chance, count = scratch / "U盘", Random(system.name), runs(20, 300)
    place.mkdir()
    bad = missing = left = 0
    slowest = 0.0
    for _ in range(count):
        with fresh_stick(scratch / "U盘.img", system) as device:
            with plugged_in(device, system, place) as keeper:
                pulled = pulled_out(place, keeper, chance)
            with plugged_in(device, system, place):
                found, is_left = finished(place), any(leftovers(place))
        assert "盘可能被拔出" in pulled.told
        slowest = max(slowest, pulled.seconds)
        bad += sum(not is_whole(name, files) for name, files in found.items())
        missing += len(set(pulled.said) - found.keys())
        left += is_left
    figures.record(
        "B6",
        measured={
            f"bad under a final name ({system.name})": bad,
            f"written and missing ({system.name})": missing,
            f"with a leftover ({system.name})": left,
            f"{system.name}: told after at most": f"{slowest:.2f} s",
        },
        expected="0 bad under a final name, told in 2 s",
        count=count,
    )
    assert (bad, missing) == (0, 0)
    assert slowest < MOST_SECONDS
    assert left >= count // 10  # else the stick was always pulled between two files
