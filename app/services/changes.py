"""What services tell of what they wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """What an operation changed: the kind of record and the uids; pages listen for it."""

    kind: str
    uids: frozenset[str]
