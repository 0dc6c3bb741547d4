"""Events as they were recorded, with their steps: what was done, by whom, and what waits until when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.fields import dates
from app.models.cadre import Cadre
from app.models.events import EventStep, LifeEvent
from app.services.event_sheets import Step, sheets

DONE, NOT_NEEDED, LATER = "done", "not_needed", "later"


@dataclass(frozen=True)
class StepLine:
    """A step of an event that was recorded; `due` is 'YYYY-MM-DD' or ''."""

    uid: str
    cadre_uid: str
    name: str
    event: str
    title: str
    state: str
    due: str
    page: str
    done_at: str
    done_by: str
    note: str


@dataclass(frozen=True)
class EventLine:
    """One event with its steps."""

    uid: str
    title: str
    happened_on: str
    recorded_at: str
    recorded_by: str
    steps: tuple[StepLine, ...]


def steps_waiting(session: Session) -> list[StepLine]:
    """The most urgent first; those without a day last."""
    found = (line for _, line in _with_events(session, EventStep.state == LATER))
    return sorted(found, key=lambda line: line.due or "9")


def events_of(session: Session, uid: str) -> list[EventLine]:
    """The newest first."""
    steps: dict[str, list[StepLine]] = defaultdict(list)
    for event_uid, line in _with_events(session, EventStep.cadre_uid == uid):
        steps[event_uid].append(line)
    query = select(LifeEvent).where(LifeEvent.cadre_uid == uid).order_by(LifeEvent.recorded_at.desc())
    return [
        EventLine(
            event.uid,
            event_title(event.kind),
            event.happened_on or "",
            event.recorded_at,
            event.recorded_by,
            tuple(steps[event.uid]),
        )
        for event in session.scalars(query)
    ]


def _with_events(session: Session, wanted: ColumnElement[bool]) -> Iterator[tuple[str, StepLine]]:
    query = (
        select(EventStep, LifeEvent.kind, LifeEvent.happened_on, Cadre.name)
        .join(LifeEvent, LifeEvent.uid == EventStep.event_uid)
        .join(Cadre, Cadre.uid == EventStep.cadre_uid)
        .where(wanted)
        .order_by(LifeEvent.recorded_at, EventStep.position)
    )
    for step, kind, happened_on, name in session.execute(query):
        yield step.event_uid, _line(step, kind, happened_on, name or "")


def _line(step: EventStep, kind: str, happened_on: str | None, name: str) -> StepLine:
    wanted = sheets()[kind].step(step.code) if kind in sheets() else None
    return StepLine(
        step.uid,
        step.cadre_uid,
        name,
        event_title(kind),
        step_title(kind, step.code),
        step.state,
        due_day(wanted, happened_on) if wanted else "",
        wanted.page if wanted else "",
        step.done_at or "",
        step.done_by or "",
        step.note or "",
    )


def event_title(kind: str) -> str:
    return sheets()[kind].title if kind in sheets() else kind


def step_title(kind: str, code: str) -> str:
    step = sheets()[kind].step(code) if kind in sheets() else None
    return step.title if step else code


def due_day(step: Step, happened_on: str | None) -> str:
    if not step.days or not happened_on:
        return ""
    return (dates.first_day(happened_on) + dt.timedelta(days=step.days)).isoformat()
