"""撤销 and 重做: the steps of the one who is logged in, read out of the log; no second journal is kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.fields.acts import ACTS, refuse_unless_permitted
from app.fields.masking import covered
from app.models.audit import AUDIT_ACT
from app.models.database import Database, keep_in_any_case
from app.services.changes import Change
from app.services.clashes import clashes_of
from app.services.taking_back import TakenBack, rows_of, take_back

MOST = 30
IMPORT = "import"
IMPORT_WAY = "导入有自己的撤销：在“导入”页的“导入记录”里点“撤销这次导入”，先看清会恢复谁、留下谁"
"""It stands among the steps, so that nobody undoes past it unseen."""
_READ = 600
"""So many acts are looked at: thirty steps, each undone and done again many times."""
_act = AUDIT_ACT.c


@dataclass(frozen=True)
class Step:
    """One thing that was done and can be undone."""

    seq: int
    act: str
    title: str
    """'批量改：村（社区），12 人'."""
    time: str
    """'2026-03-05 09:31'."""

    @property
    def acts(self) -> tuple[int, ...]:
        """The steps of the log that are taken back with it."""
        return (self.seq,)

    @property
    def steps(self) -> tuple[Step, ...]:
        return (self,)


@dataclass(frozen=True)
class UndoneStep:
    """What was undone at once, and comes back at once."""

    steps: tuple[Step, ...]
    by: int
    """The act that undid it; to do it again is to take that one back."""

    @property
    def seq(self) -> int:
        return self.steps[0].seq

    @property
    def title(self) -> str:
        return _together(self.steps)

    @property
    def time(self) -> str:
        return self.steps[0].time

    @property
    def acts(self) -> tuple[int, ...]:
        return (self.by,)


AnyStep = Step | UndoneStep
S = TypeVar("S", Step, UndoneStep)


class CannotUndoError(UserError):
    """What it did was changed since; `step` is the one in the way, and may be gone past."""

    def __init__(self, step: AnyStep, told: str) -> None:
        super().__init__(told)
        self.step = step


@dataclass(frozen=True)
class Undone:
    """What was done, in words, and what has changed for the pages."""

    told: str
    changes: Sequence[Change]


class UndoSteps:
    """The newest thirty steps of one person, also those from before the program was started."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._actor = ""
        self._begin()

    def done(self) -> list[Step]:
        """What can be undone, the newest first."""
        self._read_on()
        return [step for step in reversed(self._done) if step.seq not in self._passed][:MOST]

    def undone(self) -> list[UndoneStep]:
        """What can be done again, the last undone first."""
        self._read_on()
        return [step for step in reversed(self._undone) if step.by not in self._passed][:MOST]

    def undo(self, seq: int = 0) -> Undone:
        """Takes the newest step back, or all down to the one with this number: all of them or none.

        Raises CannotUndoError naming what was changed since, UserError where there is no such step.
        """
        steps = _down_to(self.done(), seq)
        back = self._take_back("undo", steps)
        return Undone(f"已撤销{_told(steps)}", back.changes)

    def redo(self, seq: int = 0) -> Undone:
        """The way forward again, down to the step with this number."""
        steps = _down_to(self.undone(), seq)
        back = self._take_back("redo", steps)
        return Undone(f"已重做{_told(steps)}", back.changes)

    def go_past(self, step: AnyStep) -> None:
        """It stays as it is, and those before it can be undone; until the program is started again."""
        self._passed |= set(step.acts)

    def _take_back(self, act: str, steps: Sequence[AnyStep]) -> TakenBack:
        """Whoever may not do a thing may not take it back either."""
        taken = [each for step in steps for each in step.steps]
        for one in taken:
            refuse_unless_permitted(self._database.actor, one.act)
        if own := next((step for step in steps if IMPORT in {one.act for one in step.steps}), None):
            raise CannotUndoError(own, IMPORT_WAY)
        acts = [each for step in steps for each in step.acts]
        details = {"of": [one.seq for one in taken], "act": acts}
        try:
            with self._database.transaction(act, _together(taken), details) as session:
                keep_in_any_case(session)  # what was made and removed again leaves nothing to write
                return take_back(session, acts)
        except UserError as error:
            raise CannotUndoError(self._in_the_way(steps), str(error)) from error

    def _in_the_way(self, steps: Sequence[AnyStep]) -> AnyStep:
        """The first of them that cannot be taken back; the newest, where it was the database that refused."""
        acts: list[int] = []
        with self._database.reading() as session:
            for step in steps:
                acts += step.acts
                if clashes_of(session, rows_of(session, acts)):
                    return step
        return steps[0]

    def _begin(self) -> None:
        self._done: list[Step] = []
        self._undone: list[UndoneStep] = []
        self._passed: set[int] = set()
        self._read_until = 0

    def _read_on(self) -> None:
        """Only what is new in the log since the last look."""
        if self._database.actor.uid != self._actor:
            self._actor = self._database.actor.uid
            self._begin()
        with self._database.reading() as session:
            newest = session.scalar(select(_act.seq).order_by(_act.seq.desc()).limit(1)) or 0
            found = _acts(session, self._actor, self._read_until) if newest > self._read_until else []
        for seq, at, act, about, details in found:
            self._take(Step(seq, act, _title(act, about), at[:16].replace("T", " ")), json.loads(details))
        self._done = self._done[-2 * MOST :]
        self._read_until = newest

    def _take(self, step: Step, details: dict[str, Any]) -> None:
        of = frozenset(details.get("of", ()))
        if step.act == "undo":
            self._take_undo(step.seq, of)
        elif step.act == "redo":
            again = [each for each in self._undone if of.issuperset(one.seq for one in each.steps)]
            self._undone = [each for each in self._undone if each not in again]
            self._done += [one for each in again for one in each.steps]
            self._done.sort(key=lambda one: one.seq)
        else:
            self._undone.clear()
            self._done = [one for one in self._done if one.seq not in details.get("acts", ())]
            self._done += [step] if ACTS[step.act].can_be_undone or step.act == IMPORT else []

    def _take_undo(self, seq: int, of: Collection[int]) -> None:
        gone = tuple(one for one in reversed(self._done) if one.seq in of)
        self._done = [one for one in self._done if one.seq not in of]
        if gone:
            self._undone.append(UndoneStep(gone, seq))


_COUNTED = [act.code for act in ACTS.values() if act.group == "change"]
"""Whatever else is changed cuts the way forward off."""


def _acts(session: Session, actor: str, after: int) -> list[Any]:
    query = (
        select(_act.seq, _act.at, _act.act, _act.about, _act.details)
        .where(_act.seq > after, _act.actor_uid == actor, _act.source != "program", _act.act.in_(_COUNTED))
        .where(or_(_act.rows > 0, _act.act.in_(("undo", "redo"))))
        .order_by(_act.seq.desc())
        .limit(_READ)
    )
    return list(reversed(session.execute(query).all()))


def _down_to(steps: list[S], seq: int) -> list[S]:
    place = next((n for n, step in enumerate(steps) if not seq or step.seq == seq), None)
    if place is None:
        raise UserError("这一步已经不在列表里了，请再看一下列表。" if seq else "没有可以撤销或重做的操作。")
    return steps[: place + 1]


def _title(act: str, about: str) -> str:
    label = ACTS[act].label
    return f"{label}：{covered(about)}" if about else label


def _together(steps: Sequence[Step]) -> str:
    return steps[0].title + (f" 等 {len(steps)} 步" if len(steps) > 1 else "")


def _told(steps: Iterable[AnyStep]) -> str:
    taken = [each for step in steps for each in step.steps]
    return f"“{taken[0].title}”" if len(taken) == 1 else f" {len(taken)} 步"
