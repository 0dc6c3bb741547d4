"""One field for many people: what would become of whom, said before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.fields.spec import Field
from app.services.cadres import Cadres
from app.services.changes import Change

NEVER = frozenset(
    [
        "name",
        "former_name",
        "id_number",
        "photo",
        "birth_date",
        "birth_note",
        "birthday",
        "mobile",
        "landline",
        "bank_account",
        "retirement_certificate",
        "health_card",
        "alive",
        "died_on",
    ]
)
"""What belongs to one person alone is not given to many."""


@dataclass(frozen=True)
class Step:
    """One person's old and new value as people read them; `changes` is False for who is left as is."""

    uid: str
    name: str
    old: str
    new: str
    changes: bool


class BulkEdit:
    """Plans, then does what was planned."""

    def __init__(self, cadres: Cadres) -> None:
        self._cadres = cadres

    @property
    def fields(self) -> list[Field]:
        """The fields that several people may share."""
        return [field for field in self._cadres.record.fields if field.name not in NEVER]

    def plan(self, uids: Iterable[str], name: str, value: Any, *, only_empty: bool) -> list[Step]:
        wanted, kind = set(uids), self._cadres.record.field(name).kind
        steps = []
        for row in self._cadres.rows(("name", name)):
            if row.uid in wanted:
                person, old = row.values
                changes = old != value and (old is None or not only_empty)
                new = kind.format(value if changes else old)
                steps.append(Step(row.uid, person or "", kind.format(old), new, changes))
        return steps

    def apply(self, steps: Sequence[Step], name: str, value: Any) -> Change:
        """As one step for everybody whose value changes."""
        return self._cadres.set_field([step.uid for step in steps if step.changes], name, value)
