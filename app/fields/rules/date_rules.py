"""R-20, R-30, R-33, R-34: the order of the dates of a life. Equal months are allowed for month precision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from app import clock
from app.fields import dates
from app.fields.rules.across import rule
from app.fields.spec import Problem, Values

_LIFE = (("birth_date", "出生"), ("work_started_on", "参加工作"), ("retired_on", "离退休"))
_ORDER = (
    *((*first, *second) for first, second in combinations(_LIFE, 2)),
    ("birth_date", "出生", "party_joined_on", "入党"),
    ("birth_date", "出生", "died_on", "去世"),
    ("retired_on", "离退休", "died_on", "去世"),
)
_PAST = (
    *_LIFE,
    ("party_joined_on", "入党"),
    ("party_full_on", "转正"),
    ("treatment_approved_on", "待遇批准"),
    ("relocated_on", "安置"),
    ("died_on", "去世"),
)
_OF_DEATH = "died_on"


@rule(reads=tuple(dict.fromkeys(name for earlier, _, later, _ in _ORDER for name in (earlier, later))))
def dates_are_in_order(values: Values) -> Iterator[Problem]:
    """R-20, and R-30 where it is about a death."""
    for earlier, first, later, second in _ORDER:
        before, after = values.get(earlier), values.get(later)
        if before and after and dates.surely_before(after, before):
            text = f"{second}时间 {dates.show(after)} 早于{first}时间 {dates.show(before)}，请照档案核对"
            yield Problem(later, "E", "R-30" if later == _OF_DEATH else "R-20", text, (earlier, later))


@rule(reads=tuple(name for name, _ in _PAST))
def dates_are_past(values: Values) -> Iterator[Problem]:
    """R-20, R-30: nothing of this may lie in the future."""
    today = clock.today().isoformat()
    for name, word in _PAST:
        date = values.get(name)
        if date and dates.surely_before(today, date):
            text = f"{word}时间 {dates.show(date)} 还没有到，请核对"
            yield Problem(name, "E", "R-30" if name == _OF_DEATH else "R-20", text, (name,))


@rule("died_on", "alive")
def the_dead_do_not_live(values: Values) -> Iterator[Problem]:
    text = f"填了去世时间 {dates.show(values['died_on'])}，“是否在世”却是“是”，请改正其中一处"
    yield Problem("alive", "E", "R-30", text)


@rule("treatment_approved_on", reads=("work_started_on", "retired_on"))
def treatment_is_approved_in_time(values: Values) -> Iterator[Problem]:
    """R-33: approval before work began is an error, before retirement unusual."""
    approved, started, retired = (
        values.get(name) for name in ("treatment_approved_on", "work_started_on", "retired_on")
    )
    assert approved is not None
    if started and dates.surely_before(approved, started):
        text = f"待遇批准时间 {dates.show(approved)} 早于参加工作时间 {dates.show(started)}，请照批文核对"
        yield Problem("treatment_approved_on", "E", "R-33", text)
    elif retired and dates.surely_before(approved, retired):
        text = f"待遇批准时间 {dates.show(approved)} 早于离退休时间 {dates.show(retired)}，请照批文核对"
        yield Problem("treatment_approved_on", "W", "R-33", text)


_OF_ARCHIVE = ("birth_date", "party_joined_on", "work_started_on", "retired_on", "treatment_approved_on")
_FEWEST_FIRSTS = 3


@rule(reads=_OF_ARCHIVE)
def days_were_not_invented(values: Values) -> Iterator[Problem]:
    """R-34: archives mostly know the month; a program that wants a day puts the first."""
    days = {name: date for name in _OF_ARCHIVE if (date := values.get(name)) and len(date) > len("2026-11")}
    if len(days) >= _FEWEST_FIRSTS and all(date.endswith("-01") for date in days.values()):
        text = f"有 {len(days)} 个日期都写到 1 日，档案里只写到月的，请改成只填年月"
        yield Problem(next(iter(days)), "I", "R-34", text)


DATE_RULES = (
    dates_are_in_order,
    dates_are_past,
    the_dead_do_not_live,
    treatment_is_approved_in_time,
    days_were_not_invented,
)
