"""Warnings that were looked into: 已核实，以后不提示, until one of the values changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.fields.rule_table import RULES
from app.fields.spec import Problem, Values
from app.models.base import Base, values_of
from app.models.cadre import CADRE, Cadre
from app.models.checks import Acceptance
from app.models.database import Database
from app.models.payments import BATCH, PaymentBatch
from app.models.visits import VISIT, Visit
from app.services.cadres import read_files
from app.services.changes import Change
from app.services.findings import Finding
from app.services.judgement import Judgement, Place, seen_values

LONGEST = 200
KEPT: Mapping[str, tuple[type[Base], Any]] = {"visit": (Visit, VISIT), "batch": (PaymentBatch, BATCH)}
"""What a finding can be about besides a file, with the values it is judged by."""


@dataclass(frozen=True)
class Accepted:
    """One warning that was looked into, by whom and why."""

    uid: str
    cadre_uid: str
    name: str
    rule: str
    label: str
    reason: str
    by: str
    at: str


class Acceptances:
    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, finding: Finding, reason: str, values: Values | None = None) -> Change:
        """Keeps the warning quiet. `values` are those on the screen, where they are not saved yet.

        Raises UserError for an error, or without a reason.
        """
        return self._keep([finding], reason, lambda *_: {finding.uid: values} if values else {})

    def accept_all(self, findings: Sequence[Finding], reason: str) -> Change:
        """One cause that many share, looked into once: as one act, for each of them."""
        return self._keep(findings, reason, _of_files)

    def _keep(
        self,
        findings: Sequence[Finding],
        reason: str,
        read: Callable[[Session, Sequence[Finding]], Mapping[str, Values]],
    ) -> Change:
        if told := next((told for each in findings if (told := _refusal(each.problem, reason))), ""):
            raise UserError(told)
        with self._database.transaction("accept_warning", _about(findings)) as session:
            known, kept = read(session, findings), _kept(session, findings)
            for finding in findings:
                values = known.get(finding.uid) if not finding.about else None
                row = kept.get(_place(finding)) or _row(finding)
                row.seen = seen_values(finding.problem, values or values_behind(session, finding))
                row.reason, row.accepted_by = reason.strip(), self._database.actor.name
                row.accepted_at = clock.now().isoformat(timespec="seconds")
                session.add(row)
        return Change("acceptance", frozenset(each.uid for each in findings if each.uid))

    def withdraw(self, uid: str) -> Change:
        """The warning is shown again. One that is gone already is no matter."""
        with self._database.transaction("accept_warning", "撤回已核实") as session:
            people = frozenset(
                filter(None, session.scalars(select(Acceptance.cadre_uid).where(Acceptance.uid == uid)))
            )
            session.execute(delete(Acceptance).where(Acceptance.uid == uid))
        return Change("acceptance", people)

    def all(self) -> list[Accepted]:
        """Of the rules, the latest first; also those whose values have changed since, so that they no longer hold."""
        query = (
            select(Acceptance, Cadre.name)
            .outerjoin(Cadre, Cadre.uid == Acceptance.cadre_uid)
            .where(Acceptance.rule.in_(RULES))
            .order_by(Acceptance.accepted_at.desc(), Acceptance.uid)
        )
        with self._database.reading() as session:
            return [_accepted(row, name) for row, name in session.execute(query)]


def values_behind(session: Session, finding: Finding) -> Values:
    """The values that a finding was judged by: of the file, of the record it is about, else what it says."""
    if finding.about:
        return values_about(session, finding)
    files = read_files(session, [finding.uid]) if finding.uid else []
    return files[0].checked_values if files else _as_said(finding.problem)


def values_about(session: Session, finding: Finding) -> Values:
    kind, _, key = finding.about.partition(":")
    if kind in KEPT:
        model, record = KEPT[kind]
        if row := session.get(model, key):
            return {**_as_said(finding.problem), **values_of(row, record)}
    return _as_said(finding.problem)


def unheld(
    session: Session, judgement: Judgement, values_for: Callable[[str], Values]
) -> Callable[[Finding], bool]:
    """Asks of a finding whether it is left to look at; records besides the files are read only when kept."""

    def left(finding: Finding) -> bool:
        problem = finding.problem
        if (finding.uid, finding.about, problem.code, problem.field) not in judgement.seen:
            return True
        own = finding.uid and not finding.about
        values = values_for(finding.uid) if own else values_about(session, finding)
        return not judgement.holds(finding.uid, problem, values, finding.about)

    return left


def _as_said(problem: Problem) -> Values:
    return dict.fromkeys(problem.reads or (problem.field,), problem.message)


def _refusal(problem: Problem, reason: str) -> str:
    if problem.severity == "E":
        return "这一处是错误，不能核实后放过，请改正。"
    if not reason.strip():
        return "请写明核实的情况，例如“已看档案原件，属实”。"
    return f"核实说明请写在 {LONGEST} 字以内。" if len(reason.strip()) > LONGEST else ""


def _about(findings: Sequence[Finding]) -> str:
    first = findings[0]
    whose = first.name if len(findings) == 1 else f"{first.name}等 {len(findings)} 处"
    return f"{whose} {first.label}（{first.problem.code}）".replace(" （", "（")


def _of_files(session: Session, findings: Sequence[Finding]) -> Mapping[str, Values]:
    uids = {finding.uid for finding in findings if finding.uid and not finding.about}
    files = read_files(session, uids) if uids else []
    return {file.uid or "": file.checked_values for file in files}


def _place(finding: Finding) -> Place:
    return finding.uid, finding.about, finding.problem.code, finding.problem.field


def _kept(session: Session, findings: Sequence[Finding]) -> dict[Place, Acceptance]:
    """What was decided about these rules before."""
    rules = {finding.problem.code for finding in findings}
    rows = session.scalars(select(Acceptance).where(Acceptance.rule.in_(rules)))
    return {(row.cadre_uid or "", row.about, row.rule, row.field_name): row for row in rows}


def _row(finding: Finding) -> Acceptance:
    uid, about, rule, name = _place(finding)
    return Acceptance(cadre_uid=uid or None, about=about, rule=rule, field_name=name)


def _accepted(row: Acceptance, name: str | None) -> Accepted:
    label = CADRE.field(row.field_name).label if CADRE.has(row.field_name) else ""
    whom = name or row.about.partition(":")[2]
    return Accepted(
        row.uid, row.cadre_uid or "", whom, row.rule, label, row.reason, row.accepted_by, row.accepted_at
    )
