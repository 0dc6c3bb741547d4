"""The people as visits and payments need them: who they are, and how they are paid."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.cadres import Cadres

_FIELDS = (
    "name",
    "id_number",
    "village",
    "retirement_kind",
    "treatment",
    "bank_account",
    "bank_name",
    "alive",
    "died_on",
)
_CODED = ("retirement_kind", "treatment")


@dataclass(frozen=True)
class Person:
    """One line of the roster; kind and treatment are labels, as people say them."""

    uid: str
    name: str
    id_number: str = ""
    village: str = ""
    kind: str = ""
    treatment: str = ""
    bank_account: str = ""
    bank_name: str = ""
    alive: bool = True

    @property
    def told_apart(self) -> str:
        """What is shown beside the name, so that two of one name are not mixed up."""
        tail = f"尾号 {self.id_number[-4:]}" if self.id_number else ""
        gone = "" if self.alive else "已故"
        return " · ".join(part for part in (gone, self.village, self.kind, tail) if part)


def everybody(cadres: Cadres) -> list[Person]:
    """The whole roster in its order, the dead included."""
    return [
        _person(row.uid, dict(zip(_FIELDS, row.values, strict=True)), cadres) for row in cadres.rows(_FIELDS)
    ]


def _person(uid: str, values: dict[str, object], cadres: Cadres) -> Person:
    texts = {name: value if isinstance(value, str) else "" for name, value in values.items()}
    labels = {name: cadres.record.field(name).kind.format(texts[name] or None) for name in _CODED}
    return Person(
        uid,
        texts["name"],
        texts["id_number"],
        texts["village"],
        labels["retirement_kind"],
        labels["treatment"],
        texts["bank_account"],
        texts["bank_name"],
        values["alive"] is not False and not values["died_on"],
    )
