"""R-54 … R-56: health, and the stays in hospital that go with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app import clock
from app.fields import dates
from app.fields.rules.across import is_dead, rule
from app.fields.rules.family_rules import is_open
from app.fields.rules.groups import DISABLED, ILL
from app.fields.spec import Problem, Values

LONG_STAY_DAYS = 90
_IN_HOSPITAL = "7"
"""居住状况 长期住院."""
_HELPLESS, _ACTIVE = "3", "1"


def open_stays(values: Values) -> list[Mapping[str, Any]]:
    """Stays in hospital that have begun and not ended."""
    rows = values.get("hospital_stays") or ()
    return [row for row in rows if row.get("admitted_on") and not row.get("discharged_on")]


def _is_long_in_hospital(values: Values) -> bool:
    return values.get("living_arrangement") == _IN_HOSPITAL or is_open(values, "hospital")


@rule(reads=("special_conditions", "living_arrangement", "hospital_stays", "died_on", "alive"))
def long_stay_has_a_record(values: Values) -> Iterator[Problem]:
    if "hospital_stays" not in values or is_dead(values):
        return
    if _is_long_in_hospital(values) and not open_stays(values):
        text = (
            "标为长期住院，却没有还在住院的记录，请补上住院记录；已出院的，请改居住状况或给特殊情况填上止期"
        )
        yield Problem("hospital_stays", "W", "R-54", text, missing=True)


@rule("hospital_stays", reads=("special_conditions", "living_arrangement", "died_on", "alive"))
def long_stay_is_marked(values: Values) -> Iterator[Problem]:
    if is_dead(values) or _is_long_in_hospital(values):
        return
    today = clock.today()
    for row in open_stays(values):
        days = (today - dates.last_day(row["admitted_on"])).days
        if days > LONG_STAY_DAYS:
            text = (
                f"{dates.show(row['admitted_on'])} 入院，已超过 {LONG_STAY_DAYS} 天没有出院，"
                "请在特殊情况里加“长期住院”；已出院的请填出院时间"
            )
            yield Problem("hospital_stays", "W", "R-54", text)
            return


@rule("self_care", reads=("attends_branch", "activity"))
def the_helpless_stay_at_home(values: Values) -> Iterator[Problem]:
    if values["self_care"] != _HELPLESS:
        return
    if values.get("attends_branch"):
        text = "自理能力是“不能自理”，却填了能定期参加支部活动，请改正其中一处"
        yield Problem("attends_branch", "W", "R-55", text, ("self_care", "attends_branch"))
    if values.get("activity") == _ACTIVE:
        text = "自理能力是“不能自理”，活动能力却是“能参加会议和活动”，请改正其中一处"
        yield Problem("activity", "W", "R-55", text, ("self_care", "activity"))


@rule("health_status", reads=("illnesses", "disability"))
def illness_is_named(values: Values) -> Iterator[Problem]:
    kind = values["health_status"][:1]
    if kind == ILL and not values.get("illnesses"):
        text = "健康状况填了慢性病，请在主要疾病里写明病名"
        yield Problem("illnesses", "W", "R-56", text, ("health_status", "illnesses"), missing=True)
    elif kind == DISABLED and not (values.get("illnesses") or values.get("disability")):
        text = "健康状况填了残疾，请在主要疾病或评残情况里写明"
        yield Problem("illnesses", "W", "R-56", text, missing=True)


HEALTH_RULES = (long_stay_has_a_record, long_stay_is_marked, the_helpless_stay_at_home, illness_is_named)
