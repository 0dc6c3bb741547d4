"""What Windows says when it goes to sleep or locks its screen; no Qt here."""

from __future__ import annotations

POWER, SESSION = 0x0218, 0x02B1
"""WM_POWERBROADCAST and WM_WTSSESSION_CHANGE."""
SLEEPS = {0x04: "sleep", 0x07: "sleep", 0x12: "sleep"}
"""PBT_APMSUSPEND; PBT_APMRESUMESUSPEND and PBT_APMRESUMEAUTOMATIC, where going to sleep was not told."""
LEAVES = {0x02: "screen", 0x04: "screen", 0x06: "screen", 0x07: "screen"}
"""WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK."""


def reason_to_lock(message: int, about: int) -> str:
    """'' for every other message of the thousands."""
    if message == POWER:
        return SLEEPS.get(about, "")
    return LEAVES.get(about, "") if message == SESSION else ""
