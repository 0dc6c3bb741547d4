"""How backups are spoken of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from app.services.backup_content import Content
from app.services.backup_note import Backup
from app.services.desk import Desk
from app.ui.forms import backup_words

NOW = dt.datetime(2026, 11, 22, 17, 0)  # noqa: DTZ001 - the clock on the wall


def ago(**since: int) -> dt.datetime:
    return NOW - dt.timedelta(**since)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (ago(hours=3), "今天 14:00"),
        (ago(hours=20), "昨天 21:00"),
        (ago(days=2), "11月20日 17:00"),
        (ago(days=400), "2025年10月18日 17:00"),
    ],
)
def test_a_time_is_told_as_people_do(moment: dt.datetime, told: str) -> None:
    assert backup_words.when(moment, NOW) == told


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (None, "还没有备份"),
        (ago(hours=3), "上次备份 14:00"),
        (ago(hours=20), "上次备份 昨天"),
        (ago(days=2), "上次备份 11月20日"),
    ],
)
def test_the_foot_of_the_window_tells_the_last(moment: dt.datetime | None, told: str) -> None:
    assert backup_words.last(moment, NOW) == told


def test_what_is_not_whole_is_never_called_checked(practice: Desk) -> None:
    made = practice.backups.make()
    assert backup_words.state(made) == backup_words.SOUND
    assert backup_words.state(replace(made, doubts=("日志",))) == backup_words.DOUBTFUL
    made.file.write_bytes(b"")
    assert backup_words.state(made) == backup_words.HURT


def test_going_back_says_how_many_people_there_will_be() -> None:
    backup = Backup(Path("x"), NOW, "手动", Content({"cadre": 52}, 0, 1, "0" * 64), 1, "", "0.2.0")
    assert backup_words.compared(backup, 55).startswith("这一份里有 52 人，现在是 55 人；")
    assert "人数和现在一样" in backup_words.compared(backup, 52)
