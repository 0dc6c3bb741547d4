"""How long nobody may try after wrong passwords: five tries, then 5 minutes, doubling to an hour."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

TRIES = 5
FIRST, LONGEST = 5 * 60, 60 * 60  # seconds
LOCKS = 1_000_000  # beyond which nobody counts
KEPT = 500
"""Failures remembered until the next login writes them into the log."""


@dataclass(frozen=True)
class Failure:
    """One wrong password, and for which login ('' when nobody was chosen)."""

    at: dt.datetime
    uid: str = ""


@dataclass(frozen=True)
class Lockout:
    """Tries since the last lock, locks since the last login, and what the log has to hear."""

    tries: int = 0
    locks: int = 0
    since: dt.datetime | None = None
    failures: tuple[Failure, ...] = ()

    @property
    def length(self) -> int:
        """Seconds of the lock in force."""
        return min(FIRST << min(self.locks - 1, 10), LONGEST) if self.locks else 0

    def failed(self, now: dt.datetime, uid: str = "") -> Lockout:
        failures = (*self.failures, Failure(now, uid))[-KEPT:]
        tries = self.tries + 1
        if tries < TRIES:
            return replace(self, tries=tries, failures=failures)
        return Lockout(0, min(self.locks + 1, LOCKS), now, failures)

    def wait(self, now: dt.datetime) -> int:
        """Whole seconds still to wait; never more than the lock's own length, whatever the clock says."""
        if self.since is None:
            return 0
        gone = max(now - self.since, dt.timedelta(0))
        left = dt.timedelta(seconds=self.length) - gone
        return max(0, -(-left // dt.timedelta(seconds=1)))

    def begun(self, now: dt.datetime) -> Lockout:
        """A lock that lies in the future, because the clock was put back since, begins now."""
        return self if self.since is None or self.since <= now else replace(self, since=now)
