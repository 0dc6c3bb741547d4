"""The only place that asks what time it is."""

from __future__ import annotations

import datetime as dt


def today() -> dt.date:
    return dt.date.today()  # noqa: DTZ011 - the calendar on the wall of the office


def now() -> dt.datetime:
    """Local time with its offset; shown to people, never used to decide which record is newer."""
    return dt.datetime.now().astimezone().replace(microsecond=0)
