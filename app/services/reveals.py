"""Whole identity and card numbers, looked at or copied: who asked for whose stands in the log, never the number."""

from __future__ import annotations

from app.errors import UserError
from app.fields.acts import Right, may
from app.models.database import Database

RIGHTS: tuple[Right, ...] = ("edit", "review", "export")
"""Any of them needs whole numbers for its work; an administrator and a reader do not."""
REFUSAL = "您的角色只能看号码的末四位。要用完整号码，请找填报、审核或负责人来查。"


class Reveals:
    """Asked before a number is shown or copied."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def allowed(self) -> bool:
        return any(may(self._database.actor, right) for right in RIGHTS)

    def shown(self, person: str, label: str) -> None:
        """Raises UserError for a role that does without."""
        self._record("reveal", person, label)

    def copied(self, person: str, label: str) -> None:
        """Raises UserError for a role that does without."""
        self._record("copy_number", person, label)

    def _record(self, act: str, person: str, label: str) -> None:
        if not self.allowed:
            raise UserError(REFUSAL)
        self._database.record(act, f"{person} {label}".strip())
