"""What is said on 今天 and at the foot of the window, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from app import clock
from app.exchange.drives import Drive
from app.services.backup_reminders import reminders
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.stick_backups import StickBackups

PassBy = Callable[[int], None]


@pytest.fixture
def pass_by(monkeypatch: pytest.MonkeyPatch) -> PassBy:
    moved = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: moved[0])

    def days(count: int) -> None:
        moved[0] += dt.timedelta(days=count)

    return days


@pytest.fixture
def desk(practice: Desk, pass_by: PassBy) -> Desk:
    """An office of its own, with one backup of today."""
    practice.office.save({**practice.office.read(), "practice": None})
    practice.backups.make()
    return practice


def ways(desk: Desk) -> list[str]:
    return [reminder.way for reminder in reminders(desk)]


def test_nothing_is_said_on_the_first_days(desk: Desk, pass_by: PassBy) -> None:
    assert ways(desk) == []
    pass_by(6)
    assert ways(desk) == []


def test_work_without_a_backup_is_said_after_two_days(desk: Desk, pass_by: PassBy) -> None:
    pass_by(3)
    assert ways(desk) == []
    desk.cadres.save(CadreFile(values={"name": "罗桂香"}))
    (reminder,) = reminders(desk)
    assert (reminder.way, reminder.sentence) == ("make", "上次备份是 3 天前，之后又有改动。")
    desk.backups.make()
    assert ways(desk) == []


def test_an_office_without_a_stick_is_asked_to_name_one(desk: Desk, pass_by: PassBy) -> None:
    pass_by(8)
    (reminder,) = reminders(desk)
    assert (reminder.way, reminder.verb) == ("stick", "认一个 U 盘")


def test_a_named_stick_is_missed_after_a_week(desk: Desk, pass_by: PassBy, tmp_path_factory) -> None:
    place = tmp_path_factory.mktemp("stick")
    drive = Drive("桑榆盘", place, 1 << 33, 1 << 33, "vfat", read_only=False)
    sticks = StickBackups(desk.database, desk.backups, desk.notes, lambda: [drive])
    stick = sticks.name(drive)
    pass_by(8)
    assert reminders(desk)[0].sentence.startswith("备份还没有拷到 U 盘")
    sticks.copy(stick, drive)
    assert ways(desk) == []
    pass_by(8)
    assert reminders(desk)[0].sentence.startswith("备份上次拷到 U 盘是 8 天前")


def test_a_drill_is_due_every_month(desk: Desk, pass_by: PassBy) -> None:
    pass_by(32)
    assert ways(desk) == ["stick", "drill"]
    assert reminders(desk)[-1].sentence.startswith("还没有做过恢复演练")
    desk.drills.run()
    assert ways(desk) == ["stick"]
    pass_by(32)
    assert reminders(desk)[-1].sentence.startswith("上次恢复演练是 32 天前")


def test_the_practice_township_is_left_in_peace(practice: Desk, pass_by: PassBy) -> None:
    practice.backups.make()
    pass_by(100)
    assert reminders(practice) == []
