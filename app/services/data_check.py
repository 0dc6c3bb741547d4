"""The check of everybody's file: by the rules beside the records, and by those that compare several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from app import clock
from app.exchange.collector import collector_paused
from app.fields.addresses import village_in
from app.fields.rules.across import is_dead
from app.fields.spec import Problem
from app.models.cadre import CADRE
from app.models.database import Database
from app.models.parts import PART_TYPES
from app.progress import Progress, silent
from app.services.acceptances import unheld
from app.services.cadres import CadreFile, Cadres
from app.services.completeness import Completeness, Gap, completeness
from app.services.findings import Finding
from app.services.judgement import Judgement, read_judgement
from app.services.shared_rules import shared_findings

AT_ONCE = 200
"""Files between two reports of how far it has come."""
GAP = "R-00"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file, what the rules say of it before the office's own judgement, and how complete it is."""

    file: CadreFile
    problems: Sequence[Problem]
    completeness: Completeness

    @property
    def name(self) -> str:
        return self.file.values.get("name") or ""

    @property
    def village(self) -> str:
        return village_in(self.file.values)

    @property
    def is_living(self) -> bool:
        return not is_dead(self.file.values)


@dataclass(frozen=True)
class CheckResult:
    """`percent` is the mean completeness of all files, 0 to 100."""

    people: int
    percent: int
    findings: Sequence[Finding]
    accepted: Sequence[Finding] = ()
    """Looked into, so not among the findings."""
    files: Mapping[str, CheckedFile] = field(default_factory=dict)
    at: dt.datetime | None = None

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.problem.severity == "E"]

    def count(self, severity: str) -> int:
        return sum(finding.problem.severity == severity for finding in self.findings)

    @cached_property
    def gaps(self) -> list[Finding]:
        """What is not filled in, of the living; where a rule asks for it already, it is not said twice."""
        return _gaps(self.files)

    @cached_property
    def villages(self) -> list[str]:
        """In the order of their names; files without one are left out."""
        return sorted({checked.village for checked in self.files.values()} - {""})

    @property
    def percents(self) -> dict[str, int]:
        """Completeness by person."""
        return {uid: checked.completeness.percent for uid, checked in self.files.items()}


class DataCheck:
    """Reads everything, changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cadres = Cadres(database)

    def run(self, progress: Progress = silent) -> CheckResult:
        progress(0, 0, "正在读档案")
        files = self._cadres.read_all()
        return self._result({each.file.uid or "": each for each in self._checked(files, progress)})

    def renew(
        self, result: CheckResult, changed: Collection[str], progress: Progress = silent
    ) -> CheckResult:
        """Looks again at the files that changed, and at what compares several; the others stay as they were.

        New people come last, until the next whole check.
        """
        files = self._cadres.read_all(list(changed)) if changed else []
        kept = {uid: each for uid, each in result.files.items() if uid not in changed}
        anew = {each.file.uid or "": each for each in self._checked(files, progress)}
        order = [*(uid for uid in result.files if uid in kept or uid in anew), *anew]
        return self._result({uid: anew.get(uid) or kept[uid] for uid in order})

    @collector_paused()
    def _checked(self, files: Sequence[CadreFile], progress: Progress) -> list[CheckedFile]:
        found = []
        for done, file in enumerate(files):
            if done % AT_ONCE == 0:
                progress(done, len(files), "正在体检")
            found.append(CheckedFile(file, self._cadres.unjudged(file), completeness(file)))
        return found

    @collector_paused()
    def _result(self, files: Mapping[str, CheckedFile]) -> CheckResult:
        with self._database.reading() as session:
            judgement = read_judgement(session)
            shared = shared_findings(session, [each.file for each in files.values()])
            found = [*_own(files, judgement), *_switched(shared, judgement)]
            left = unheld(session, judgement, lambda uid: files[uid].file.checked_values)
            open_ = [finding for finding in found if left(finding)]
        held = {id(finding) for finding in found} - {id(finding) for finding in open_}
        percents = [each.completeness.percent for each in files.values()]
        return CheckResult(
            len(files),
            round(sum(percents) / len(percents)) if percents else 0,
            open_,
            [finding for finding in found if id(finding) in held],
            files,
            clock.now(),
        )


def _own(files: Mapping[str, CheckedFile], judgement: Judgement) -> Iterator[Finding]:
    for uid, checked in files.items():
        for problem in judgement.switched(checked.problems):
            yield Finding(uid, checked.name, problem, _label(problem.field))


def _switched(findings: Iterable[Finding], judgement: Judgement) -> Iterator[Finding]:
    for finding in findings:
        for problem in judgement.switched([finding.problem]):
            yield replace(finding, problem=problem)


@lru_cache(maxsize=256)
def _label(name: str) -> str:
    if name in PART_TYPES:
        return PART_TYPES[name].title
    return CADRE.field(name).label if CADRE.has(name) else ""


@collector_paused()
def _gaps(files: Mapping[str, CheckedFile]) -> list[Finding]:
    return [
        Finding(uid, checked.name, _gap_problem(gap), gap.label)
        for uid, checked in files.items()
        if checked.is_living
        for gap in _unsaid(checked)
    ]


def _unsaid(checked: CheckedFile) -> Iterator[Gap]:
    said = {problem.field for problem in checked.problems}
    return (gap for gap in checked.completeness.gaps if gap.field not in said)


@lru_cache(maxsize=256)
def _gap_problem(gap: Gap) -> Problem:
    return Problem(gap.field, "I", GAP, f"“{gap.label}”还没有填写")
