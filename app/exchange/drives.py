"""The sticks that are plugged in. Qt cannot tell them from fixed disks, so the system is asked."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Drive:
    label: str
    path: Path
    free: int
    total: int
    file_system: str
    read_only: bool


def removable_drives() -> list[Drive]:
    """Ready to be written on, or at least to be shown as read-only; sorted by where they are."""
    if sys.platform == "win32":
        from app.exchange import drives_windows

        return drives_windows.removable_drives()
    if sys.platform == "darwin":
        from app.exchange import drives_macos

        return drives_macos.removable_drives()
    from app.exchange import drives_linux

    return drives_linux.removable_drives()


def file_system_of(folder: Path) -> str:
    """Its name as the system gives it, such as `vfat` or `FAT32`; empty where nobody says."""
    if sys.platform == "win32":
        from app.exchange import drives_windows

        return drives_windows.file_system_of(folder)
    if sys.platform == "darwin":
        from app.exchange import drives_macos

        return drives_macos.file_system_of(folder)
    from app.exchange import drives_linux

    return drives_linux.file_system_of(folder)
