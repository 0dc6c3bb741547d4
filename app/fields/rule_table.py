"""The rules of the data check as a table that an office can read: `resources/rules.csv`.

What a rule looks for stands in `app/fields/rules` and `app/services/shared_rules.py`; how grave it is, and under
which heading people find it, stands there.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from app.fields.kinds import Severity
from app.paths import resource

Scope = Literal["file", "shared"]


@dataclass(frozen=True)
class RuleInfo:
    """One rule as the office sees it.

    `severity` is the usual one; `also` is the other one that the rule gives where the case is graver or milder,
    '' for most. An office that switches the rule gives it one severity for both.
    """

    code: str
    severity: Severity
    also: Severity | Literal[""]
    title: str
    group: str
    scope: Scope
    """'file': one file says it; 'shared': several records have to be compared."""
    source: str


def _read() -> dict[str, RuleInfo]:
    with resource("rules.csv").open(encoding="utf-8", newline="") as file:
        source = file.readline().removeprefix("# source:").strip()
        return {row["code"]: _info(row, source) for row in csv.DictReader(file)}


def _info(row: Mapping[str, str], source: str) -> RuleInfo:
    return RuleInfo(
        row["code"],
        cast("Severity", row["severity"]),
        cast("Severity", row["also"]),
        row["title"],
        row["group"],
        cast("Scope", row["scope"]),
        source,
    )


RULES: Mapping[str, RuleInfo] = _read()
"""By code, in the order of the table."""
