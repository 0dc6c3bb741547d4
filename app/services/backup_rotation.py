"""Which backups stay: plain arithmetic on the times they were made, so that years can be tried in a second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable

DAYS, WEEKS, MONTHS = 7, 4, 12
RECENT = dt.timedelta(days=2)
MOST = 29
"""More than the slots can ever take: what is left over goes to the newest of the last two days."""


def kept(made: Collection[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """The newest always, the last of 7 days, 4 weeks and 12 months that have one, and the last two days.

    Days without a backup take no slot, so a clock that jumps can never age everything away. What seems to be
    made later than `now` is judged apart, by its own newest: it neither goes nor pushes anything out.
    """
    ahead = {moment for moment in made if moment > now}
    return _kept({*made} - ahead, now) | _kept(ahead, max(ahead, default=now))


def _kept(made: set[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    newest_first = sorted(made, reverse=True)
    slots = set(newest_first[:1])
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        slots |= _last_of_each(newest_first, period, count)
    recent = [moment for moment in newest_first if moment > now - RECENT and moment not in slots]
    return slots | {*recent[: MOST - len(slots)]}


def _last_of_each(
    newest_first: list[dt.datetime], period: Callable[[dt.datetime], Hashable], count: int
) -> set[dt.datetime]:
    last: dict[Hashable, dt.datetime] = {}
    for moment in newest_first:
        if len(last) == count:
            break
        last.setdefault(period(moment), moment)
    return {*last.values()}


def _day(moment: dt.datetime) -> Hashable:
    return moment.date()


def _week(moment: dt.datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: dt.datetime) -> Hashable:
    return moment.year, moment.month
