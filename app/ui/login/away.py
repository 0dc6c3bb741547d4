"""When the desk is left alone: nobody moves, the computer slept, the clock was changed; no Qt here."""

from __future__ import annotations

import datetime as dt

USUAL_MINUTES, FEWEST_MINUTES, MOST_MINUTES = 10, 3, 30
JUMP = 60.0
"""Seconds by which the clock on the wall may run away from the steady one."""


class Idle:
    """`at` is a steady time in seconds."""

    def __init__(self, minutes: int | None, at: float) -> None:
        self._since = at
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int | None) -> None:
        """None is the usual; what lies outside is brought to the nearest that is allowed."""
        self.minutes = min(max(minutes or USUAL_MINUTES, FEWEST_MINUTES), MOST_MINUTES)

    def moved(self, at: float) -> None:
        self._since = at

    def due(self, at: float, *, at_work: bool) -> bool:
        """`at_work`: the program is doing something that matters; the time begins again when it is done."""
        if at_work:
            self._since = at
        return at - self._since >= self.minutes * 60


class Jump:
    """Tells that the computer was asleep, or that somebody has set its clock."""

    def __init__(self, wall: dt.datetime, steady: float) -> None:
        self._wall, self._steady = wall, steady

    def seen(self, wall: dt.datetime, steady: float) -> bool:
        """Asked every few seconds. Some systems stop the steady clock in sleep, others let it run on."""
        by_wall, by_steady = (wall - self._wall).total_seconds(), steady - self._steady
        self._wall, self._steady = wall, steady
        return abs(by_wall - by_steady) > JUMP or by_steady > JUMP
