"""R-32, R-59: the working life, from its first day to retirement, without gaps or overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from app.fields import dates
from app.fields.rules.across import rule
from app.fields.spec import Problem, Values

Period = Mapping[str, Any]
_RETIRED = re.compile("退休|离休|离岗|内退|退职|退养")
_STUDY = re.compile("学习|学员|学生|就读|读书|上学|求学|毕业|进修|培训")
_MEANWHILE = re.compile(r"^\s*[（(]?\s*(其间|期间|同时)")
_MOST_MONTHS = 1
"""A month between two periods is a matter of how the archive counts."""
_FEW = 3
_IN_OFFICE = re.compile("现任|在任|在职|在岗|现为|主持工作")


@rule("resume", reads=("work_started_on", "retired_on"))
def resume_is_whole(values: Values) -> Iterator[Problem]:
    """R-32: it begins with work, ends with retirement, and has no holes."""
    periods = _periods(values)
    if periods:
        yield from _beginning(periods, values.get("work_started_on"))
        yield from _end(periods, values.get("retired_on"))
        yield from _holes(periods)


def _beginning(periods: Sequence[Period], started: str | None) -> Iterator[Problem]:
    """Years at school may stand before; some count as work, so one that begins on that day explains it, too."""
    work = [each["started_on"] for each in periods if not _STUDY.search(each.get("text") or "")]
    if not started or not work or any(dates.may_be_same(each["started_on"], started) for each in periods):
        return
    text = f"简历从 {dates.show(work[0])} 开始工作，参加工作时间是 {dates.show(started)}，请照档案改成一致"
    yield Problem("resume", "W", "R-32", text, ("resume", "work_started_on"))


def _end(periods: Sequence[Period], retired: str | None) -> Iterator[Problem]:
    """The last period of work ends, or one that says 退休 begins, when the file says so."""
    saying = (str(each["started_on"]) for each in periods if _RETIRED.search(each.get("text") or ""))
    end = next(saying, None) or periods[-1].get("ended_on")
    if retired and end and not dates.may_be_same(end, retired):
        text = f"简历到 {dates.show(end)} 为止，离退休时间是 {dates.show(retired)}，请照档案改成一致"
        yield Problem("resume", "W", "R-32", text, ("resume", "retired_on"))


def _holes(periods: Sequence[Period]) -> Iterator[Problem]:
    """All that does not fit together, in one sentence."""
    if told := list(_seams(periods)):
        more = f"等 {len(told)} 处" if len(told) > _FEW else ""
        text = f"{'；'.join(told[:_FEW])}{more}，请照档案补齐或改正"
        yield Problem("resume", "W", "R-32", text, ("resume",))


def _seams(periods: Sequence[Period]) -> Iterator[str]:
    for earlier, later in pairwise(periods):
        end, begin = earlier.get("ended_on"), later["started_on"]
        if not end:
            continue
        between = f"{dates.show(end)} 到 {dates.show(begin)}"
        months = dates.months_between(end, begin)
        if dates.surely_before(begin[:7], end[:7]):
            yield f"简历里 {between} 前后两段重叠"
        elif months is not None and months > _MOST_MONTHS:
            yield f"简历里 {between} 空了 {months - 1} 个月"
        elif months is None and int(begin[:4]) - int(end[:4]) > 1:
            yield f"简历里 {between} 中间有空缺"


def _periods(values: Values) -> list[Period]:
    """Those with a beginning, in the order of time, without what was done beside another post."""
    rows: Sequence[Period] = values.get("resume") or ()
    told = [row for row in rows if row.get("started_on") and not _MEANWHILE.match(row.get("text") or "")]
    return sorted(told, key=lambda row: str(row["started_on"]))


@rule("former_post", "retired_on")
def post_reads_as_past(values: Values) -> Iterator[Problem]:
    """R-59: personnel systems refuse a retired person in office."""
    post = values["former_post"]
    if _IN_OFFICE.search(post):
        text = f"已离退休，职务却写成“{post}”，请写离退休时的职务，例如“原……主任”"
        yield Problem("former_post", "I", "R-59", text)


RESUME_RULES = (resume_is_whole, post_reads_as_past)
