"""Findings in the order they are cleared: by rule or by person, and one cause shared by many as one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from app.exchange.collector import collector_paused
from app.fields.rule_table import RULES
from app.services.data_check import GAP, CheckedFile, CheckResult
from app.services.findings import Finding
from app.services.judgement import seen_values

K = TypeVar("K", str, tuple[str, str])
WORST_FIRST = "EWI"
MANY = 5
"""So many findings of one cause are one line."""
MOST = 0.5
"""A cause is that of a village, branch or unit when more than this share of its people have it."""
EVERYBODY = "全部档案"
RECORDS: Mapping[str, str] = {"visit": "同一次走访", "batch": "同一批发放"}
TRAITS: Mapping[str, Callable[[CheckedFile], str]] = {
    "village": lambda checked: checked.village,
    "party_branch": lambda checked: checked.file.values.get("party_branch") or "",
    "former_unit": lambda checked: checked.file.values.get("former_unit") or "",
}
"""What people have in common besides the value itself, the first that explains a fault is taken."""
By = Literal["rule", "person"]


@dataclass(frozen=True)
class Cause:
    """One line: a single finding, or what many have in common."""

    findings: Sequence[Finding]
    common: str = ""
    """What they share: a village, a branch, a unit, or EVERYBODY; '' where it is the value itself."""

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def is_shared(self) -> bool:
        return len(self.findings) > 1

    @property
    def counted(self) -> str:
        """How many people, or how many places where somebody has several."""
        people = _people(self.findings)
        return f"{people} 人" if people == len(self.findings) else f"{len(self.findings)} 处"


@dataclass(frozen=True)
class Group:
    """What one rule found, or what was found of one person."""

    key: str
    title: str
    severity: str
    """The gravest in it."""
    causes: Sequence[Cause]
    percent: int = 0
    """Completeness, of a person."""

    @property
    def findings(self) -> list[Finding]:
        return [finding for cause in self.causes for finding in cause.findings]

    @property
    def count(self) -> int:
        return sum(len(cause.findings) for cause in self.causes)

    @property
    def people(self) -> int:
        return _people(self.findings)


@dataclass(frozen=True)
class Wanted:
    """What of a result is looked at; '' is everything."""

    village: str = ""
    severity: str = ""
    gaps: bool = True
    """Also what is only not filled in."""


def chosen(result: CheckResult, wanted: Wanted) -> list[Finding]:
    found = [*result.findings, *(result.gaps if wanted.gaps else ())]
    if wanted.severity:
        found = [each for each in found if each.problem.severity == wanted.severity]
    if wanted.village:
        inside = {uid for uid, checked in result.files.items() if checked.village == wanted.village}
        found = [each for each in found if each.uid in inside]
    return found


@collector_paused()
def groups(result: CheckResult, by: By = "rule", wanted: Wanted = Wanted()) -> list[Group]:
    """The gravest first, then what is found most."""
    found = chosen(result, wanted)
    made = _by_rule(result, found) if by == "rule" else _by_person(result, found)
    return sorted(made, key=lambda group: (WORST_FIRST.index(group.severity), -group.count, group.key))


def _by_rule(result: CheckResult, findings: Iterable[Finding]) -> Iterator[Group]:
    causes = Causes(result)
    for code, found in _sorted_out(findings, lambda each: each.problem.code).items():
        yield Group(code, rule_title(code), _worst(found), causes.of(found))


def _by_person(result: CheckResult, findings: Iterable[Finding]) -> Iterator[Group]:
    for key, found in _sorted_out(findings, lambda each: each.uid or each.about).items():
        checked = result.files.get(key)
        percent = checked.completeness.percent if checked else 0
        ordered = sorted(found, key=lambda each: WORST_FIRST.index(each.problem.severity))
        yield Group(key, found[0].name, _worst(found), [Cause([each]) for each in ordered], percent)


def rule_title(code: str) -> str:
    if code == GAP:
        return "缺项"
    return RULES[code].title if code in RULES else code


class Causes:
    """Finds what the findings of one rule have in common; it takes time in proportion to them."""

    def __init__(self, result: CheckResult) -> None:
        self._files = result.files
        self._sizes = {name: Counter(map(trait, result.files.values())) for name, trait in TRAITS.items()}

    def of(self, findings: Sequence[Finding]) -> list[Cause]:
        """The shared ones first, each at the place of nothing else; single ones keep their order."""
        shared, left = _by_own_word(findings)
        single: list[Finding] = []
        for alike in _sorted_out(left, lambda each: (each.problem.field, each.problem.message)).values():
            self._explain(alike, shared, single)
        shared.sort(key=lambda cause: -len(cause.findings))
        return [*shared, *(Cause([finding]) for finding in single)]

    def _explain(self, alike: list[Finding], shared: list[Cause], single: list[Finding]) -> None:
        """`alike` say the same of the same field."""
        causes, left = _by_record(alike)
        for sort in (self._by_value, self._by_everybody, *map(self._by_trait, TRAITS)):
            if len(left) < MANY:
                break
            more, left = sort(left)
            causes += more
        shared += causes
        single += left

    def _by_value(self, findings: list[Finding]) -> tuple[list[Cause], list[Finding]]:
        """The same value was judged the same: one wrong word in many files."""
        return _parted(_sorted_out(findings, self._value), lambda value, _: bool(value))

    def _by_everybody(self, findings: list[Finding]) -> tuple[list[Cause], list[Finding]]:
        if _people(findings) > MOST * len(self._files):
            return [Cause(findings, EVERYBODY)], []
        return [], findings

    def _by_trait(self, name: str) -> Callable[[list[Finding]], tuple[list[Cause], list[Finding]]]:
        sizes, trait = self._sizes[name], TRAITS[name]

        def sort(findings: list[Finding]) -> tuple[list[Cause], list[Finding]]:
            parts = _sorted_out(
                findings, lambda each: trait(self._files[each.uid]) if each.uid in self._files else ""
            )
            causes, left = _parted(
                parts, lambda word, found: bool(word) and _people(found) > MOST * sizes[word]
            )
            return [Cause(cause.findings, self._word(name, cause)) for cause in causes], left

        return sort

    def _word(self, name: str, cause: Cause) -> str:
        return TRAITS[name](self._files[cause.first.uid])

    def _value(self, finding: Finding) -> str:
        checked = self._files.get(finding.uid)
        if checked is None or finding.about:
            return ""
        file, problem = checked.file, finding.problem
        read = {
            name: file.values.get(name) or file.parts.get(name) for name in problem.reads or (problem.field,)
        }
        return seen_values(problem, read) if any(read.values()) else ""


def _by_own_word(findings: Sequence[Finding]) -> tuple[list[Cause], list[Finding]]:
    """Where the rule itself knows what many come from."""
    causes, left = _parted(_sorted_out(findings, lambda each: each.cause), lambda word, _: bool(word))
    return [Cause(cause.findings, cause.first.cause) for cause in causes], left


def _by_record(findings: list[Finding]) -> tuple[list[Cause], list[Finding]]:
    """The same visit or payment of several people is one fault, however few they are."""
    causes, left = [], []
    for about, found in _sorted_out(findings, lambda each: each.about).items():
        if about and len(found) > 1:
            causes.append(Cause(found, RECORDS.get(about.partition(":")[0], "")))
        else:
            left += found
    return causes, left


def _parted(
    parts: Mapping[str, list[Finding]], is_cause: Callable[[str, list[Finding]], bool]
) -> tuple[list[Cause], list[Finding]]:
    """Large parts that have a cause, and the rest of the findings."""
    causes, left = [], []
    for word, found in parts.items():
        if len(found) >= MANY and is_cause(word, found):
            causes.append(Cause(found))
        else:
            left += found
    return causes, left


def _sorted_out(findings: Iterable[Finding], key: Callable[[Finding], K]) -> dict[K, list[Finding]]:
    found: dict[K, list[Finding]] = {}
    for finding in findings:
        found.setdefault(key(finding), []).append(finding)
    return found


def _people(findings: Iterable[Finding]) -> int:
    return len({finding.uid or finding.about for finding in findings})


def _worst(findings: Iterable[Finding]) -> str:
    return min((each.problem.severity for each in findings), key=WORST_FIRST.index)
