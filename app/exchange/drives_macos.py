"""Sticks on macOS: what `diskutil` says of each volume."""

from __future__ import annotations

import plistlib
import subprocess
from pathlib import Path
from typing import Any

from app.exchange.drives import Drive

VOLUMES = Path("/Volumes")


def removable_drives() -> list[Drive]:
    volumes = sorted(VOLUMES.iterdir()) if VOLUMES.is_dir() else []
    return [drive for volume in volumes if (drive := drive_from(_asked(volume)))]


def file_system_of(folder: Path) -> str:
    volume = next((path for path in folder.resolve().parents if path.parent == VOLUMES), Path("/"))
    return _format(_asked(volume))


def drive_from(answer: dict[str, Any]) -> Drive | None:
    if not answer.get("MountPoint") or answer.get("VirtualOrPhysical") == "Virtual":
        return None
    if not (answer.get("RemovableMediaOrExternalDevice") or answer.get("BusProtocol") == "USB"):
        return None
    return Drive(
        label=str(answer.get("VolumeName") or Path(answer["MountPoint"]).name),
        path=Path(answer["MountPoint"]),
        free=int(answer.get("FreeSpace", 0)),
        total=int(answer.get("TotalSize", 0)),
        file_system=_format(answer),
        read_only=not answer.get("WritableVolume", True),
    )


def _format(answer: dict[str, Any]) -> str:
    personality = str(answer.get("FilesystemUserVisibleName", ""))
    return "FAT32" if "FAT32" in personality else str(answer.get("FilesystemType", ""))


def _asked(volume: Path) -> dict[str, Any]:
    try:
        done = subprocess.run(
            ["/usr/sbin/diskutil", "info", "-plist", str(volume)], capture_output=True, check=True, timeout=10
        )
        answer = plistlib.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, plistlib.InvalidFileException):
        return {}
    return answer if isinstance(answer, dict) else {}
