"""Backups that nobody has to think of."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.exchange.drives import Drive
from app.services.cadres import CadreFile
from app.services.changes import Change
from app.services.desk import Desk
from app.services.stick_backups import FOLDER, StickBackups
from app.ui.backups.rounds import HALF_AN_HOUR, TEN_SECONDS, BackupRounds
from app.ui.changes import Changes
from app.ui.tasks import Tasks


class Window:
    """What is plugged in, and what was said."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.drives: list[Drive] = []
        self.said: list[str] = []
        self.failed: list[str] = []
        self.changes, self.tasks = Changes(), Tasks()
        self.place = folder / "stick"
        self.place.mkdir()
        self.sticks = StickBackups(desk.database, desk.backups, desk.notes, lambda: list(self.drives))
        self.rounds = BackupRounds(desk.backups, self.sticks, self.changes, self.tasks)
        self.rounds.says.connect(self.said.append)
        self.rounds.failed.connect(self.failed.append)

    def plug(self) -> Drive:
        drive = Drive("桑榆盘", self.place, 1 << 33, 1 << 33, "vfat", read_only=False)
        self.drives.append(drive)
        return drive

    @property
    def on_stick(self) -> list[str]:
        return sorted(path.name for path in (self.place / FOLDER).iterdir() if path.is_dir())


@pytest.fixture
def window(practice: Desk, tmp_path: Path, qtbot: QtBot) -> Window:
    return Window(practice, tmp_path)


def change(desk: Desk) -> Change:
    return desk.cadres.save(CadreFile(values={"name": "罗桂香"}))


def test_the_half_hour_begins_with_the_first_change(window: Window) -> None:
    rounds = window.rounds
    assert (rounds.work.interval(), rounds.look.interval()) == (HALF_AN_HOUR, TEN_SECONDS)
    rounds.begin()
    assert not rounds.work.isActive()
    window.changes.tell(change(window.desk))
    left = rounds.work.remainingTime()
    window.changes.tell(change(window.desk))
    assert rounds.work.isActive()
    assert rounds.work.remainingTime() <= left
    rounds.stop()
    assert not any(timer.isActive() for timer in (rounds.work, rounds.look, rounds.start))


def test_when_it_is_over_there_is_a_backup(window: Window, qtbot: QtBot) -> None:
    window.rounds.work.setInterval(1)
    with qtbot.waitSignal(window.rounds.made, timeout=10_000):
        window.changes.tell(change(window.desk))
    (made,) = window.desk.backups.list()
    assert made.why == "工作中"


def test_what_was_left_without_one_is_made_up_for_at_the_start(window: Window, qtbot: QtBot) -> None:
    window.rounds.start.setInterval(1)
    with qtbot.waitSignal(window.rounds.made, timeout=10_000):
        window.rounds.begin()
    window.rounds.stop()
    assert [backup.why for backup in window.desk.backups.list()] == ["开机后补做"]


def test_nothing_written_is_nothing_made(window: Window, qtbot: QtBot) -> None:
    window.desk.backups.make()
    window.rounds.start.setInterval(1)
    with qtbot.waitSignal(window.tasks.idle, timeout=10_000):
        window.rounds.begin()
    window.rounds.stop()
    assert len(window.desk.backups.list()) == 1


def test_a_named_stick_gets_the_newest_by_itself(window: Window, qtbot: QtBot) -> None:
    made = window.desk.backups.make()
    window.sticks.name(window.plug())
    with qtbot.waitSignal(window.rounds.made, timeout=10_000):
        window.rounds.look_for_sticks()
    assert window.on_stick == [made.name]
    assert window.said[-1] == "备份已拷到 U 盘“桑榆盘”并核对过，安全弹出后可以拔下"


def test_a_stranger_gets_nothing_and_nothing_is_said(window: Window, qtbot: QtBot) -> None:
    window.desk.backups.make()
    window.plug()
    with qtbot.waitSignal(window.tasks.idle, timeout=10_000):
        window.rounds.look_for_sticks()
    assert list(window.place.iterdir()) == []
    assert window.said == []


def test_a_stick_that_refuses_is_told_once(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    window.desk.backups.make()
    window.sticks.name(window.plug())
    monkeypatch.setattr("app.exchange.safe_write._sync_file", full)
    with qtbot.waitSignal(window.rounds.failed, timeout=10_000):
        window.rounds.look_for_sticks()
    qtbot.waitUntil(lambda: not window.tasks.running)
    with qtbot.waitSignal(window.tasks.idle, timeout=10_000):
        window.rounds.look_for_sticks()
    assert len(window.failed) == 1
    assert "空间不够" in window.failed[0]


def test_locked_data_is_left_alone(window: Window, qtbot: QtBot) -> None:
    window.sticks.name(window.plug())
    window.desk.database.lock()
    failed: list[object] = []
    window.tasks.failed.connect(failed.append)
    with qtbot.waitSignal(window.tasks.idle, timeout=10_000):
        window.rounds.look_for_sticks()
    assert (window.failed, failed) == ([], [])
