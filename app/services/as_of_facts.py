"""What dates say about a person on a day: whether he was here and alive, and on which lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from app.fields.dates import age, first_day, last_day

Values = Mapping[str, Any]
HERE, AWAY = frozenset({"enrolled", "moved_in"}), frozenset({"moved_out"})


def begun(date: str | None, day: dt.date) -> bool:
    """Whether it may have begun by the end of that day."""
    return bool(date) and first_day(str(date)) <= day


def is_dead(died_on: str | None, alive: bool | None, day: dt.date) -> bool:
    """Where only the month of the death is known, he counts as alive until its last day."""
    return last_day(died_on) <= day if died_on else alive is False


def death_is_unsure(died_on: str | None, day: dt.date) -> bool:
    return bool(died_on) and first_day(str(died_on)) <= day < last_day(str(died_on))


def was_here(retired_on: str | None, movements: Iterable[Values], day: dt.date) -> bool:
    """Neither retired later, nor come later, nor gone before; without dates he was."""
    if retired_on and not begun(retired_on, day):
        return False
    dated = sorted(
        (str(each["happened_on"]), str(each["kind"]))
        for each in movements
        if each.get("happened_on") and each.get("kind") in HERE | AWAY
    )
    past = [kind for date, kind in dated if begun(date, day)]
    if past:
        return past[-1] not in AWAY
    return not dated or dated[0][1] not in HERE


def is_running(started: str | None, ended: str | None, day: dt.date) -> bool:
    """An interval that holds the day."""
    return begun(started, day) and (not ended or last_day(ended) >= day)


def age_band(birth_date: str | None, day: dt.date) -> str:
    if not birth_date:
        return "年龄不详"
    years = age(birth_date, day)
    return next((word for least, word in _BANDS if years >= least), "59 岁及以下")


_BANDS = ((90, "90 岁及以上"), (80, "80–89 岁"), (70, "70–79 岁"), (60, "60–69 岁"))
BANDS = ("59 岁及以下", *(word for _, word in reversed(_BANDS)), "年龄不详")
