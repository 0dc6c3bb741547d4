"""R-67 … R-69: visits against the people visited, the money handed over, and the stays in hospital."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.fields import dates
from app.fields.codes import code_table
from app.fields.free_periods import months_of
from app.fields.rules.across import is_dead
from app.fields.spec import Problem
from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.parts import PART_TYPES
from app.models.visits import VISIT, Visit, VisitedCadre
from app.services.cadres import CadreFile
from app.services.findings import Finding
from app.services.money_rules import LINES
from app.services.paid_lines import PaidLine
from app.services.visits import met_after_death

People = Mapping[str, CadreFile]

LATEST_RECORD_DAYS, NEAR_DAYS, UNVISITED_DAYS = 7, 31, 3
RECENT_DAYS = 30
"""So long after somebody has left hospital, a visit that was missed is still asked about."""
HANDED_OVER = frozenset({"condolence", "hospital", "goods", "hardship"})
_CONDOLENCE, _HOSPITAL = "condolence", "hospital"
_FEW = 5


@dataclass(frozen=True, slots=True)
class VisitedOn:
    """One visit with those of the files that were met."""

    uid: str
    values: Mapping[str, Any]
    people: Sequence[str]

    @property
    def date(self) -> str:
        return self.values["date"] or ""


def read_visits(session: Session, people: People) -> list[VisitedOn]:
    """In the order of time; without those that nobody of `people` was met on."""
    met: dict[str, list[str]] = defaultdict(list)
    for visit, person in session.execute(
        select(VisitedCadre.visit_uid, VisitedCadre.cadre_uid).order_by(VisitedCadre.position)
    ):
        if person in people:
            met[visit].append(person)
    names = ("date", "kind", "money", "remarks")
    query = select(Visit.uid, *(getattr(Visit, name) for name in names)).order_by(Visit.date, Visit.uid)
    return [
        VisitedOn(uid, dict(zip(names, row, strict=True)), met[uid])
        for uid, *row in session.execute(query)
        if uid in met
    ]


def visit_findings(
    session: Session, visits: Sequence[VisitedOn], lines: Sequence[PaidLine], people: People
) -> Iterator[Finding]:
    yield from _impossible(visits, people)
    yield from _recorded_late(session, visits, people)
    yield from _without_money_line(visits, lines, people)
    yield from _without_visit(visits, lines, people)
    yield from _left_alone_in_hospital(visits, people)


def _finding(visit: VisitedOn, person: str, people: People, problem: Problem) -> Finding:
    label = VISIT.field(problem.field).label
    return Finding(person, people[person].values.get("name") or "", problem, label, f"visit:{visit.uid}")


def _said(visit: VisitedOn) -> str:
    kind = code_table("visit_kind").label(visit.values.get("kind") or "")
    return f"{dates.show(visit.date)} 的{kind or '走访'}"


def _impossible(visits: Sequence[VisitedOn], people: People) -> Iterator[Finding]:
    """R-67."""
    dead = {
        uid: (file.values.get("name") or "", file.values["died_on"])
        for uid, file in people.items()
        if file.values.get("died_on")
    }
    for visit in visits:
        for problem in VISIT.across(visit.values):
            yield _finding(visit, visit.people[0], people, problem)
        for person in dead.keys() & set(visit.people):
            for sentence in met_after_death(visit.values, [person], dead):
                reads = ("date", "kind")
                text = f"{_said(visit)}：{sentence}，请核对走访时间，或把类型改成遗属慰问"
                yield _finding(visit, person, people, Problem("date", "E", "R-67", text, reads))


def _recorded_late(session: Session, visits: Sequence[VisitedOn], people: People) -> Iterator[Finding]:
    """R-68: of what was typed in; a ledger taken in from a file, or from before the program, is old by nature."""
    recorded = _recorded_on(session)
    began = (session.scalar(select(func.min(AUDIT_ACT.c.at))) or "")[:10]
    for visit in visits:
        day = recorded.get(visit.uid)
        if not day or not visit.date or visit.values.get("remarks"):
            continue
        if dates.surely_before(visit.date, began):
            continue
        days = (dt.date.fromisoformat(day) - dates.last_day(visit.date)).days
        if days > LATEST_RECORD_DAYS:
            text = (
                f"{_said(visit)}过了 {days} 天才登记（{dates.show(day)}），一般在 {LATEST_RECORD_DAYS} 天内登记，"
                "请在备注里写明原因"
            )
            problem = Problem("date", "W", "R-68", text, ("date", "remarks"))
            found = _finding(visit, visit.people[0], people, problem)
            yield replace(found, cause=f"{dates.show(day)} 登记的走访")


def _recorded_on(session: Session) -> dict[str, str]:
    """By visit: the day it was typed in."""
    query = (
        select(AUDIT_ROW.c.record, func.min(AUDIT_ACT.c.at))
        .join(AUDIT_ACT, AUDIT_ACT.c.seq == AUDIT_ROW.c.act)
        .where(AUDIT_ACT.c.act == "save_visit")
        .where(AUDIT_ROW.c.record_type == VISIT.name, AUDIT_ROW.c.operation == "insert")
        .group_by(AUDIT_ROW.c.record)
    )
    return {record: at[:10] for record, at in session.execute(query)}


def _without_money_line(
    visits: Sequence[VisitedOn], lines: Sequence[PaidLine], people: People
) -> Iterator[Finding]:
    """R-68: only of years in which such money was written down as handed out at all."""
    paid: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.fund in HANDED_OVER and (date := _when(line)):
            paid[line.person].append(date)
    years = {date[:4] for found in paid.values() for date in found}
    for visit in visits:
        if not visit.values.get("money") or not visit.date or visit.date[:4] not in years:
            continue
        if not any(_near(visit.date, date) for person in visit.people for date in paid.get(person, ())):
            text = f"{_said(visit)}记了慰问金，发放里没有对应的一笔，请补记发放，或核对金额"
            yield _finding(
                visit, visit.people[0], people, Problem("money", "W", "R-68", text, ("date", "money"))
            )


def _without_visit(
    visits: Sequence[VisitedOn], lines: Sequence[PaidLine], people: People
) -> Iterator[Finding]:
    """R-68: one line a batch; only of years in which visits were written down at all."""
    seen: dict[str, list[str]] = defaultdict(list)
    for visit in visits:
        for person in visit.people if visit.date else ():
            seen[person].append(visit.date)
    years = {date[:4] for found in seen.values() for date in found}
    left: dict[str, list[PaidLine]] = defaultdict(list)
    for line in lines:
        date = _when(line)
        if line.fund != _CONDOLENCE or not date or date[:4] not in years or line.person not in people:
            continue
        if not any(_near(date, other) for other in seen.get(line.person, ())):
            left[line.batch].append(line)
    for found in left.values():
        names = "、".join(people[line.person].values.get("name") or "" for line in found[:_FEW])
        more = "等" if len(found) > _FEW else ""
        text = f"有 {len(found)} 人领了慰问金，前后一个月里没有走访记录：{names}{more}，请补记走访"
        problem = Problem("paid_on", "W", "R-68", text, ("paid_on", LINES))
        yield Finding("", found[0].title, problem, "发放日期", found[0].about)


def _when(line: PaidLine) -> str | None:
    months = months_of(line.period)
    return line.paid_on or (months[0] if months and months[0] == months[1] else None)


def _near(one: str, other: str) -> bool:
    """Whether the two can lie no more than a month apart."""
    if one[:10] == other[:10]:
        return True
    gap = max(dates.first_day(one) - dates.last_day(other), dates.first_day(other) - dates.last_day(one))
    return gap.days <= NEAR_DAYS


def _left_alone_in_hospital(visits: Sequence[VisitedOn], people: People) -> Iterator[Finding]:
    """R-69: a visit to the hospital counts, whether or not the stay is ticked."""
    seen: dict[str, list[str]] = defaultdict(list)
    for visit in visits:
        for person in visit.people if visit.values.get("kind") == _HOSPITAL and visit.date else ():
            seen[person].append(visit.date)
    for uid, file in people.items():
        for row in file.parts.get("hospital_stays", ()) if not is_dead(file.values) else ():
            if _is_left_alone(row, seen.get(uid, ())):
                text = (
                    f"{dates.show(row['admitted_on'])} 入院，超过 {UNVISITED_DAYS} 天还没有看望，"
                    "请安排看望并登记；看望过的，请在住院记录里勾选“已看望”"
                )
                problem = Problem("hospital_stays", "W", "R-69", text)
                label = PART_TYPES["hospital_stays"].title
                yield Finding(uid, file.values.get("name") or "", problem, label)


def _is_left_alone(row: Mapping[str, Any], visits: Sequence[str]) -> bool:
    admitted, left = row.get("admitted_on"), row.get("discharged_on")
    if not admitted or row.get("visited"):
        return False
    today = clock.today()
    if left and (today - dates.last_day(left)).days > RECENT_DAYS:
        return False
    is_due = (today - dates.last_day(admitted)).days > UNVISITED_DAYS
    return is_due and not any(not dates.surely_before(date, admitted) for date in visits)
