"""R-23, R-24, R-40 … R-46: party membership as far as one file says it."""

from __future__ import annotations

from collections.abc import Iterator

from app import clock
from app.fields import dates
from app.fields.codes import code_table
from app.fields.rules.across import is_dead, rule
from app.fields.rules.groups import AT_HOME, BRANCH_POSTS, PARTY_MEMBERS, PROBATIONER
from app.fields.spec import Problem, Values

FOUNDED = "1921-07"
_LONGEST_PROBATION = 3
_PROBATION = 2
_DUES_MONTHS = 6
_BY_ONESELF = frozenset({"2", "3"})
"""学习方式 送学上门, 网上自学."""
_OF_MEMBERS = (("party_joined_on", "入党时间"), ("party_branch", "所在党支部"))
_ONLY_OF_MEMBERS = (
    ("party_joined_on", "入党时间"),
    ("party_full_on", "转正时间"),
    ("party_post", "党内职务"),
    ("dues_monthly", "党费月标准"),
    ("dues_paid_until", "党费缴至"),
)


@rule("party_joined_on")
def joined_existing_party(values: Values) -> Iterator[Problem]:
    joined = values["party_joined_on"]
    if dates.surely_before(joined, FOUNDED):
        text = f"入党时间 {dates.show(joined)} 早于 1921.07 建党，请照档案核对"
        yield Problem("party_joined_on", "E", "R-23", text)


@rule("party_joined_on", "party_full_on")
def full_member_in_time(values: Values) -> Iterator[Problem]:
    """R-23: normally one year later; from 1969 to 1977 at once."""
    joined, full = values["party_joined_on"], values["party_full_on"]
    said = f"转正时间 {dates.show(full)}"
    if dates.surely_before(full, joined):
        text = f"{said} 早于入党时间 {dates.show(joined)}，请照档案核对"
        yield Problem("party_full_on", "W", "R-23", text)
    elif dates.surely_before(dates.years_later(joined, _LONGEST_PROBATION), full):
        text = f"{said} 比入党时间 {dates.show(joined)} 晚三年以上，一般晚一年，请照档案核对"
        yield Problem("party_full_on", "W", "R-23", text)


@rule("retired_on", "party_joined_on")
def joined_before_retiring(values: Values) -> Iterator[Problem]:
    retired, joined = values["retired_on"], values["party_joined_on"]
    if dates.surely_before(retired, joined):
        text = f"入党时间 {dates.show(joined)} 晚于离退休时间 {dates.show(retired)}，请确认"
        yield Problem("party_joined_on", "W", "R-24", text)


@rule("political_status", reads=tuple(name for name, _ in _OF_MEMBERS))
def member_has_date_and_branch(values: Values) -> Iterator[Problem]:
    if values["political_status"] not in PARTY_MEMBERS:
        return
    for name, label in _OF_MEMBERS:
        if not values.get(name):
            reads = ("political_status", name)
            yield Problem(
                name, "E", "R-40", f"是党员，还缺“{label}”，请向支部核实后填写", reads, missing=True
            )


@rule("political_status", reads=tuple(name for name, _ in _ONLY_OF_MEMBERS))
def others_have_no_party_data(values: Values) -> Iterator[Problem]:
    status = values["political_status"]
    if status in PARTY_MEMBERS:
        return
    for name, label in _ONLY_OF_MEMBERS:
        if values.get(name):
            text = f"政治面貌是“{_status(status)}”，却填了“{label}”，请核对政治面貌，或清除这一项"
            yield Problem(name, "E", "R-41", text, ("political_status", name))


def _status(code: str) -> str:
    return code_table("political_status").label(code)


@rule("political_status", reads=("party_joined_on", "party_full_on", "died_on", "alive"))
def probation_is_over(values: Values) -> Iterator[Problem]:
    if values["political_status"] != PROBATIONER or is_dead(values):
        return
    joined, full = values.get("party_joined_on"), values.get("party_full_on")
    if full:
        text = f"已有转正时间 {dates.show(full)}，政治面貌还是“中共预备党员”，请改成“中共党员”"
        yield Problem("political_status", "W", "R-42", text)
    elif joined and dates.surely_before(dates.years_later(joined, _PROBATION), clock.today().isoformat()):
        text = f"{dates.show(joined)} 入党，已超过两年还是预备党员，请向支部核实是否转正"
        yield Problem("political_status", "W", "R-42", text)


@rule("party_post", reads=("party_branch", "died_on", "alive"))
def post_is_held_in_a_branch(values: Values) -> Iterator[Problem]:
    """R-43: who holds a post in a branch is a living member of it."""
    if values["party_post"] not in BRANCH_POSTS:
        return
    post = code_table("party_post").label(values["party_post"])
    if is_dead(values):
        text = f"已去世，党内职务还是“{post}”，请清除，并登记接任的人"
        yield Problem("party_post", "W", "R-43", text)
    elif not values.get("party_branch"):
        text = f"党内职务是“{post}”，没有填所在党支部，请补上"
        yield Problem("party_branch", "W", "R-43", text, missing=True)


@rule("floating", reads=("residence_class",))
def floating_member_is_away(values: Values) -> Iterator[Problem]:
    if values.get("residence_class") == AT_HOME:
        text = "是流动党员，居住地类别却是“本县（市）”，请改正其中一处"
        yield Problem("residence_class", "W", "R-45", text)


@rule("floating", reads=("floating_to", "study_method"))
def floating_member_is_looked_after(values: Values) -> Iterator[Problem]:
    if not values.get("floating_to"):
        text = "是流动党员，请写明去向和起止时间，例如“贵阳市云岩区，2024.03起”"
        yield Problem("floating_to", "W", "R-45", text, ("floating", "floating_to"), missing=True)
    if (method := values.get("study_method")) not in _BY_ONESELF:
        text = "是流动党员，学习方式应为“送学上门”或“网上自学”"
        yield Problem("study_method", "W", "R-45", text, ("floating", "study_method"), missing=not method)


@rule("lost_contact", reads=("lost_contact_on",))
def lost_member_has_a_date(values: Values) -> Iterator[Problem]:
    if not values.get("lost_contact_on"):
        text = "是失联党员，请填写失联日期"
        yield Problem("lost_contact_on", "W", "R-45", text, missing=True)


@rule("dues_paid_until", reads=("died_on", "alive"))
def dues_are_paid(values: Values) -> Iterator[Problem]:
    """R-46: as far as the date says it; '2026' may mean December."""
    until = values["dues_paid_until"]
    months = dates.months_between(dates.last_day(until).isoformat(), clock.today().isoformat())
    if months is not None and months > _DUES_MONTHS and not is_dead(values):
        text = f"党费只缴到 {dates.show(until)}，已欠缴 {months} 个月，请提醒本人或支部补缴"
        yield Problem("dues_paid_until", "W", "R-46", text)


PARTY_RULES = (
    joined_existing_party,
    full_member_in_time,
    joined_before_retiring,
    member_has_date_and_branch,
    others_have_no_party_data,
    probation_is_over,
    post_is_held_in_a_branch,
    floating_member_is_away,
    floating_member_is_looked_after,
    lost_member_has_a_date,
    dues_are_paid,
)
