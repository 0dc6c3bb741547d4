"""What 今天 shows, read in one go and off the window's thread; no Qt here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services.calendar import lunar_words
from app.services.office import OfficeProfile
from app.services.today import ComingBirthday, Gaps, LastDelivery, Today
from app.services.waiting import Waiting

WEEKDAYS = "一二三四五六日"
NEAR = ("今天", "明天", "后天")


@dataclass(frozen=True)
class Step:
    """One of the first steps; `key` names what a press does."""

    key: str
    words: str
    done: bool


@dataclass(frozen=True)
class Birthday:
    uid: str
    name: str
    when: str
    soon: bool
    what: str


@dataclass(frozen=True)
class Day:
    """Everything as plain values; each figure comes with the people behind it."""

    title: str
    people: int
    birthdays: Sequence[Birthday]
    unvisited: Sequence[tuple[str, str]]
    gaps: Sequence[Gaps]
    mean: int
    """Mean completeness of the files of the living, in percent."""
    unsigned: int
    unsigned_people: Sequence[tuple[str, str]]
    unsigned_batch: str
    payments: int
    delivery: LastDelivery | None
    days_since_delivery: int | None
    steps: Sequence[Step]
    waiting: Sequence[Waiting]

    @property
    def first_steps(self) -> Sequence[Step]:
        """Empty as soon as all of them are done."""
        return [] if all(step.done for step in self.steps) else self.steps


def read_day(today: Today, office: OfficeProfile, date: dt.date, waiting: Sequence[Waiting] = ()) -> Day:
    people, gaps, counts = today.living(), today.gaps(), today.counts()
    unsigned, delivery = today.unsigned(), today.last_delivery()
    return Day(
        title=date_words(date),
        people=people,
        birthdays=[_birthday(coming, date) for coming in today.birthdays(date)],
        unvisited=today.unvisited(date.year),
        gaps=gaps,
        mean=_mean(people, gaps),
        unsigned=len(unsigned),
        unsigned_people=today.names(uid for _, uid in unsigned),
        unsigned_batch=unsigned[0][0] if unsigned else "",
        payments=counts["payments"],
        delivery=delivery,
        days_since_delivery=_days_since(delivery, date),
        steps=_steps(counts, is_set=office.is_set),
        waiting=waiting,
    )


def date_words(date: dt.date) -> str:
    """'2026年11月22日 星期日 · 农历十月十四'."""
    return f"{date.year}年{date.month}月{date.day}日 星期{WEEKDAYS[date.weekday()]} · 农历{lunar_words(date)}"


def _birthday(coming: ComingBirthday, today: dt.date) -> Birthday:
    ahead = (coming.day - today).days
    near = NEAR[ahead] if ahead < len(NEAR) else f"周{WEEKDAYS[coming.day.weekday()]}"
    when = f"{coming.day.month}月{coming.day.day}日 {near}"
    what = [f"{coming.age} 岁"] if coming.age else []
    what += ["逢十"] if coming.age and coming.age % 10 == 0 else []
    what += [f"农历{lunar_words(coming.day)}"] if coming.lunar else []
    return Birthday(coming.uid, coming.name, when, ahead < len(NEAR), " · ".join(what))


def _mean(people: int, gaps: Sequence[Gaps]) -> int:
    """Files without a gap count as 100."""
    if not people:
        return 0
    return round((sum(each.percent for each in gaps) + 100 * (people - len(gaps))) / people)


def _days_since(delivery: LastDelivery | None, today: dt.date) -> int | None:
    if delivery is None:
        return None
    return (today - dt.date.fromisoformat(delivery.written_at[:10])).days


def _steps(counts: Mapping[str, int], *, is_set: bool) -> list[Step]:
    return [
        Step("office", "填好单位", is_set),
        Step("import", "导入花名册", counts["cadres"] > 0),
        Step("visit", "记一次走访", counts["visits"] > 0),
        Step("payment", "登记一次发放", counts["payments"] > 0),
        Step("deliver", "写一次上报包", counts["deliveries"] > 0),
    ]
