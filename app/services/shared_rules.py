"""The rules that compare several records: files with each other, payments and visits with files.

Linear in people and records, with the same few queries for any number of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import identity
from app.fields.addresses import place_elsewhere
from app.fields.rules.groups import AT_HOME
from app.fields.spec import Problem
from app.models.cadre import CADRE
from app.models.office import Office
from app.services.branch_rules import branch_findings
from app.services.cadres import CadreFile
from app.services.findings import Finding
from app.services.money_rules import money_findings
from app.services.paid_lines import read_paid
from app.services.visit_rules import read_visits, visit_findings

FEW = 5


def shared_findings(session: Session, files: Sequence[CadreFile]) -> Iterator[Finding]:
    """R-08, R-43, R-44, R-52 and R-60 … R-69, about the given files."""
    people = {file.uid: file for file in files if file.uid}
    lines = read_paid(session)
    yield from same_numbers(files)
    yield from _addresses_elsewhere(session, files)
    yield from branch_findings(files)
    yield from money_findings(lines, people)
    yield from visit_findings(session, read_visits(session, people), lines, people)


def same_numbers(files: Sequence[CadreFile]) -> Iterator[Finding]:
    """R-08: among the living and the dead; a number of 15 digits is the same as its 18."""
    holders: dict[str, list[CadreFile]] = defaultdict(list)
    for file in files:
        if number := file.values.get("id_number"):
            longer = identity.from_old(number) if identity.is_old(number) else None
            holders[longer or number].append(file)
    for same in holders.values():
        for file in same if len(same) > 1 else ():
            text = f"身份证号与 {_others(file, same)} 相同，请核对"
            yield _of_file(file, Problem("id_number", "E", "R-08", text))


def _others(file: CadreFile, same: Sequence[CadreFile]) -> str:
    """The first few by name: a number that was copied down a whole column names everybody otherwise."""
    names = [other.values.get("name") or "" for other in same[: FEW + 1] if other is not file][:FEW]
    more = f"等 {len(same) - 1} 人" if len(same) - 1 > FEW else ""
    return "、".join(names) + more


def _addresses_elsewhere(session: Session, files: Sequence[CadreFile]) -> Iterator[Finding]:
    """R-52: as far as the address tells, and the office has said where it is."""
    province, county = session.execute(select(Office.province, Office.county)).first() or (None, None)
    for file in files:
        if file.values.get("residence_class") != AT_HOME:
            continue
        place = place_elsewhere(file.values.get("residence_address"), province, county)
        if place:
            text = f"居住地类别是“本县（市）”，现居住地址却在{place}，请改正其中一处"
            reads = ("residence_class", "residence_address")
            yield _of_file(file, Problem("residence_class", "W", "R-52", text, reads))


def _of_file(file: CadreFile, problem: Problem) -> Finding:
    label = CADRE.field(problem.field).label
    return Finding(file.uid or "", file.values.get("name") or "", problem, label)
