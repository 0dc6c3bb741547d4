"""R-21, R-22, R-29: how old somebody was. Of dates without a day, the likeliest reading in favour counts."""

from __future__ import annotations

from collections.abc import Iterator

from app.fields import dates
from app.fields.kinds import Severity
from app.fields.rules.across import rule
from app.fields.spec import Problem, Values

CHARTER_OF_1956 = "1956"
"""From then on the charter of the party asks for 18 years."""
_USUAL = {"1": (55, 65), "2": (50, 60)}
_OTHERWISE = frozenset({"TXB", "TXT", "TZ", "JX", "LG"})
"""Ill, early, without a pension, out of the army, waiting: other ages are usual there."""


@rule("birth_date", "work_started_on")
def started_work_of_age(values: Values) -> Iterator[Problem]:
    """R-21: child soldiers and 知青 exist, so only below ten years is an error."""
    if 0 <= (age := dates.most_years(values["birth_date"], values["work_started_on"])) < 16:
        severity: Severity = "E" if age < 10 else "W"
        text = f"参加工作时只有 {age} 岁，一般满 16 岁，请照档案核对出生和参加工作时间"
        yield Problem("work_started_on", severity, "R-21", text)


@rule("birth_date", "party_joined_on")
def joined_party_of_age(values: Values) -> Iterator[Problem]:
    """R-22: wartime admissions were earlier."""
    joined = values["party_joined_on"]
    if 0 <= (age := dates.most_years(values["birth_date"], joined)) < 18:
        severity: Severity = "E" if joined >= CHARTER_OF_1956 else "W"
        text = f"入党时只有 {age} 岁，应满 18 岁，请照档案核对出生和入党时间"
        yield Problem("party_joined_on", severity, "R-22", text)


@rule("sex", "birth_date", "retired_on", reads=("retirement_kind",))
def retired_at_usual_age(values: Values) -> Iterator[Problem]:
    """R-29: men 55 to 65, women 50 to 60; earlier wants the kind 病退 or 提前退休."""
    usual = _USUAL.get(values["sex"])
    if usual is None or values.get("retirement_kind") in _OTHERWISE:
        return
    born, retired = values["birth_date"], values["retired_on"]
    least, most = dates.least_years(born, retired), dates.most_years(born, retired)
    if 0 <= most < usual[0]:
        text = f"离退休时 {most} 岁，早于常见的 {usual[0]} 岁；病退或提前退休的，请把离退休类别改成“病退”或“提前退休”"
        yield Problem("retired_on", "W", "R-29", text)
    elif least > usual[1]:
        yield Problem(
            "retired_on", "W", "R-29", f"离退休时 {least} 岁，晚于常见的 {usual[1]} 岁，请照批文核对"
        )


AGE_RULES = (started_work_of_age, joined_party_of_age, retired_at_usual_age)
