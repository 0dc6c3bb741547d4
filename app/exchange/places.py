"""Where the live data may lie: on a disk of this computer, and in no folder that another program copies about."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from app.exchange.drives import file_system_of, removable_drives
from app.paths import Journal

NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "afpfs",
        "webdav",
        "davfs",
        "davfs2",
        "ceph",
        "glusterfs",
        "lustre",
        "vboxsf",
        "prl_fs",
        "vmhgfs",
        "fuse.sshfs",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.glusterfs",
        "fuse.vmhgfs-fuse",
    ]
)
"""Their locks cannot be trusted, and the line may break in the middle of a write."""

WITHOUT_WAL = frozenset(["vfat", "msdos", "fat", "fat12", "fat16", "fat32", "exfat", "9p", "drvfs"])
"""No shared memory beside the file, or none that a crash leaves in order."""

SYNCED = [
    "坚果云",
    "我的坚果云",
    "nutstore",
    "wps云盘",
    "wpsdrive",
    "wps云文档",
    "onedrive",
    "dropbox",
    "icloud",
    "iclouddrive",
    "百度网盘同步空间",
    "百度云同步盘",
    "baidusyncdisk",
    "googledrive",
    "我的云端硬盘",
    "阿里云盘",
    "天翼云盘",
    "和彩云",
    "微云同步助手",
    "联想企业网盘",
    "cloudstorage",
]
"""Folder names of the sync programs, in small letters and without blanks. One that copies a database file while it
is written keeps halves of it, and carries identity numbers out of the office."""

BRANDS = frozenset({"onedrive", "nutstore", "icloud", "dropbox"})
"""Followed by a blank and more: 'OneDrive - 某某单位', 'Nutstore Files'."""

SYNC_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Where OneDrive tells its folders, whatever they are called."""


def place_problem(folder: Path) -> str | None:
    """Why the live data may not lie here, as the user reads it; None for a good place."""
    if _is_on_network(folder):
        return (
            f"“{folder}”在网络盘或共享文件夹里，断网时数据会损坏。请把数据放在这台电脑自己的硬盘上，如 D 盘。"
        )
    if synced := _synced_part(folder):
        return (
            f"“{folder}”在同步盘“{synced}”里，同步会弄坏数据，还会把身份证号传到网上。"
            "请换一个不同步的文件夹；备份用程序里的“备份与恢复”。"
        )
    if not _can_write(folder):
        return f"“{folder}”不能写入。请换一个文件夹，或请管理员开放写入权限。"
    return None


def journal_for(folder: Path) -> Journal:
    """WAL on a fixed disk; a stick may be pulled and FAT has no order of its own, so TRUNCATE there."""
    if file_system_of(folder).lower() in WITHOUT_WAL:
        return "TRUNCATE"
    here = folder.resolve()
    return "TRUNCATE" if any(here.is_relative_to(drive.path) for drive in removable_drives()) else "WAL"


def _is_on_network(folder: Path) -> bool:
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        from app.exchange.drives_windows import is_on_network

        return is_on_network(folder)
    system = file_system_of(folder).lower()
    if sys.platform == "darwin" and not system:  # diskutil knows every volume but those of the network
        return folder.resolve().is_relative_to("/Volumes")
    return system in NETWORK


def _synced_part(folder: Path) -> str:
    """The part of the path that a sync program looks after; '' when none does."""
    for variable in SYNC_VARIABLES:
        if (root := os.environ.get(variable)) and folder.absolute().is_relative_to(root):
            return Path(root).name
    if "Mobile Documents" in folder.absolute().parts:  # what macOS calls the folder of iCloud
        return "iCloud"
    return next((part for part in folder.absolute().parts if _is_synced(part)), "")


def _is_synced(part: str) -> bool:
    """Not a folder that only speaks of one, such as '坚果云使用说明'."""
    words = part.casefold().split()
    return bool(words) and ("".join(words) in SYNCED or words[0] in BRANDS)


def _can_write(folder: Path) -> bool:
    """Tried, because rights are not what a folder shows of them. What is missing is made later in its parent."""
    there = next((place for place in (folder, *folder.absolute().parents) if place.is_dir()), None)
    try:
        with tempfile.TemporaryFile(dir=there):
            return there is not None
    except OSError:
        return False
