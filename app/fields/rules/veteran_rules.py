"""R-25 … R-28: 离休 needs revolutionary work by 1949-09-30, and the period that belongs to its beginning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.fields import dates
from app.fields.codes import code_table
from app.fields.kinds import Severity
from app.fields.rules.across import rule
from app.fields.rules.groups import VETERAN_KINDS
from app.fields.spec import Problem, Values

_A_DAY = dt.timedelta(days=1)
LAST_DAY_OF_WAR = "1949-09-30"
_YOUNGEST = "1935-10"
_PERIODS = (
    ("1", "1927-07-31"),
    ("2", "1937-07-06"),
    ("3", "1942-12-31"),
    ("4", "1945-09-02"),
    ("5", LAST_DAY_OF_WAR),
)


@rule("retirement_kind", "work_started_on")
def veteran_joined_in_time(values: Values) -> Iterator[Problem]:
    """R-25: necessary, not sufficient."""
    started = values["work_started_on"]
    if values["retirement_kind"] in VETERAN_KINDS and dates.surely_before(LAST_DAY_OF_WAR, started):
        text = (
            f"离休要求 1949.09.30 前参加革命工作，现为 {dates.show(started)}，请核对参加工作时间和离退休类别"
        )
        yield Problem("retirement_kind", "E", "R-25", text)


@rule("retirement_kind", "birth_date")
def veteran_was_no_child(values: Values) -> Iterator[Problem]:
    if values["retirement_kind"] in VETERAN_KINDS and dates.surely_before(_YOUNGEST, values["birth_date"]):
        text = f"离休干部 {dates.show(values['birth_date'])} 出生，1949 年不满 14 岁，请照档案核对"
        yield Problem("birth_date", "W", "R-26", text)


@rule("retirement_kind", reads=("revolution_period",))
def veteran_has_a_period(values: Values) -> Iterator[Problem]:
    if values["retirement_kind"] in VETERAN_KINDS and not values.get("revolution_period"):
        text = "离休干部要填写参加革命工作时期，请照离休批文填写"
        yield Problem("revolution_period", "E", "R-27", text, missing=True)


@rule("retirement_kind", "revolution_period", "work_started_on", reads=("treatment_document",))
def veteran_period_fits(values: Values) -> Iterator[Problem]:
    """R-27: an approval may lawfully say another period than the date."""
    if values["retirement_kind"] not in VETERAN_KINDS:
        return
    period, started = values["revolution_period"], values["work_started_on"]
    possible = possible_periods(started)
    if possible and period not in possible:
        severity: Severity = "W" if values.get("treatment_document") else "E"
        label = code_table("revolution_period").label
        right = "或".join(label(code) for code in possible)
        text = (
            f"参加革命工作时期是“{label(period)}”，按参加工作时间 {dates.show(started)} 应为“{right}”，请核对"
        )
        yield Problem("revolution_period", severity, "R-27", text)


def possible_periods(started: str) -> list[str]:
    """All periods that a date of this precision can fall into (domain.md §2.9)."""
    first, last = dates.first_day(started), dates.last_day(started)
    begins = [dt.date.min, *(dates.first_day(end) + _A_DAY for _, end in _PERIODS)]
    return [
        code
        for (code, end), begin in zip(_PERIODS, begins, strict=False)
        if begin <= last and first <= dates.first_day(end)
    ]


@rule("retirement_kind", "work_started_on")
def worked_before_the_republic(values: Values) -> Iterator[Problem]:
    """R-28: such people are counted on their own."""
    started = values["work_started_on"]
    if values["retirement_kind"] == "TX" and not dates.surely_before(LAST_DAY_OF_WAR, started):
        text = (
            f"{dates.show(started)} 参加工作，早于 1949.09.30 而填“退休”，"
            "请确认类别是离休还是“建国前参加工作的退休干部”"
        )
        yield Problem("retirement_kind", "W", "R-28", text)


VETERAN_RULES = (
    veteran_joined_in_time,
    veteran_was_no_child,
    veteran_has_a_period,
    veteran_period_fits,
    worked_before_the_republic,
)
