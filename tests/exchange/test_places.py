"""Where the live data may lie, and with which journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange import places
from app.exchange.drives import Drive
from app.exchange.places import journal_for, place_problem

STICK_SIZE = 8 << 30


@pytest.fixture(autouse=True)
def no_stick_of_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "removable_drives", list)
    for variable in places.SYNC_VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def on(monkeypatch: pytest.MonkeyPatch, file_system: str) -> None:
    monkeypatch.setattr(places, "file_system_of", lambda _folder: file_system)


def test_a_folder_of_this_computer_is_good(tmp_path: Path) -> None:
    assert place_problem(tmp_path) is None
    assert journal_for(tmp_path) == "WAL"


def test_a_folder_that_is_not_there_yet_is_judged_by_where_it_will_be(tmp_path: Path) -> None:
    assert place_problem(tmp_path / "桑榆" / "数据") is None
    assert not (tmp_path / "桑榆").exists()


@pytest.mark.parametrize(
    "part", ["坚果云", "Nutstore Files", "我的坚果云", "WPS云盘", "OneDrive", "OneDrive - 卫城镇", "Dropbox"]
)
@pytest.mark.parametrize("below", ["", "工作/桑榆"])
def test_a_folder_that_is_synced_is_refused_by_name(tmp_path: Path, part: str, below: str) -> None:
    problem = place_problem(tmp_path / part / below)
    assert problem is not None
    assert f"同步盘“{part}”" in problem
    assert "请换一个不同步的文件夹" in problem


@pytest.mark.parametrize(
    "part",
    [
        "iCloud Drive",
        "iCloudDrive",
        "百度网盘同步空间",
        "BaiduSyncdisk",
        "Google Drive",
        "CloudStorage",
        "阿里云盘",
    ],
)
def test_the_other_sync_programs_are_known_too(tmp_path: Path, part: str) -> None:
    assert place_problem(tmp_path / part) is not None


@pytest.mark.parametrize("part", ["坚果云使用说明", "我的坚果", "OneDriver", "云盘", "WPS", "桑榆"])
def test_a_name_that_only_sounds_like_one_is_left_alone(tmp_path: Path, part: str) -> None:
    assert place_problem(tmp_path / part) is None


def test_onedrive_is_known_under_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "单位网盘"))
    problem = place_problem(tmp_path / "单位网盘" / "桑榆")
    assert problem is not None
    assert "同步盘“单位网盘”" in problem


@pytest.mark.parametrize("address", ["//server/share/桑榆", "\\\\server\\share\\桑榆"])
def test_a_share_named_by_its_server_is_refused(address: str) -> None:
    problem = place_problem(Path(address))
    assert problem is not None
    assert "网络盘或共享文件夹" in problem


@pytest.mark.parametrize("file_system", ["nfs4", "cifs", "smb3", "fuse.sshfs", "smbfs", "vboxsf"])
def test_a_network_file_system_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_system: str
) -> None:
    on(monkeypatch, file_system)
    problem = place_problem(tmp_path)
    assert problem is not None
    assert "请把数据放在这台电脑自己的硬盘上" in problem


@pytest.mark.parametrize(
    "file_system", ["ext4", "ntfs", "NTFS", "apfs", "btrfs", "fuseblk", "overlay", "tmpfs", ""]
)
def test_a_disk_of_this_computer_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_system: str
) -> None:
    on(monkeypatch, file_system)
    assert place_problem(tmp_path) is None
    assert journal_for(tmp_path) == "WAL"


@pytest.mark.parametrize("file_system", ["vfat", "msdos", "exfat", "FAT32", "exFAT", "FAT"])
def test_fat_gets_the_journal_without_shared_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_system: str
) -> None:
    on(monkeypatch, file_system)
    assert place_problem(tmp_path) is None
    assert journal_for(tmp_path) == "TRUNCATE"


def test_so_does_a_stick_with_any_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, "ntfs")
    stick = Drive("桑榆盘", tmp_path, STICK_SIZE, STICK_SIZE, "ntfs", read_only=False)
    monkeypatch.setattr(places, "removable_drives", lambda: [stick])
    assert journal_for(tmp_path / "桑榆") == "TRUNCATE"


def test_a_folder_that_takes_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(places.tempfile, "TemporaryFile", refuse)
    problem = place_problem(tmp_path)
    assert problem is not None
    assert "不能写入" in problem
