"""Leaving the desk for a while and coming back to it; and whether the computer's calendar can be trusted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from app import clock
from app.exchange.child import READERS
from app.fields.actors import PROGRAM
from app.models.audit import AUDIT_ACT
from app.models.database import Database
from app.services.desk import Desk
from app.services.vault import Opened, log_failures

REASONS = {"wanted": "用户锁定", "idle": "无人操作", "sleep": "电脑睡眠或时钟变动", "screen": "系统锁屏"}
PATIENCE = dt.timedelta(days=1)
CLOCK_BACK = "clock_back"


def lock_desk(desk: Desk, why: str) -> None:
    """Closes every connection and forgets the keys; the services stay as they are, but can do nothing.

    The processes that read files hold people in their memory too, and end.
    """
    try:
        desk.database.record("lock", REASONS[why])
    finally:
        READERS.close()
        desk.database.lock()


def unlock_desk(desk: Desk, opened: Opened) -> Desk:
    """The same desk goes on. Raises UserError for somebody who was stopped since; the data stays locked then."""
    desk.database.unlock(opened.keys, PROGRAM)
    try:
        desk.database.actor = desk.users.actor(opened.uid, "window")
        log_failures(desk.database, opened)
        desk.database.record("unlock", opened.name)
    except BaseException:
        desk.database.lock()
        raise
    desk.vault.forget_failures()
    return desk


def later_than_now(database: Database) -> str:
    """The day of the newest act, where it lies more than a day ahead of the computer's calendar; else ''.

    What somebody has already confirmed is not asked again.
    """
    act = AUDIT_ACT.c
    confirmed = select(func.coalesce(func.max(act.seq), 0)).where(act.act == CLOCK_BACK).scalar_subquery()
    with database.reading() as session:
        newest = session.scalar(select(func.max(act.at)).where(act.seq > confirmed))
    ahead = bool(newest) and dt.datetime.fromisoformat(newest) - clock.now() > PATIENCE
    return str(newest)[:10] if ahead else ""


def confirm_clock(database: Database, newest: str) -> None:
    """Somebody says that today is right, although the log knows a later day."""
    database.record(CLOCK_BACK, details={"newest": newest, "today": clock.today().isoformat()})
