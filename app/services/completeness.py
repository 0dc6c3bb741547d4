"""How complete a file is, weighted by what reviewers look at hardest (domain.md §3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.fields.codes import code_table
from app.fields.rules.across import is_dead
from app.fields.rules.groups import PARTY_MEMBERS, VETERAN_KINDS
from app.fields.spec import Field
from app.models.cadre import CADRE, RESIDENCE, RESUME
from app.models.parts import PART_TYPES
from app.services.cadres import CadreFile

PARTY_FIELDS = ("party_joined_on", "party_branch")
AREAS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "任职经历": (20, ("resume", "work_started_on", "former_unit", "former_post")),
    "入党时间": (15, ("political_status", "party_joined_on")),
    "所属支部": (15, ("party_branch",)),
    "身体状况": (15, ("health_status", "self_care", "activity", "illnesses")),
    "身份信息": (20, ("name", "sex", "ethnicity", "birth_date", "id_number", "native_place", "photo")),
}
REST = 15
PARTS_WANTED = ("resume", "contacts")
WRITTEN_BY_REVIEW = frozenset({"reviewer", "reviewed_on"})
"""Nobody is asked for them: the review itself writes them, and its states say how far it has come."""
_ASKED = tuple(
    field for field in CADRE.fields if field.need != "optional" and field.name not in WRITTEN_BY_REVIEW
)


@dataclass(frozen=True)
class Gap:
    """An empty field that the form wants."""

    field: str
    label: str
    section: str


@dataclass(frozen=True)
class Completeness:
    """`percent` is 0 to 100; `gaps` stand in the order of the paper form."""

    percent: int
    gaps: tuple[Gap, ...]


def completeness(file: CadreFile) -> Completeness:
    """Weights of domain.md §3.6; a field that does not apply to this person counts for nothing."""
    values = file.checked_values
    wanted = [field for field in _ASKED if field.need == "always" or _applies(field.name, values)]
    empty = {field.name for field in wanted if values.get(field.name) in (None, "")}
    empty |= {name for name in PARTS_WANTED if not values.get(name)}
    asked = {field.name for field in wanted} | set(PARTS_WANTED)
    return Completeness(_percent(asked, empty), _gaps(wanted, empty))


def with_gaps(files: Iterable[CadreFile]) -> list[tuple[CadreFile, Completeness]]:
    """The files somebody still has to go and ask for: those of the dead are no longer among them."""
    states = ((file, completeness(file)) for file in files if not is_dead(file.values))
    return [(file, state) for file, state in states if state.gaps]


def _applies(name: str, values: Mapping[str, Any]) -> bool:
    """Whether a conditional field is wanted of this person (the ◐ marks of domain.md §1.2)."""
    if name in PARTY_FIELDS:
        return values.get("political_status") in PARTY_MEMBERS
    if name == "revolution_period":
        return values.get("retirement_kind") in VETERAN_KINDS
    if name in {"treatment_approved_on", "treatment_document"}:
        rank, treatment = values.get("rank"), values.get("treatment")
        return bool(rank and treatment and treatment not in (rank, _level(rank)))
    if name in {"relocation_place", "relocation_unit"}:
        return bool(values.get("relocated"))
    if name == "illnesses":
        return str(values.get("health_status") or "")[:1] in {"3", "6"}
    if name == "died_on":
        return values.get("alive") is False
    return name == "mobile" and not values.get("landline") and not values.get("contacts")


def _level(rank: str) -> str:
    """The level that a rank such as 二级主任科员 belongs to; treatments are counted in levels."""
    return next((item.parent for item in code_table("rank").items if item.code == rank), "")


def _percent(asked: set[str], empty: set[str]) -> int:
    areas = {name: (weight, set(fields) & asked) for name, (weight, fields) in AREAS.items()}
    rest = asked - {field for _, fields in AREAS.values() for field in fields}
    weighed = [(weight, fields) for weight, fields in [*areas.values(), (REST, rest)] if fields]
    reached = sum(weight * (1 - len(fields & empty) / len(fields)) for weight, fields in weighed)
    return int(100 * reached / sum(weight for weight, _ in weighed))


def _gaps(wanted: list[Field], empty: set[str]) -> tuple[Gap, ...]:
    gaps = [Gap(field.name, field.label, field.section) for field in wanted if field.name in empty]
    parts = [
        Gap(name, PART_TYPES[name].title, _PART_SECTIONS[name]) for name in PARTS_WANTED if name in empty
    ]
    order = CADRE.sections
    return tuple(sorted(gaps + parts, key=lambda gap: order.index(gap.section)))


_PART_SECTIONS = {"resume": RESUME, "contacts": RESIDENCE}
