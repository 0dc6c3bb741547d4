"""A stick that the office named gets the newest backup; a stranger gets nothing."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import clock
from app.errors import UserError
from app.exchange.drives import Drive
from app.exchange.safe_write import PART
from app.paths import KEY_FILE
from app.services.backup_note import Backup
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.stick_backups import FOLDER, ID_FILE, LAST_STICK, StickBackups
from tests.desks import cheap_key_file

SIZE = 8 << 30


class Sockets:
    """What is plugged in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drives: list[Drive] = []

    def plug(self, label: str = "桑榆盘", size: int = SIZE, *, read_only: bool = False) -> Drive:
        place = self.folder / label
        place.mkdir(exist_ok=True)
        drive = Drive(label, place, size, size, "vfat", read_only)
        self.drives.append(drive)
        return drive

    def pull(self) -> None:
        self.drives.clear()


@pytest.fixture
def sockets(tmp_path: Path) -> Sockets:
    return Sockets(tmp_path)


@pytest.fixture
def desk(practice: Desk) -> Desk:
    (practice.folder / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
    return practice


@pytest.fixture
def sticks(desk: Desk, sockets: Sockets) -> StickBackups:
    return StickBackups(desk.database, desk.backups, desk.notes, lambda: list(sockets.drives))


def copied(sticks: StickBackups) -> Backup:
    ((stick, drive),) = sticks.lacking()
    return sticks.copy(stick, drive)


def test_a_stranger_is_left_alone(desk: Desk, sticks: StickBackups, sockets: Sockets) -> None:
    desk.backups.make()
    drive = sockets.plug()
    assert sticks.lacking() == []
    assert list(drive.path.iterdir()) == []


def test_a_named_stick_is_known_again(sticks: StickBackups, sockets: Sockets) -> None:
    drive = sockets.plug()
    stick = sticks.name(drive)
    assert (stick.label, stick.total) == ("桑榆盘", SIZE)
    assert sticks.plugged_in() == [(stick, drive)]
    sockets.pull()
    assert sticks.plugged_in() == []


def test_its_file_says_what_it_is_for_and_nothing_else(sticks: StickBackups, sockets: Sockets) -> None:
    drive = sockets.plug()
    stick = sticks.name(drive)
    told = json.loads((drive.path / FOLDER / ID_FILE).read_text(encoding="utf-8"))
    assert (told["id"], set(told)) == (stick.id, {"format", "id", "说明"})


def test_it_gets_the_newest_backup_once(desk: Desk, sticks: StickBackups, sockets: Sockets) -> None:
    made = desk.backups.make()
    drive = sockets.plug()
    sticks.name(drive)
    on_stick = copied(sticks)
    assert on_stick.path.parent == drive.path / FOLDER
    assert (on_stick.content, on_stick.sha256) == (made.content, made.sha256)
    assert {path.name for path in on_stick.path.iterdir()} == {path.name for path in made.path.iterdir()}
    assert sticks.lacking() == []
    desk.cadres.save(CadreFile(values={"name": "罗桂香"}))
    desk.backups.make()
    assert len(sticks.lacking()) == 1


def test_when_it_was_done_is_remembered(desk: Desk, sticks: StickBackups, sockets: Sockets) -> None:
    desk.backups.make()
    sticks.name(sockets.plug())
    assert sticks.last_at is None
    copied(sticks)
    assert sticks.last_at == dt.datetime.fromisoformat(desk.notes.get(LAST_STICK)).replace(tzinfo=None)
    assert not desk.backups.is_due


def test_its_files_on_another_stick_do_not_make_it_one_of_ours(
    desk: Desk, sticks: StickBackups, sockets: Sockets
) -> None:
    desk.backups.make()
    ours = sockets.plug()
    sticks.name(ours)
    other = sockets.plug("别人的盘", SIZE * 2)
    shutil.copytree(ours.path, other.path, dirs_exist_ok=True)
    assert [drive for _, drive in sticks.plugged_in()] == [ours]


def test_naming_it_again_does_not_make_two_of_it(sticks: StickBackups, sockets: Sockets) -> None:
    drive = sockets.plug()
    assert sticks.name(drive).id == sticks.name(drive).id
    assert len(sticks.sticks) == 1


def test_a_stick_that_is_forgotten_gets_nothing_more(
    desk: Desk, sticks: StickBackups, sockets: Sockets
) -> None:
    desk.backups.make()
    sticks.forget(sticks.name(sockets.plug()))
    assert sticks.lacking() == []


def test_a_read_only_stick_is_refused(sticks: StickBackups, sockets: Sockets) -> None:
    drive = sockets.plug(read_only=True)
    with pytest.raises(UserError, match="只读"):
        sticks.name(drive)
    assert list(drive.path.iterdir()) == []


def test_without_a_backup_there_is_nothing_to_copy(sticks: StickBackups, sockets: Sockets) -> None:
    drive = sockets.plug()
    stick = sticks.name(drive)
    assert sticks.lacking() == []
    with pytest.raises(UserError, match="还没有一份核对过的备份"):
        sticks.copy(stick, drive)


def test_a_backup_that_was_damaged_since_is_not_copied(
    desk: Desk, sticks: StickBackups, sockets: Sockets
) -> None:
    made = desk.backups.make()
    content = bytearray(made.file.read_bytes())
    content[5000] ^= 1
    made.file.write_bytes(content)
    drive = sockets.plug()
    sticks.name(drive)
    with pytest.raises(UserError, match="已经损坏，没有拷"):
        copied(sticks)
    assert sticks.on(drive) == []
    assert sticks.last_at is None


def test_a_stick_that_is_full_keeps_what_it_had(
    desk: Desk, sticks: StickBackups, sockets: Sockets, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.backups.make()
    drive = sockets.plug()
    sticks.name(drive)
    first = copied(sticks)
    desk.cadres.save(CadreFile(values={"name": "罗桂香"}))
    desk.backups.make()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.exchange.safe_write._sync_file", full)
    with pytest.raises(UserError, match="空间不够"):
        copied(sticks)
    assert sticks.on(drive) == [first]
    assert not [path for path in (drive.path / FOLDER).iterdir() if path.name.endswith(PART)]


@pytest.fixture
def passing_days(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    moved = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: moved[0])

    def pass_by(days: int) -> None:
        moved[0] += dt.timedelta(days=days)

    return pass_by


def test_what_is_on_it_is_thinned_like_the_rest(
    desk: Desk, sticks: StickBackups, sockets: Sockets, passing_days: Callable[[int], None]
) -> None:
    drive = sockets.plug()
    sticks.name(drive)
    for day in range(14):
        passing_days(1)
        desk.cadres.save(CadreFile(values={"name": f"罗桂香{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[day]}"}))
        desk.backups.make()
        copied(sticks)
    assert 7 <= len(sticks.on(drive)) <= 11
    assert sticks.on(drive)[0].name == desk.backups.list()[0].name
    assert (drive.path / FOLDER / ID_FILE).exists()
