"""谁填报谁负责、谁审核谁负责: the review of files, step by step, for one or several at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.fields.review_states import BACK, MOVES, Move, moves_from, word_of
from app.models.audit import AUDIT_CONTEXT
from app.models.cadre import Cadre
from app.models.database import Database, describe
from app.models.review import Review
from app.services.cadres import CadreFile, Cadres
from app.services.changes import Change
from app.services.review_changes import Differences, differences
from app.services.review_findings import FileFindings
from app.services.review_log import (
    EMPTY,
    ReviewStep,
    signatures_before,
    steps_of,
    to_take_back,
)
from app.services.review_reading import Reading, read_file
from app.services.review_refusals import forbidden, said, why_not, why_not_back, works_alone
from app.services.review_rows import QueueLine, ReviewedFile, kept_of, put_state, queue_line, reviewed
from app.services.statement_parts import in_parts

CHECK, APPROVE = "review_check", "review_approve"
MOST_NAMED = 3


@dataclass(frozen=True)
class Moved:
    """What a step did. `left` are the files it could not be done for: uid → why, naming them."""

    done: tuple[str, ...]
    left: Mapping[str, str] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, Change]:
        """The signatures stand in the file itself."""
        return Change("review", frozenset(self.done)), Change("cadre", frozenset(self.done))


@dataclass(frozen=True)
class Look:
    """One file with all that somebody needs who is about to sign it.

    `refusals` are the steps from its state, and the way back: act → why it may not be done now, '' when it may.
    """

    file: CadreFile
    kept: ReviewedFile
    reading: Reading
    steps: Sequence[ReviewStep]
    """The newest first."""
    refusals: Mapping[str, str]


class Reviews:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._cadres = Cadres(database)
        self._findings = FileFindings(database)

    def state(self, uid: str) -> ReviewedFile:
        with self._database.reading() as session:
            return reviewed(uid, session.scalar(select(Review).where(Review.cadre_uid == uid)))

    def queue(self, state: str = "", village: str = "") -> list[QueueLine]:
        """In the order of the roster; '' is every state and every village."""
        with self._database.reading() as session:
            kept = {row.cadre_uid: row for row in session.scalars(select(Review))}
        lines = [
            queue_line(row.uid, row.values, kept.get(row.uid))
            for row in self._cadres.rows(["name", "village", "party_branch"])
        ]
        return [
            line
            for line in lines
            if (not state or line.state == state) and (not village or line.village == village)
        ]

    def steps(self, uid: str) -> list[ReviewStep]:
        """The newest first, with those that came by themselves."""
        with self._database.reading() as session:
            return steps_of(session, uid)[::-1]

    def differences(self, uid: str) -> Differences:
        """What of the file is not as it was when it was approved last."""
        with self._database.reading() as session:
            kept = session.scalar(select(Review).where(Review.cadre_uid == uid))
            return differences(session, uid, kept.approved_act if kept else None)

    def prepare(self) -> None:
        """Looks through what `look` needs of everybody, so that it need not: with many people it takes a second."""
        self._findings.of(())

    def can(self, uid: str, act: str) -> str:
        """Why this may not be done with the file now; '' when it may. Sentences without a full stop."""
        errors = self._findings.errors([uid]).get(uid, []) if act == APPROVE else []
        with self._database.reading() as session:
            return self._refusals(session, uid, [act], errors)[act]

    def look(self, uid: str) -> Look:
        """The file for whoever is about to sign it. Raises UserError when it is gone."""
        file, findings = self._cadres.read(uid), self._findings.of([uid]).get(uid, [])
        errors = [said(each) for each in findings if each.problem.severity == "E"]
        with self._database.reading() as session:
            row = session.scalar(select(Review).where(Review.cadre_uid == uid))
            kept = reviewed(uid, row)
            acts = [*(step.act for step in moves_from(kept.state)), BACK]
            refusals = self._refusals(session, uid, acts, errors)
            changes = differences(session, uid, kept.approved_act)
            return Look(
                file, kept, read_file(file, changes, findings), steps_of(session, uid)[::-1], refusals
            )

    def _refusals(
        self, session: Session, uid: str, acts: Sequence[str], errors: Sequence[str]
    ) -> dict[str, str]:
        actor, alone = self._database.actor, works_alone(session)
        kept = session.scalar(select(Review).where(Review.cadre_uid == uid))

        def told(act: str) -> str:
            if act == BACK:
                return why_not_back(session, actor, uid, steps_of(session, uid))
            step = MOVES[act]
            return forbidden(actor, step) or why_not(actor, step, kept, errors, alone=alone)

        return {act: told(act) for act in acts}

    def move(self, uids: Sequence[str], act: str, remark: str = "") -> Moved:
        """One step for one or several files, as one act.

        Those that cannot go are left and named. Raises UserError when none can, or a remark is wanted.
        """
        step, remark = MOVES[act], remark.strip()
        if told := forbidden(self._database.actor, step):
            raise UserError(f"{told}，没有改动。")
        if step.remark_required and not remark:
            raise UserError(f"请先写明原因，再点“{step.verb}”。")
        with self._database.transaction(act) as session:
            people = _people(session, uids)
            left = self._left(session, step, people)
            done = [cadre for uid, cadre in people.items() if uid not in left]
            if not done:
                raise UserError(_told(list(left.values())))
            describe(session, _names(done))
            for cadre in done:
                self._sign(cadre, act)
            session.flush()  # the signatures first: the state is written last (`models/review_guards.py`)
            put_state(session, [cadre.uid for cadre in done], self._values(session, step, remark))
        return Moved(tuple(cadre.uid for cadre in done), left)

    def back(self, uid: str) -> Moved:
        """Takes the last step back, with what it signed. Raises UserError where something came after it."""
        with self._database.transaction(BACK) as session:
            people, steps = _people(session, [uid]), steps_of(session, uid)
            if told := why_not_back(session, self._database.actor, uid, steps):
                raise UserError(f"{told}。")
            last = to_take_back(steps)
            assert last is not None, "otherwise there was a reason not to"
            describe(session, f"{people[uid].name or ''}：{word_of(last.after)} → {word_of(last.before)}")
            if signed := signatures_before(session, uid, last.act):
                _write(people[uid], signed)
                session.flush()
            put_state(session, [uid], {name: last.old[name] for name in EMPTY})
        return Moved((uid,))

    def _left(self, session: Session, step: Move, people: Mapping[str, Cadre]) -> dict[str, str]:
        kept = kept_of(session, list(people))
        errors = self._findings.errors(people) if step.act == APPROVE else {}
        alone = works_alone(session)
        reasons = {
            uid: why_not(self._database.actor, step, kept.get(uid), errors.get(uid, ()), alone=alone)
            for uid in people
        }
        return {uid: f"{people[uid].name or ''}：{told}" for uid, told in reasons.items() if told}

    def _sign(self, cadre: Cadre, act: str) -> None:
        """The form has 填表人 and 审核人, each with a date: who checks fills the first where it is empty."""
        name, today = self._database.actor.name, clock.today().isoformat()
        wanted: dict[str, Any] = {}
        if act == CHECK:
            wanted = {"preparer": cadre.preparer or name, "prepared_on": cadre.prepared_on or today}
        elif act == APPROVE:
            wanted = {"reviewer": name, "reviewed_on": today}
        if any(getattr(cadre, field_) != value for field_, value in wanted.items()):
            _write(cadre, wanted)

    def _values(self, session: Session, step: Move, remark: str) -> dict[str, Any]:
        actor = self._database.actor
        values = {
            "state": step.target,
            "at": clock.now().isoformat(),
            "by_uid": actor.uid or None,
            "by_name": actor.name,
            "remark": remark or None,
        }
        if step.act == CHECK:
            values["checked_by"] = actor.uid or None
        elif step.act == APPROVE:
            values["approved_act"] = session.execute(select(AUDIT_CONTEXT.c.act)).scalar_one()
        return values


def _people(session: Session, uids: Iterable[str]) -> dict[str, Cadre]:
    wanted = list(dict.fromkeys(uids))
    found: dict[str, Cadre] = {}
    for some in in_parts(wanted):
        found |= {cadre.uid: cadre for cadre in session.scalars(select(Cadre).where(Cadre.uid.in_(some)))}
    if len(found) < len(wanted):
        raise UserError("有档案已经不在了，可能刚被删除，没有改动。请刷新名单。")
    return {uid: found[uid] for uid in wanted}


def _write(cadre: Cadre, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(cadre, name, value)
    cadre.version += 1


def _names(people: Sequence[Cadre]) -> str:
    named = "、".join(cadre.name or "" for cadre in people[:MOST_NAMED])
    return f"{named}等 {len(people)} 人" if len(people) > MOST_NAMED else named


def _told(reasons: Sequence[str]) -> str:
    more = f"等 {len(reasons)} 份档案都不能办" if len(reasons) > MOST_NAMED else ""
    return f"{'。'.join(reasons[:MOST_NAMED])}{more}。没有改动。"
