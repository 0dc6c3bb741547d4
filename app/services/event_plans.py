"""A step of an event sheet before it is done: what is proposed, and what it would change in whose file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.services.cadres import CadreFile
from app.services.event_effects import Told, carried_out, told
from app.services.event_lines import DONE, LATER, NOT_NEEDED, due_day
from app.services.event_sheets import STARTED, Step


@dataclass(frozen=True)
class StepPlan:
    code: str
    title: str
    proposal: str
    by_program: bool
    """Whether the program does it; otherwise people do, and say so here."""
    changes: tuple[Told, ...]
    name: str
    """Of whose file."""
    page: str
    due: str


def step_plan(step: Step, files: Mapping[str, CadreFile | None], answers: Mapping[str, Any]) -> StepPlan:
    file, own = files.get(step.whose), files[""]
    assert own is not None
    changes = told(file, carried_out(step, file, answers)) if file and step.effects else []
    return StepPlan(
        step.code,
        step.title,
        _proposal(step, own, changes),
        bool(step.effects),
        tuple(changes),
        (file.values.get("name") or "") if file else "",
        step.page,
        due_day(step, answers.get(STARTED)),
    )


def _proposal(step: Step, own: CadreFile, changes: Sequence[Told]) -> str:
    """Not needed where it does not apply or would change nothing; what people do waits."""
    applies = all(own.values.get(name) in values for name, values in (step.when or {}).items())
    if not applies or (step.effects and not changes):
        return NOT_NEEDED
    return step.proposal or (DONE if step.effects else LATER)
