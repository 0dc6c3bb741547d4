"""Errors whose text the user reads as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.fields.spec import Problem


class UserError(Exception):
    """Something the user can put right; the text says what happened and what to do."""


class UnreadableError(UserError):
    """A text or a cell that does not give a value of its kind."""


class InvalidError(UserError):
    """A record that may not be kept as it is; `problems` name the fields."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(problem.message for problem in problems))
        self.problems = list(problems)


class LockedError(UserError):
    """The data is locked: nobody is logged in."""


class DamagedError(UserError):
    """The data file itself cannot be read any more; a backup can take its place."""
