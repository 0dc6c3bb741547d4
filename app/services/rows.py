"""Plain rows for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: the record's uid and its values in the order of the asked fields."""

    uid: str
    values: tuple[Any, ...]
