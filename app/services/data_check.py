"""The check of everybody's file: by the rules beside the records, and for numbers that several share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.fields.spec import Problem
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.completeness import completeness


@dataclass(frozen=True)
class Finding:
    """One problem of one person's file."""

    uid: str
    name: str
    problem: Problem
    label: str


@dataclass(frozen=True)
class CheckResult:
    """`percent` is the mean completeness of all files, 0 to 100."""

    people: int
    percent: int
    findings: Sequence[Finding]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.problem.severity == "E"]


class DataCheck:
    """Reads everything, changes nothing."""

    def __init__(self, database: Database) -> None:
        self._cadres = Cadres(database)

    def run(self) -> CheckResult:
        files = self._cadres.read_all()
        findings = [finding for file in files for finding in self._of(file)] + _shared_numbers(files)
        percents = [completeness(file).percent for file in files]
        mean = round(sum(percents) / len(percents)) if percents else 0
        return CheckResult(len(files), mean, findings)

    def _of(self, file: CadreFile) -> list[Finding]:
        return [_finding(file, problem) for problem in self._cadres.problems(file)]


def _finding(file: CadreFile, problem: Problem) -> Finding:
    record = Cadres.record
    label = record.field(problem.field).label if record.has(problem.field) else ""
    return Finding(file.uid or "", file.values.get("name") or "", problem, label)


def _shared_numbers(files: Sequence[CadreFile]) -> list[Finding]:
    """R-08: the same identity number in several files, living or dead."""
    holders: dict[str, list[CadreFile]] = {}
    for file in files:
        if number := file.values.get("id_number"):
            holders.setdefault(number, []).append(file)
    return [
        _finding(file, Problem("id_number", "E", "R-08", f"身份证号与 {_others(file, same)} 相同，请核对"))
        for same in holders.values()
        if len(same) > 1
        for file in same
    ]


def _others(file: CadreFile, same: Sequence[CadreFile]) -> str:
    return "、".join(other.values.get("name") or "" for other in same if other is not file)
