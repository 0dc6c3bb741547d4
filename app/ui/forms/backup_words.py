"""How backups are spoken of; no Qt here."""

from __future__ import annotations

import datetime as dt

from app.fields import amounts
from app.services.backup_note import Backup
from app.services.backups import readable_size

SOUND, DOUBTFUL, HURT = "✓ 核对过", "! 日志有疑点", "× 不完整"


def when(moment: dt.datetime, now: dt.datetime) -> str:
    """'今天 14:03', '昨天 17:02', '11月20日 17:02', '2025年3月2日 09:00'."""
    time = f"{moment:%H:%M}"
    days = (now.date() - moment.date()).days
    if days in {0, 1}:
        return f"{'昨天' if days else '今天'} {time}"
    year = "" if moment.year == now.year else f"{moment.year}年"
    return f"{year}{moment.month}月{moment.day}日 {time}"


def last(moment: dt.datetime | None, now: dt.datetime) -> str:
    """For the foot of the window: today by the hour, before by the day."""
    if moment is None:
        return "还没有备份"
    told = when(moment, now)
    return (
        f"上次备份 {told.removeprefix('今天 ')}" if told.startswith("今天") else f"上次备份 {told.split()[0]}"
    )


def state(backup: Backup) -> str:
    if backup.is_sound:
        return SOUND
    return DOUBTFUL if backup.doubts else HURT


def row(backup: Backup, now: dt.datetime) -> tuple[str, ...]:
    """One line of the list."""
    people = f"{backup.content.people:,} 人"
    return when(backup.made_at, now), backup.why, people, readable_size(backup.size), state(backup)


def held(backup: Backup) -> str:
    """What it holds, in one line."""
    counts = backup.content.counts
    return (
        f"里面有离退休干部 {backup.content.people:,} 人，走访 {counts.get('visit', 0):,} 次，"
        f"发放合计 {amounts.yuan(backup.content.paid)} 元；"
        f"操作日志到第 {backup.content.seq} 步，存证码 {backup.content.code}。"
    )


def compared(backup: Backup, people: int) -> str:
    """What going back to it means, before it is done."""
    then = backup.content.people
    change = f"现在是 {people:,} 人" if people != then else "人数和现在一样"
    return (
        f"这一份里有 {then:,} 人，{change}；它之后记的走访、发放和改动都不在里面。\n"
        "现在的数据不会删：还没备份的先备份一次，原来的文件也留在数据文件夹里。\n"
        "恢复以后请用现在的口令重新登录；备份以后新增的人员，要请管理员再新增一次。"
    )


def total(backups: list[Backup]) -> str:
    size = sum(backup.size for backup in backups)
    return f"共 {len(backups)} 份，{readable_size(size)}" if backups else "还没有备份"
