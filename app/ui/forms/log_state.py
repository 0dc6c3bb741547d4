"""Which steps of the log are shown, read page by page; no Qt here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app import clock
from app.fields import dates
from app.services.audit_log import PAGE, AuditLog, LogFilter, LogLine
from app.services.log_filter import GROUPS, KINDS

MONTH, YEAR, LAST_YEAR, ALL, DAYS = "month", "year", "last_year", "all", "days"
PERIODS = {MONTH: "本月", YEAR: "今年", LAST_YEAR: "去年", ALL: "全部日期", DAYS: "自选日期"}
ANYBODY = "*"
"""Among the choices of who; '' is the program."""


@dataclass
class LogState:
    """A period, somebody, a group of acts, a kind of records, a person, words: what is left is shown."""

    log: AuditLog
    period: str = YEAR
    since: str = ""
    until: str = ""
    """Days that are asked for in the period DAYS."""
    actor: str = ANYBODY
    group: str = ""
    kind: str = ""
    person: str = ""
    text: str = ""
    with_drafts: bool = False
    lines: list[LogLine] = field(default_factory=list)
    count: int = 0

    def refresh(self) -> None:
        """The newest first, as many as fit on some screens."""
        self.lines = self.log.lines(self.wanted, PAGE)
        self.count = len(self.lines) if len(self.lines) < PAGE else self.log.count(self.wanted)

    @property
    def has_more(self) -> bool:
        return len(self.lines) < self.count

    def read_on(self) -> list[LogLine]:
        """The lines after the last that is shown; they are shown now too."""
        more = self.log.lines(self.wanted, before=self.lines[-1].seq) if self.lines else []
        self.lines += more
        if not more:
            self.count = len(self.lines)
        return more

    @property
    def wanted(self) -> LogFilter:
        since, until = self.days
        return LogFilter(
            since,
            until,
            None if self.actor == ANYBODY else self.actor,
            self.group,
            self.kind,
            self.person,
            self.text,
            self.with_drafts,
        )

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day; '' has no end."""
        today = clock.today()
        spans = {
            MONTH: (today.replace(day=1).isoformat(), ""),
            YEAR: (f"{today.year}-01-01", ""),
            LAST_YEAR: (f"{today.year - 1}-01-01", f"{today.year - 1}-12-31"),
            DAYS: (self.since, self.until),
        }
        return spans.get(self.period, ("", ""))

    def choose_days(self, since: str, until: str) -> None:
        """As typed: '2026' begins with its first day and ends with its last; nothing typed has no end.

        Raises UnreadableError for what is no date.
        """
        first, last = dates.read(since), dates.read(until)
        if first and last and first > last:
            first, last = last, first
        self.period = DAYS
        self.since = dates.first_day(first).isoformat() if first else ""
        self.until = dates.last_day(last).isoformat() if last else ""

    @property
    def narrowed(self) -> bool:
        plain = replace(self.wanted, since="", until="", with_drafts=False)
        return plain != LogFilter()

    def widen(self) -> None:
        """Everything, of all days."""
        self.period, self.actor = ALL, ANYBODY
        self.group = self.kind = self.person = self.text = ""

    @property
    def actors(self) -> list[tuple[str, str]]:
        return [(ANYBODY, "所有人"), *self.log.actors()]

    @property
    def groups(self) -> list[tuple[str, str]]:
        return [("", "全部操作"), *GROUPS.items()]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [("", "各类记录"), *((kind, kind) for kind in KINDS)]

    @property
    def said(self) -> str:
        """How many steps there are, in words."""
        shown = f"，已列出 {len(self.lines):,} 步" if self.has_more else ""
        return f"{PERIODS[self.period] if self.period != ALL else '一共'} {self.count:,} 步{shown}"
