"""What happens to people: one sheet an event, which touches everything it should; steps may wait."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.errors import InvalidError, UserError
from app.models.alias import Alias
from app.models.base import new_uid
from app.models.cadre import Cadre
from app.models.database import Database, actor_of, describe
from app.models.events import EventStep, LifeEvent
from app.models.parts import FamilyMember
from app.services.cadres import CadreFile, read_files, store
from app.services.changes import Change
from app.services.event_effects import carried_out, value_of
from app.services.event_lines import (
    DONE,
    LATER,
    NOT_NEEDED,
    EventLine,
    StepLine,
    events_of,
    step_title,
    steps_waiting,
)
from app.services.event_plans import StepPlan, step_plan
from app.services.event_sheets import STARTED, Sheet, Step, sheets

UNFILLED = "R-00"
SPOUSES = ("配偶", "妻子", "丈夫", "爱人", "老伴", "妻", "夫")


class Events:
    """Everything that one sheet does is one step of the log, and goes back as one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def sheets(self) -> Mapping[str, Sheet]:
        return sheets()

    def answers(self, uid: str, kind: str) -> dict[str, Any]:
        """What is known already: the questions that are fields of the file have their values."""
        with self._database.reading() as session:
            file = _file(session, uid)
        return {name: value_of(given, {}) for name, given in sheets()[kind].defaults.items()} | {
            field.name: file.values[field.name]
            for field in sheets()[kind].record.fields
            if file.values.get(field.name) is not None and field.name != STARTED
        }

    def spouses(self, uid: str) -> list[tuple[str, str]]:
        """(uid, name) of people on the roster who may be this person's spouse: each family names the other."""
        name = select(Cadre.name).where(Cadre.uid == uid).scalar_subquery()
        mine = select(FamilyMember.name).where(
            FamilyMember.cadre_uid == uid, FamilyMember.relation.in_(SPOUSES)
        )
        theirs = select(FamilyMember.cadre_uid).where(
            FamilyMember.name == name, FamilyMember.relation.in_(SPOUSES)
        )
        query = (
            select(Cadre.uid, Cadre.name)
            .where(Cadre.uid != uid, Cadre.alive.is_not(False))
            .where(Cadre.name.in_(mine) | Cadre.uid.in_(theirs))
            .order_by(Cadre.search_key)
        )
        with self._database.reading() as session:
            return [(found, called or "") for found, called in session.execute(query)]

    def plan(
        self, uid: str, kind: str, answers: Mapping[str, Any], spouse: str | None = None
    ) -> list[StepPlan]:
        """Every step of the sheet with what it would change now."""
        sheet, given = sheets()[kind], _complete(sheets()[kind], answers)
        with self._database.reading() as session:
            files = {"": _file(session, uid), "spouse": _file(session, spouse) if spouse else None}
        return [step_plan(step, files, given) for step in sheet.steps]

    def record(
        self,
        uid: str,
        kind: str,
        answers: Mapping[str, Any],
        states: Mapping[str, str],
        spouse: str | None = None,
    ) -> Change:
        """`states`: code of the step → 'done', 'not_needed' or 'later'. Does what is to be done, all or nothing.

        Raises InvalidError where a question that must be answered is not, or an answer cannot be.
        """
        sheet, given = sheets()[kind], _complete(sheets()[kind], answers)
        if problems := [
            each for each in sheet.record.problems(given) if each.severity == "E" or each.code == UNFILLED
        ]:
            raise InvalidError(problems)
        with self._database.transaction("life_event") as session:
            file = _file(session, uid)
            describe(session, f"{file.values.get('name') or ''}：{sheet.title}")
            event = LifeEvent(
                uid=new_uid(),
                cadre_uid=uid,
                kind=kind,
                happened_on=given.get(STARTED),
                recorded_at=clock.now().isoformat(),
                recorded_by=actor_of(session).name,
                answers=json.dumps({**given, "spouse": spouse}, ensure_ascii=False),
            )
            session.add(event)
            session.flush()
            done = [step for step in sheet.steps if states.get(step.code) == DONE]
            touched = _carry_out(session, done, uid, spouse, given)
            session.add_all(_steps(session, event, sheet, states))
        return Change("cadre", frozenset(touched | {uid}))

    def waiting(self) -> list[StepLine]:
        """Steps put off, the most urgent first; those without a day last."""
        with self._database.reading() as session:
            return steps_waiting(session)

    def of_person(self, uid: str) -> list[EventLine]:
        """The newest first."""
        with self._database.reading() as session:
            return events_of(session, uid)

    def settle(self, step_uid: str, state: str, note: str = "") -> Change:
        """A step that waited is done now, or is not needed. What the program can do, it does.

        Raises UserError for a step that waits no more: nothing is done twice.
        """
        with self._database.transaction("life_event") as session:
            step = _open_step(session, step_uid)
            event = session.get_one(LifeEvent, step.event_uid)
            file, answers = _file(session, event.cadre_uid), json.loads(event.answers)
            describe(session, f"{file.values.get('name') or ''}：{step_title(event.kind, step.code)}")
            wanted = sheets()[event.kind].step(step.code) if event.kind in sheets() else None
            touched = {event.cadre_uid}
            if state == DONE and wanted is not None:
                spouse = _standing_for(session, answers.get("spouse"))
                touched |= _carry_out(session, [wanted], event.cadre_uid, spouse, answers)
            _sign(session, step, state, note)
        return Change("cadre", frozenset(touched))


def _complete(sheet: Sheet, answers: Mapping[str, Any]) -> dict[str, Any]:
    """With what is meant where nothing was answered."""
    given = {name: value for name, value in answers.items() if value not in (None, "")}
    return {
        name: value
        for name, default in sheet.defaults.items()
        if (value := value_of(default, given)) is not None
    } | given


def _file(session: Session, uid: str) -> CadreFile:
    found = read_files(session, [uid])
    if not found:
        raise UserError("这份档案已经不在了，可能刚被删除。请刷新名单。")
    return found[0]


def _open_step(session: Session, uid: str) -> EventStep:
    step = session.get(EventStep, uid)
    if step is None:
        raise UserError("这一步已经不在了，可能刚被撤销。请刷新再看。")
    if step.state != LATER:
        raise UserError("这一步刚才已经办过了，没有再办一次。请刷新再看。")
    return step


def _standing_for(session: Session, uid: str | None) -> str | None:
    """The file itself, or the one that it went into since."""
    if uid is None:
        return None
    return session.scalar(select(Alias.cadre_uid).where(Alias.merged_uid == uid)) or uid


def _carry_out(
    session: Session, steps: Sequence[Step], uid: str, spouse: str | None, answers: Mapping[str, Any]
) -> set[str]:
    """Steps one after the other, each file written once."""
    before = {"": _file(session, uid), "spouse": _file(session, spouse) if spouse else None}
    after = dict(before)
    for step in steps:
        if step.effects and (file := after.get(step.whose)):
            after[step.whose] = carried_out(step, file, answers)
    changed = [file for whose, file in after.items() if file and file != before[whose]]
    return {store(session, file) for file in changed}


def _steps(session: Session, event: LifeEvent, sheet: Sheet, states: Mapping[str, str]) -> list[EventStep]:
    made = []
    for position, step in enumerate(sheet.steps):
        row = EventStep(
            uid=new_uid(),
            event_uid=event.uid,
            cadre_uid=event.cadre_uid,
            position=position,
            code=step.code,
        )
        _sign(session, row, states.get(step.code, LATER), "")
        made.append(row)
    return made


def _sign(session: Session, step: EventStep, state: str, note: str) -> None:
    step.state, step.note = state, note or None
    settled = state in (DONE, NOT_NEEDED)
    step.done_at = clock.now().isoformat() if settled else None
    step.done_by = actor_of(session).name if settled else None
