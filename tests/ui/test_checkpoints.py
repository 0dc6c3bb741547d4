"""After a moment without changes the data file is whole by itself."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.models.database import Database
from app.services.cadres import CadreFile
from app.services.changes import Change
from app.services.desk import Desk
from app.ui.changes import Changes
from app.ui.checkpoints import QUIET, Checkpoints
from app.ui.tasks import Tasks
from tests.desks import KEYS


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def tasks(qtbot: QtBot) -> Tasks:
    return Tasks()


def people_in_copy(desk: Desk, target: Path) -> int:
    """What somebody gets who copies only the file, with the program open."""
    shutil.copyfile(desk.database.path, target)
    with closing(Database(target, KEYS)) as copy, copy.reading() as session:
        return len(session.connection().exec_driver_sql("SELECT uid FROM cadre").all())


def test_it_waits_two_seconds_from_the_last_change(practice: Desk, changes: Changes, tasks: Tasks) -> None:
    made = Checkpoints(practice.checkpoint, changes, tasks)
    assert (QUIET, made.timer.isActive()) == (2000, False)
    changes.tell(Change("cadre", frozenset()))
    assert made.timer.isActive()
    made.stop()
    assert not made.timer.isActive()


def test_then_a_copy_by_hand_misses_nothing(
    practice: Desk, changes: Changes, tasks: Tasks, qtbot: QtBot, tmp_path: Path
) -> None:
    made = Checkpoints(practice.checkpoint, changes, tasks)
    made.timer.setInterval(10)
    change = practice.cadres.save(CadreFile(values={"name": "罗桂香"}))
    assert people_in_copy(practice, tmp_path / "before") == practice.cadres.count() - 1
    with qtbot.waitSignal(tasks.idle, timeout=5000):
        changes.tell(change)
    assert people_in_copy(practice, tmp_path / "after") == practice.cadres.count()


def test_nobody_sees_it_at_work(practice: Desk, changes: Changes, tasks: Tasks, qtbot: QtBot) -> None:
    shown: list[object] = []
    tasks.started.connect(shown.append)
    made = Checkpoints(practice.checkpoint, changes, tasks)
    made.timer.setInterval(0)
    with qtbot.waitSignal(tasks.idle, timeout=5000):
        changes.tell(Change("cadre", frozenset()))
    assert shown == []


def test_locked_data_needs_none(practice: Desk, changes: Changes, tasks: Tasks, qtbot: QtBot) -> None:
    failed: list[Exception] = []
    tasks.failed.connect(failed.append)
    made = Checkpoints(practice.checkpoint, changes, tasks)
    made.timer.setInterval(0)
    practice.database.lock()
    with qtbot.waitSignal(tasks.idle, timeout=5000):
        changes.tell(Change("cadre", frozenset()))
    assert failed == []
