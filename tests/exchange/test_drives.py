"""Sticks are told from the disks that belong to the computer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.exchange.drives import Drive, file_system_of, removable_drives
from app.exchange.drives_linux import Kernel
from app.exchange.drives_linux import file_system_of as linux_file_system_of
from app.exchange.drives_linux import removable_drives as linux_drives
from app.exchange.drives_macos import drive_from

PCI = "devices/pci0000:00/0000:00:14.0"


class Computer:
    """The kernel's tree as it looks with these disks, under a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kernel = Kernel(folder / "proc", folder / "sys", folder / "dev")
        self._mounts: list[str] = []
        for place in ("proc", "sys/class/block", "dev/disk/by-label"):
            (folder / place).mkdir(parents=True)

    def disk(self, place: str, *partitions: str, removable: bool = False) -> None:
        disk = self.kernel.sys / place
        disk.mkdir(parents=True)
        (disk / "removable").write_text(f"{int(removable)}\n")
        self._link(disk)
        for name in partitions:
            (disk / name).mkdir()
            (disk / name / "partition").write_text("1\n")
            self._link(disk / name)

    def _link(self, node: Path) -> None:
        (self.kernel.sys / "class" / "block" / node.name).symlink_to(node)

    def mount(self, device: str, place: str, file_system: str = "vfat", options: str = "rw,nosuid") -> Path:
        folder = self.folder / place
        folder.mkdir(parents=True, exist_ok=True)
        self.mount_line(device, str(folder).replace(" ", "\\040"), file_system, options)
        return folder

    def mount_line(self, device: str, path: str, file_system: str = "ext4", options: str = "rw") -> None:
        self._mounts.append(f"{device} {path} {file_system} {options} 0 0\n")
        (self.kernel.proc / "mounts").write_text("".join(self._mounts))

    def label(self, name: str, device: str) -> None:
        (self.kernel.dev / "disk" / "by-label" / name).symlink_to(f"../../{device}")

    def drives(self) -> list[Drive]:
        return linux_drives(self.kernel)


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """An office PC: one fixed disk with the system and a partition for data."""
    made = Computer(tmp_path)
    made.disk(f"{PCI}/ata1/block/sda", "sda1", "sda2")
    made.mount_line("proc", "/proc", "proc")
    made.mount_line("/dev/sda1", "/")
    made.mount("/dev/sda2", "data", "ext4")
    return made


def test_a_computer_without_sticks_shows_none(computer):
    assert computer.drives() == []


def test_a_usb_stick_is_shown_with_its_label_and_its_room(computer):
    computer.disk(f"{PCI}/usb1/1-2/host4/block/sdb", "sdb1", removable=True)
    computer.label(r"老干部\x20U盘", "sdb1")
    place = computer.mount("/dev/sdb1", "media/user/LGB U盘")
    (drive,) = computer.drives()
    assert (drive.label, drive.path, drive.file_system, drive.read_only) == (
        "老干部 U盘",
        place,
        "vfat",
        False,
    )
    assert 0 < drive.free <= drive.total


def test_a_usb_hard_disk_counts_though_it_calls_itself_fixed(computer):
    computer.disk(f"{PCI}/usb2/2-1/host5/block/sdc", "sdc1")
    computer.mount("/dev/sdc1", "mnt/backup", "exfat", "ro,nosuid")
    assert [(drive.label, drive.read_only) for drive in computer.drives()] == [("backup", True)]


def test_a_stick_without_partitions_and_a_card_are_shown(computer):
    computer.disk(f"{PCI}/usb1/1-3/host6/block/sdd", removable=True)
    computer.disk("devices/platform/mmc_host/mmc0/block/mmcblk0", "mmcblk0p1")
    card = computer.kernel.sys / "devices/platform/mmc_host/mmc0/block/mmcblk0/device"
    card.mkdir()
    (card / "type").write_text("SD\n")
    computer.mount("/dev/sdd", "media/a")
    computer.mount("/dev/mmcblk0p1", "media/b")
    assert [drive.label for drive in computer.drives()] == ["a", "b"]


def test_a_stick_mounted_twice_is_shown_once(computer):
    computer.disk(f"{PCI}/usb1/1-2/host4/block/sdb", "sdb1", removable=True)
    computer.mount("/dev/sdb1", "media/a")
    computer.mount("/dev/sdb1", "srv/a")
    assert [drive.path.parent.name for drive in computer.drives()] == ["media"]


def test_discs_and_pulled_out_sticks_are_not_shown(computer):
    computer.disk(f"{PCI}/ata2/block/sr0", removable=True)
    computer.disk(f"{PCI}/usb1/1-2/host4/block/sdb", "sdb1", removable=True)
    computer.mount("/dev/sr0", "media/disc", "iso9660", "ro")
    computer.mount("/dev/sdb1", "media/gone").rmdir()
    assert computer.drives() == []


def test_a_system_that_runs_from_a_stick_does_not_offer_itself(tmp_path):
    computer = Computer(tmp_path)
    computer.disk(f"{PCI}/usb1/1-1/host0/block/sda", "sda1", "sda2", removable=True)
    computer.mount_line("/dev/sda1", "/")
    computer.mount("/dev/sda2", "media/data")
    assert computer.drives() == []


def test_a_kernel_that_says_nothing_has_no_sticks(tmp_path):
    assert linux_drives(Kernel(tmp_path, tmp_path, tmp_path)) == []
    assert linux_file_system_of(tmp_path, Kernel(tmp_path, tmp_path, tmp_path)) == ""


def test_the_file_system_is_that_of_the_deepest_and_last_mount(computer):
    stick = computer.mount("/dev/sdb1", "media/stick", "ext4")
    computer.mount("/dev/sdb1", "media/stick", "vfat")
    (stick / "上报").mkdir()
    assert linux_file_system_of(stick / "上报", computer.kernel) == "vfat"
    assert linux_file_system_of(computer.folder / "data", computer.kernel) == "ext4"
    assert linux_file_system_of(Path("/nowhere"), computer.kernel) == "ext4"


def test_what_diskutil_says_becomes_a_drive():
    answer = {
        "MountPoint": "/Volumes/LGB",
        "VolumeName": "LGB",
        "RemovableMediaOrExternalDevice": True,
        "FreeSpace": 7,
        "TotalSize": 9,
        "FilesystemType": "msdos",
        "FilesystemUserVisibleName": "MS-DOS (FAT32)",
        "WritableVolume": False,
    }
    assert drive_from(answer) == Drive("LGB", Path("/Volumes/LGB"), 7, 9, "FAT32", True)
    assert (
        drive_from({**answer, "RemovableMediaOrExternalDevice": False, "BusProtocol": "PCI-Express"}) is None
    )
    assert drive_from({**answer, "VirtualOrPhysical": "Virtual"}) is None
    assert drive_from({}) is None


def test_the_computer_that_runs_this_can_be_asked(tmp_path):
    assert all(drive.total >= drive.free for drive in removable_drives())
    assert file_system_of(tmp_path) or sys.platform != "linux"
