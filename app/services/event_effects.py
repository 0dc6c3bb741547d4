"""What a step of an event sheet makes of a file; plain values in and out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.services.cadres import CadreFile
from app.services.event_sheets import Step

ENDS = {"special_conditions": "ended_on", "hospital_stays": "discharged_on"}
"""The part → the field that closes a row."""
_MONTH = re.compile(r"\$month\((\w+)\)")

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One thing that a step changes, in words; '' where there is nothing."""

    label: str
    old: str
    new: str


def value_of(given: Any, answers: Answers) -> Any:
    """'$name' is an answer, '$month(name)' its month; everything else is meant as it stands."""
    if not isinstance(given, str) or not given.startswith("$"):
        return given
    if match := _MONTH.fullmatch(given):
        return (answers.get(match[1]) or "")[:7] or None
    return answers.get(given[1:])


def carried_out(step: Step, file: CadreFile, answers: Answers) -> CadreFile:
    """The file after the step. What was not answered leaves the file as it is."""
    after = CadreFile(file.uid, file.version, dict(file.values), deepcopy(file.parts))
    for name, given in step.effects.get("set", {}).items():
        if (value := value_of(given, answers)) is not None:
            after.values[name] = value
    _end(step, after, answers)
    for part, row in step.effects.get("add", {}).items():
        _add(after, part, {name: value_of(given, answers) for name, given in row.items()})
    _copy(step.effects.get("copy"), after)
    _mark(step.effects.get("mark"), after)
    return after


def _end(step: Step, after: CadreFile, answers: Answers) -> None:
    for part, given in step.effects.get("end", {}).items():
        only = step.effects.get("only", {}).get(part, {})
        for row in after.parts.get(part, []):
            if not row.get(ENDS[part]) and all(row.get(name) == value for name, value in only.items()):
                row[ENDS[part]] = value_of(given, answers)
                for name, noted in step.effects.get("note", {}).get(part, {}).items():
                    row[name] = value_of(noted, answers) or row.get(name)


def _add(after: CadreFile, part: str, row: Mapping[str, Any]) -> None:
    """Somebody who is on a list already is not put there twice."""
    rows = after.parts.setdefault(part, [])
    if part == "special_conditions" and any(
        each.get("condition") == row.get("condition") and not each.get("ended_on") for each in rows
    ):
        return
    rows.append(dict(row))


def _copy(wanted: Mapping[str, Any] | None, after: CadreFile) -> None:
    if wanted is None:
        return
    rows = after.parts.setdefault(wanted["to"], [])
    for source in relatives(after, wanted["from"], wanted["relations"]):
        made = {name: source.get(held) for name, held in wanted["fields"].items()}
        if not any(row.get("name") == made["name"] for row in rows):
            rows.append(made)


def _mark(wanted: Mapping[str, Any] | None, after: CadreFile) -> None:
    if wanted is not None:
        for row in relatives(after, wanted["part"], wanted["relations"]):
            row.update(wanted["set"])


def relatives(file: CadreFile, part: str, relations: Sequence[str]) -> list[dict[str, Any]]:
    """The living ones of these relations."""
    rows = file.parts.get(part, [])
    return [row for row in rows if row.get("relation") in relations and row.get("alive") is not False]


def told(before: CadreFile, after: CadreFile) -> list[Told]:
    """What is different, field by field, then the rows of parts."""
    found = [
        Told(field.label, CADRE.text(before.values, field.name), CADRE.text(after.values, field.name))
        for field in CADRE.fields
        if before.values.get(field.name) != after.values.get(field.name)
    ]
    for part, record in PART_TYPES.items():
        old, new = before.parts.get(part, []), after.parts.get(part, [])
        for place, row in enumerate(new):
            kept = old[place] if place < len(old) else None
            if row != kept:
                found.append(Told(record.title, _row(part, kept), _row(part, row)))
    return found


def _row(part: str, row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    texts = PART_TYPES[part].texts(row)
    return "，".join(text for text in texts.values() if text)
