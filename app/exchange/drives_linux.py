"""Sticks on Linux: the kernel's list of mounts, and what it knows of the disk under each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.exchange.drives import Drive

DESKTOP_MOUNTS = ("/media/", "/run/media/")  # where udisks puts what a user plugs in
DISCS = {"iso9660", "udf"}


@dataclass(frozen=True)
class Kernel:
    """Where the kernel shows itself; a test makes such a tree."""

    proc: Path = Path("/proc")
    sys: Path = Path("/sys")
    dev: Path = Path("/dev")


@dataclass(frozen=True)
class Mount:
    device: str
    path: str
    file_system: str
    options: frozenset[str]


HERE = Kernel()


def removable_drives(kernel: Kernel = HERE) -> list[Drive]:
    mounts = list(_mounts(kernel))
    system_disks = {_disk(kernel, mount) for mount in mounts if mount.path == "/"}
    found: dict[str, Drive] = {}
    for mount in mounts:
        if mount.file_system in DISCS or not _is_stick(kernel, mount, system_disks):
            continue
        with suppress(OSError):  # pulled out since the list was read
            found.setdefault(mount.device, _drive(kernel, mount))
    return sorted(found.values(), key=lambda drive: drive.path)


def file_system_of(folder: Path, kernel: Kernel = HERE) -> str:
    inside = folder.resolve()
    name, depth = "", -1
    for mount in _mounts(kernel):
        parts = len(Path(mount.path).parts)
        if inside.is_relative_to(mount.path) and parts >= depth:  # the last mount lies on top
            name, depth = mount.file_system, parts
    return name


def _mounts(kernel: Kernel) -> Iterator[Mount]:
    with suppress(OSError):
        listed = (kernel.proc / "mounts").read_text(encoding="utf-8", errors="surrogateescape")
        for line in listed.split("\n"):
            if len(fields := line.split(" ")) >= 4:
                device, path, file_system, options = map(_unescaped, fields[:4])
                yield Mount(device, path, file_system, frozenset(options.split(",")))


def _unescaped(text: str) -> str:
    """The kernel writes blanks and tabs in a path as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)


def _is_stick(kernel: Kernel, mount: Mount, system_disks: set[Path | None]) -> bool:
    disk = _disk(kernel, mount)
    if disk is None:
        return mount.device.startswith("/dev/") and mount.path.startswith(DESKTOP_MOUNTS)
    if disk in system_disks:
        return False
    on_usb = any(re.fullmatch(r"usb\d+", part) for part in disk.parts)
    return on_usb or _line(disk / "removable") == "1" or _line(disk / "device" / "type") == "SD"


def _disk(kernel: Kernel, mount: Mount) -> Path | None:
    """The folder of the whole disk in the kernel's tree of devices."""
    if not mount.device.startswith("/dev/"):
        return None
    node = kernel.sys / "class" / "block" / Path(mount.device).name
    if not node.exists():
        return None
    device = node.resolve()
    return device.parent if (device / "partition").exists() else device


def _line(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="ascii").strip()
    return ""


def _drive(kernel: Kernel, mount: Mount) -> Drive:
    path = Path(mount.path)
    room = shutil.disk_usage(path)
    label = _label(kernel, mount.device) or path.name
    return Drive(label, path, room.free, room.total, mount.file_system, "ro" in mount.options)


def _label(kernel: Kernel, device: str) -> str:
    with suppress(OSError):
        for link in (kernel.dev / "disk" / "by-label").iterdir():
            if link.readlink().name == Path(device).name:
                return _udev_text(link.name)
    return ""


def _udev_text(name: str) -> str:
    """udev writes odd bytes of a label as `\\x20`."""
    raw = name.encode("utf-8", "surrogateescape")
    plain = re.sub(rb"\\x([0-9a-fA-F]{2})", lambda pair: bytes([int(pair[1], 16)]), raw)
    return plain.decode("utf-8", "replace")
