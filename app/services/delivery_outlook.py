"""What stands out before the township's data is handed over: to be known, not to hold anybody up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.models.database import Database
from app.progress import Progress, silent
from app.services.cadres import Cadres
from app.services.completeness import completeness
from app.services.data_check import CheckResult, DataCheck
from app.services.payments import Payments

MOST_DOUBTS = 200


@dataclass(frozen=True)
class Remark:
    """One sentence with the people behind its number: (uid, name, what about them)."""

    level: Literal["ok", "warning", "error"]
    text: str
    people: Sequence[tuple[str, str, str]] = ()


class DeliveryOutlook:
    """Reads everything, changes nothing."""

    def __init__(self, database: Database) -> None:
        self._cadres = Cadres(database)
        self._payments = Payments(database)
        self._check = DataCheck(database)

    def remarks(self, progress: Progress = silent) -> list[Remark]:
        progress(0, 0, "正在查看档案")
        found = [*self._faults(), *self._gaps(), *self._unsigned()]
        return found or [Remark("ok", "档案都完整，没有发现问题。")]

    def doubts(self) -> list[str]:
        """What the sender knows to be unresolved, for the county office."""
        return [f"{each.name}：{each.problem.message}" for each in self._check.run().errors][:MOST_DOUBTS]

    def _faults(self) -> Iterable[Remark]:
        people = _by_person(self._check.run())
        if people:
            yield Remark("error", f"{len(people)} 份档案有明显的错误", people)

    def _gaps(self) -> Iterable[Remark]:
        states = [(file, completeness(file)) for file in self._cadres.read_all()]
        people = [
            (file.uid or "", file.values.get("name") or "", f"缺 {len(state.gaps)} 项")
            for file, state in states
            if state.gaps
        ]
        if people:
            mean = round(sum(state.percent for _, state in states) / len(states))
            yield Remark("warning", f"{len(people)} 份档案还有缺项（平均完整度 {mean}%）", people)

    def _unsigned(self) -> Iterable[Remark]:
        names = {row.uid: row.values[0] or "" for row in self._cadres.rows(["name"])}
        people = [
            (row["cadre_uid"], names.get(row["cadre_uid"], ""), str(batch.values.get("title") or ""))
            for batch in self._payments.read_all()
            for row in batch.payments
            if batch.review.counts and not row.get("signer")
        ]
        if people:
            yield Remark("warning", f"{len(people)} 笔发放还没有签领", people)


def _by_person(result: CheckResult) -> list[tuple[str, str, str]]:
    """Each person once, with the first fault."""
    first: dict[str, tuple[str, str, str]] = {}
    for finding in result.errors:
        first.setdefault(finding.uid, (finding.uid, finding.name, finding.problem.message))
    return list(first.values())
