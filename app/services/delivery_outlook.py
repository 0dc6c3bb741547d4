"""What stands out before the township's data is handed over: to be known, not to hold anybody up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.models.database import Database
from app.progress import Progress, silent
from app.services.cadres import Cadres
from app.services.completeness import with_gaps
from app.services.data_check import CheckResult, DataCheck
from app.services.payments import Payments
from app.services.reviews import Reviews

MOST_DOUBTS = 200
REVIEWED = frozenset({"approved", "reported", "settled"})


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
        self._reviews = Reviews(database)

    def remarks(self, progress: Progress = silent) -> list[Remark]:
        progress(0, 0, "正在查看档案")
        checked = self._check.run()
        found = [*_faults(checked), *_gaps(checked), *self._unsigned(), *self._unreviewed()]
        return found or [Remark("ok", "档案都完整，没有发现问题。")]

    def doubts(self) -> list[str]:
        """What the sender knows to be unresolved, for the county office."""
        return [f"{each.name}：{each.problem.message}" for each in self._check.run().errors][:MOST_DOUBTS]

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

    def _unreviewed(self) -> Iterable[Remark]:
        people = [
            (line.uid, line.name, line.label) for line in self._reviews.queue() if line.state not in REVIEWED
        ]
        if people:
            yield Remark("warning", f"{len(people)} 人的档案没有审核", people)


def _faults(checked: CheckResult) -> Iterable[Remark]:
    people = _by_person(checked)
    if people:
        yield Remark("error", f"{len(people)} 份档案有明显的错误", people)


def _gaps(checked: CheckResult) -> Iterable[Remark]:
    """Counted as on 今天 and in the list of gaps."""
    people = [
        (file.uid or "", file.values.get("name") or "", f"缺 {len(state.gaps)} 项")
        for file, state in with_gaps(each.file for each in checked.files.values())
    ]
    if people:
        yield Remark("warning", f"{len(people)} 份档案还有缺项（平均完整度 {checked.percent}%）", people)


def _by_person(result: CheckResult) -> list[tuple[str, str, str]]:
    """Each person once, with the first fault."""
    first: dict[str, tuple[str, str, str]] = {}
    for finding in result.errors:
        first.setdefault(finding.uid, (finding.uid, finding.name, finding.problem.message))
    return list(first.values())
