"""What the office decided about the rules, read once: switched severities, and warnings it looked into."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields.kinds import Severity
from app.fields.spec import Problem, Values
from app.models.checks import Acceptance, RuleSwitch

OFF = "off"
Place = tuple[str, str, str, str]
"""Cadre, what else it is about, rule, field."""


@dataclass(frozen=True)
class Judgement:
    """As it stood when it was read. Without anything in it, problems stay as the rules give them."""

    severities: Mapping[str, str] = field(default_factory=dict)
    """Rule code → 'E', 'W', 'I' or 'off', for the rules that the office has switched."""
    seen: Mapping[Place, frozenset[str]] = field(default_factory=dict)

    def switched(self, problems: Iterable[Problem]) -> list[Problem]:
        """Without those of rules that are off."""
        if not self.severities:
            return list(problems)
        weighed = ((problem, self.severities.get(problem.code)) for problem in problems)
        return [_weighed(problem, severity) for problem, severity in weighed if severity != OFF]

    def holds(self, uid: str, problem: Problem, values: Values, about: str = "") -> bool:
        """Whether it was looked into and the values are still those. An error is never let pass."""
        if problem.severity == "E" or not self.seen:
            return False
        kept = self.seen.get((uid, about, problem.code, problem.field))
        return kept is not None and seen_values(problem, values) in kept

    def of(self, uid: str | None, values: Values, problems: Iterable[Problem]) -> list[Problem]:
        """The problems of one file that are left to look at."""
        return [each for each in self.switched(problems) if not self.holds(uid or "", each, values)]


def read_judgement(session: Session, uid: str | None = None) -> Judgement:
    """Of everybody, or of one file only."""
    wanted = select(
        Acceptance.cadre_uid, Acceptance.about, Acceptance.rule, Acceptance.field_name, Acceptance.seen
    )
    if uid is not None:
        wanted = wanted.where(Acceptance.cadre_uid == uid)
    seen: dict[Place, frozenset[str]] = {}
    for cadre, about, rule, name, text in session.execute(wanted):
        place = (cadre or "", about, rule, name)
        seen[place] = seen.get(place, frozenset()) | {text}
    return Judgement(read_severities(session), seen)


def read_severities(session: Session) -> dict[str, str]:
    """Of the rules that the office has switched."""
    return {row.code: row.severity for row in session.execute(select(RuleSwitch.code, RuleSwitch.severity))}


def seen_values(problem: Problem, values: Values) -> str:
    """The values that the rule judged, as JSON that is equal when they are."""
    names = problem.reads or (problem.field,)
    return json.dumps({name: _plain(values.get(name)) for name in names}, ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    """Rows of a part without their own uids, so that typing the same row again changes nothing."""
    if isinstance(value, list):
        rows = cast("list[dict[str, Any]]", value)
        return [{k: v for k, v in row.items() if k != "uid" and v not in (None, "")} for row in rows]
    return None if value == "" else value


def _weighed(problem: Problem, severity: str | None) -> Problem:
    if severity is None or severity == problem.severity:
        return problem
    return replace(problem, severity=cast("Severity", severity))
