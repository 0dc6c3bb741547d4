"""What nobody thinks of until the disk is broken: said once it is due, and calmly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app import clock
from app.services.desk import Desk

Way = Literal["make", "stick", "drill"]

UNSAVED, STICK, DRILL = dt.timedelta(days=2), dt.timedelta(days=7), dt.timedelta(days=31)
"""How long something may be left before it is said."""


@dataclass(frozen=True)
class Reminder:
    """`short` for the foot of the window, `sentence` and `verb` for 今天; `way` is what a press leads to."""

    short: str
    sentence: str
    verb: str
    way: Way


def reminders(desk: Desk) -> list[Reminder]:
    """The most pressing first; the practice township and an empty one need none."""
    if desk.office.read().get("practice") or not desk.cadres.count():
        return []
    return list(_due(desk, clock.now().replace(tzinfo=None)))


def _due(desk: Desk, now: dt.datetime) -> Iterator[Reminder]:
    made = desk.backups.list()
    if not made:
        return
    newest = desk.backups.newest or made[-1]
    if now - newest.made_at > UNSAVED and desk.backups.is_due:
        yield Reminder(
            "备份该做了", f"上次备份是 {_days(now, newest.made_at)}，之后又有改动。", "立即备份", "make"
        )
    began = min(backup.made_at for backup in made)
    yield from _stick(desk, now, began)
    tried = desk.drills.last or began
    if now - tried > DRILL:
        never = "还没有做过恢复演练" if desk.drills.last is None else f"上次恢复演练是 {_days(now, tried)}"
        yield Reminder(
            "恢复演练该做了", f"{never}。试一试备份能不能真的恢复，一分钟就好。", "去演练", "drill"
        )


def _stick(desk: Desk, now: dt.datetime, began: dt.datetime) -> Iterator[Reminder]:
    copied = desk.stick_backups.last_at
    if now - (copied or began) <= STICK:
        return
    if not desk.stick_backups.sticks:
        told = "备份都在这台电脑里，电脑坏了会一起丢。请认一个 U 盘放备份。"
        yield Reminder("还没有备份 U 盘", told, "认一个 U 盘", "stick")
        return
    when = f"备份上次拷到 U 盘是 {_days(now, copied)}" if copied else "备份还没有拷到 U 盘"
    yield Reminder("备份 U 盘该插了", f"{when}。请插上备份 U 盘，程序会自动拷过去。", "看备份", "stick")


def _days(now: dt.datetime, then: dt.datetime) -> str:
    return f"{(now - then).days} 天前"
