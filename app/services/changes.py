"""What services tell of what they wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Before = Callable[[str], object]
"""Called with the act (of `fields.acts`) before much is changed at once; raises UserError when it must not be."""


def nothing_before(_act: str) -> None:
    """Where nobody asked for a backup first."""


@dataclass(frozen=True)
class Change:
    """What an operation changed: the kind of record and the uids; pages listen for it."""

    kind: str
    uids: frozenset[str]
