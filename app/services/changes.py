"""What services tell of what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

    def is_about(self, uid: str) -> bool:
        """Where nobody is named, as after an import, anybody may have changed."""
        return not self.uids or uid in self.uids


def together(changes: Iterable[Change]) -> list[Change]:
    """One for each kind; where one of a kind names nobody, it names nobody."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.kind, []).append(change)
    return [Change(kind, _named(of_kind)) for kind, of_kind in found.items()]


def _named(changes: Sequence[Change]) -> frozenset[str]:
    everybody = any(not change.uids for change in changes)
    return frozenset() if everybody else frozenset().union(*(change.uids for change in changes))
