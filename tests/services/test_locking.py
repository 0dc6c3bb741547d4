"""Leaving the desk and coming back, and a calendar that cannot be trusted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from app import clock
from app.errors import LockedError, UserError
from app.services.desk import Desk
from app.services.locking import confirm_clock, later_than_now, lock_desk, unlock_desk
from app.services.users import UserFile
from app.services.vault import Vault
from tests.desks import ACTOR, PASSWORD, desk_of, with_door


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = desk_of(with_door(tmp_path))
    made.office.save({"township": "卫城镇", "unit": "卫城镇人民政府", "one_person_reason": "只有一人"})
    made.users.save(UserFile(ACTOR.uid, {"name": ACTOR.name, "roles": ";".join(ACTOR.roles)}))
    return made


def test_a_locked_desk_does_nothing_until_it_is_unlocked(desk: Desk) -> None:
    lock_desk(desk, "idle")
    with pytest.raises(LockedError):
        desk.office.read()
    unlock_desk(desk, Vault(desk.folder).unlock(PASSWORD))
    assert desk.office.read()["township"] == "卫城镇"
    assert desk.database.actor == ACTOR


def test_who_was_stopped_meanwhile_stays_outside(desk: Desk) -> None:
    other = desk_of(desk.folder)
    other.users.save(UserFile(values={"name": "王建国", "roles": "admin"}))
    lock_desk(desk, "wanted")
    other.users.save(replace(other.users.read(ACTOR.uid), active=False))
    with pytest.raises(UserError, match="已经停用"):
        unlock_desk(desk, Vault(desk.folder).unlock(PASSWORD))
    with pytest.raises(LockedError):
        desk.office.read()


def test_a_calendar_behind_the_newest_act_is_told_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = clock.today().isoformat()
    assert later_than_now(desk.database) == ""
    earlier = clock.now() - dt.timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    assert later_than_now(desk.database) == newest
    confirm_clock(desk.database, newest)
    assert later_than_now(desk.database) == ""


def test_some_hours_are_nobodys_fault(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = clock.now() - dt.timedelta(hours=20)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    assert later_than_now(desk.database) == ""
