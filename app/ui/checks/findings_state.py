"""What of a check is looked at, and where in it; no Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.services.check_groups import By, Cause, Group, Wanted, groups
from app.services.data_check import CheckResult
from app.services.findings import Finding

Key = tuple[str, str, str, str]
BOTH: Sequence[By] = ("rule", "person")


@dataclass(frozen=True)
class FindingLine:
    """A finding, or a cause that many share; `inside` stands below a cause that is open."""

    cause: Cause
    finding: Finding | None = None
    inside: bool = False
    is_open: bool = False

    @property
    def key(self) -> Key:
        """The same after the data was looked at again."""
        shown = self.finding or self.cause.first
        problem = shown.problem
        if self.finding is None:
            return ("cause", problem.code, self.cause.common, problem.message)
        return (shown.uid or shown.about, problem.code, problem.field, problem.message)


@dataclass
class Made:
    """The groups of a result that were made already: with many people that takes a fifth of a second."""

    result: CheckResult
    groups: dict[tuple[By, Wanted], Sequence[Group]] = field(default_factory=dict)

    def of(self, by: By, wanted: Wanted) -> Sequence[Group]:
        if (by, wanted) not in self.groups:
            self.groups[by, wanted] = groups(self.result, by, wanted)
        return self.groups[by, wanted]


@dataclass
class FindingsState:
    """A result, how it is grouped and narrowed, the group in front and the line in it."""

    result: CheckResult | None = None
    by: By = "rule"
    wanted: Wanted = field(default_factory=Wanted)
    groups: Sequence[Group] = ()
    group: Group | None = None
    lines: Sequence[FindingLine] = ()
    line: FindingLine | None = None
    _open: set[Key] = field(default_factory=set)
    _made: Made | None = None

    def prepare(self, result: CheckResult) -> None:
        """What `show` of it needs; may run on another thread."""
        made = Made(result)
        for by in BOTH:
            made.of(by, self.wanted)
        self._made = made

    def show(self, result: CheckResult) -> None:
        """Whoever looks at a line stays there, or comes to the next where it is gone."""
        self.result = result
        self.refresh()

    def narrow(self, by: By, wanted: Wanted) -> None:
        self.by, self.wanted = by, wanted
        self.refresh()

    def refresh(self) -> None:
        if self.result and (self._made is None or self._made.result is not self.result):
            self._made = Made(self.result)
        self.groups = self._made.of(self.by, self.wanted) if self.result and self._made else ()
        before = self.group.key if self.group else ""
        kept = next((group for group in self.groups if group.key == before), None)
        self._take(kept or next(iter(self.groups), None))

    def choose_group(self, key: str) -> None:
        self._take(next((group for group in self.groups if group.key == key), None))

    def choose_line(self, place: int) -> None:
        self.line = self.lines[place] if 0 <= place < len(self.lines) else None

    @property
    def place(self) -> int:
        """Of the line in front, -1 when there is none."""
        return next((n for n, each in enumerate(self.lines) if each is self.line), -1)

    def toggle(self, line: FindingLine) -> None:
        """Opens the names behind a cause, or shuts them."""
        self._open ^= {line.key}
        self._spread(self.place)

    def go_on(self) -> bool:
        """To the next line, and over to the next group; False behind the last."""
        after = self.place + 1
        if after < len(self.lines):
            self.line = self.lines[after]
            return True
        keys = [group.key for group in self.groups]
        following = keys.index(self.group.key) + 1 if self.group else len(keys)
        if following >= len(keys):
            return False
        self.choose_group(keys[following])
        return True

    def _take(self, group: Group | None) -> None:
        stays = self.group is not None and group is not None and self.group.key == group.key
        before, place = (self.line, self.place) if stays else (None, 0)
        self.group = group
        self._spread(place)
        same = next((each for each in self.lines if before and each.key == before.key), None)
        self.line = same or self.line

    def _spread(self, place: int) -> None:
        self.lines = list(_lines(self.group, self._open)) if self.group else []
        self.line = self.lines[min(max(place, 0), len(self.lines) - 1)] if self.lines else None


def _lines(group: Group, open_: set[Key]) -> Iterator[FindingLine]:
    for cause in group.causes:
        if not cause.is_shared:
            yield FindingLine(cause, cause.first)
            continue
        head = FindingLine(cause)
        opened = head.key in open_
        yield FindingLine(cause, is_open=opened)
        if opened:
            yield from (FindingLine(cause, finding, inside=True) for finding in cause.findings)
