"""A statement of the database takes only so many values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

MOST = 400
Item = TypeVar("Item")


def in_parts(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    """As many at once as a statement may have."""
    for start in range(0, len(items), MOST):
        yield items[start : start + MOST]
