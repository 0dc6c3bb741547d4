"""Which visits the ledger shows, and how they add up; no Qt here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app import clock
from app.fields.kinds import Text
from app.fields.spec import Field
from app.services.rows import Row
from app.services.visit_figures import VisitFigures, figures
from app.services.visits import VisitLine, Visits

PEOPLE = Field("people", "走访对象", Text(), "")
SHORT = {"date": "时间", "kind": "类型", "staff": "陪同", "money": "慰问金", "answer": "答复"}
"""Headings that are shorter than the labels on paper."""
COLUMNS = ("date", "people", "kind", "leader", "staff", "situation", "money", "goods", "answer")
SEARCHED = ("leader", "staff", "situation", "requests", "answer", "goods", "place")
ALL_YEARS = ""


@dataclass
class VisitLedgerState:
    """A year, a kind, some people, some typed words: what is left is shown."""

    visits: Visits
    find: Callable[[str], list[str]]
    year: str = ALL_YEARS
    kind: str = ""
    typed: str = ""
    only: tuple[str, ...] = ()
    """Uids of people; empty shows everybody's visits."""
    lines: list[VisitLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.year = self.visits.years()[0] if self.visits.years() else str(clock.today().year)
        self.refresh()

    def refresh(self) -> None:
        self.lines = self.visits.lines(self.year)

    @property
    def fields(self) -> list[Field]:
        return [PEOPLE if name == "people" else self._shortened(name) for name in COLUMNS]

    @property
    def years(self) -> list[str]:
        """The newest first; this year is always there."""
        return sorted({*self.visits.years(), str(clock.today().year)}, reverse=True)

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        """(code, label, number of visits) of the kinds that occur, the most frequent first."""
        counts = Counter(line.values["kind"] or "" for line in self.lines)
        kind = self.visits.record.field("kind").kind
        return [(code, kind.format(code or None), count) for code, count in counts.most_common() if code]

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.typed.strip() or self.only)

    @property
    def shown(self) -> list[VisitLine]:
        found = set(self.find(self.typed)) if self.typed.strip() else None
        return [line for line in self.lines if self._fits(line, found)]

    @property
    def figures(self) -> VisitFigures:
        return figures(self.shown)

    def rows(self) -> list[Row]:
        return [
            Row(
                line.uid,
                tuple(line.names if name == "people" else line.values[name] for name in COLUMNS),
            )
            for line in self.shown
        ]

    @property
    def only_whom(self) -> str:
        """Whose visits are shown, as words."""
        names = {uid: name for line in self.lines for uid, name in line.people}
        if len(self.only) == 1:
            return names.get(self.only[0], "选中的人")
        return f"选中的 {len(self.only)} 人"

    def turn_to_year_of(self, uid: str) -> None:
        """Stays where it is when all years are shown anyway."""
        if self.year != ALL_YEARS:
            self.year = (self.visits.read(uid).values["date"] or "")[:4]

    def widen(self) -> None:
        """Everything of the year again."""
        self.kind, self.typed, self.only = "", "", ()

    def _fits(self, line: VisitLine, found: set[str] | None) -> bool:
        people = {uid for uid, _ in line.people}
        return (
            (not self.kind or line.values["kind"] == self.kind)
            and (not self.only or not people.isdisjoint(self.only))
            and (found is None or not people.isdisjoint(found) or self._says(line))
        )

    def _says(self, line: VisitLine) -> bool:
        typed = self.typed.strip()
        return any(typed in (line.values[name] or "") for name in SEARCHED)

    def _shortened(self, name: str) -> Field:
        described = self.visits.record.field(name)
        return replace(described, label=SHORT.get(name, described.label))
