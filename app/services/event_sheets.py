"""The sheets of what happens to people, as `resources/events.toml` says them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from app.fields.spec import Field, RecordType
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.paths import resource

STARTED = "happened_on"
"""What every sheet asks first: when it happened."""
EFFECTS = ("set", "add", "end", "only", "note", "copy", "mark")


@dataclass(frozen=True)
class Step:
    """One thing to be done; without effects it is done by people."""

    code: str
    title: str
    effects: Mapping[str, Mapping[str, Any]]
    whose: str = ""
    """'spouse' where it is done in the file of the spouse."""
    when: Mapping[str, Sequence[str]] | None = None
    """Only for files with one of these values in this field."""
    page: str = ""
    """Of the window, where people do it."""
    days: int = 0
    """Within so many days; 0 where nobody is waiting."""
    proposal: str = ""


@dataclass(frozen=True)
class Sheet:
    """What is asked, and what is to be done."""

    kind: str
    title: str
    hint: str
    record: RecordType
    """The questions as fields; those with need 'always' must be answered."""
    defaults: Mapping[str, str]
    steps: Sequence[Step]

    def step(self, code: str) -> Step | None:
        """None for a step that the office has taken out meanwhile."""
        return next((step for step in self.steps if step.code == code), None)


@lru_cache(maxsize=1)
def sheets() -> Mapping[str, Sheet]:
    """By kind, in the order of the file."""
    with resource("events.toml").open("rb") as file:
        read = tomllib.load(file)
    return {kind: _sheet(kind, entry) for kind, entry in read.items()}


def _sheet(kind: str, entry: Mapping[str, Any]) -> Sheet:
    asks = entry["asks"]
    record = RecordType(f"event_{kind}", entry["title"], [_field(ask) for ask in asks])
    defaults = {ask["name"]: ask["default"] for ask in asks if "default" in ask}
    return Sheet(
        kind, entry["title"], entry["hint"], record, defaults, [_step(each) for each in entry["steps"]]
    )


def _field(ask: Mapping[str, Any]) -> Field:
    """The field it is the answer for, under the name and the label of the question."""
    part, _, name = ask["of"].rpartition(".")
    field = (PART_TYPES[part] if part else CADRE).field(name)
    return replace(
        field,
        name=ask["name"],
        label=ask.get("label", field.label),
        section="",
        need="always" if ask.get("need") else "optional",
        help=ask.get("help", field.help),
    )


def _step(entry: Mapping[str, Any]) -> Step:
    return Step(
        entry["code"],
        entry["title"],
        {name: entry[name] for name in EFFECTS if name in entry},
        entry.get("whose", ""),
        entry.get("when"),
        entry.get("page", ""),
        entry.get("days", 0),
        entry.get("proposal", ""),
    )
