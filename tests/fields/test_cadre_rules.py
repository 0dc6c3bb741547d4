"""The rules over one record: each from both sides, silent without data, minding the precision of dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.fields import dates, identity
from app.fields.cadre_rules import CADRE_RULES
from app.fields.service_rules import PAYMENT_RULES, VISIT_RULES
from app.fields.spec import Problem, RecordType
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from tests.fields.rule_case import MAN, Wrong
from tests.fields.rule_cases import CASES

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True, scope="module")
def fixed_today():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: TODAY)
        yield


def found(code: str, values: dict[str, Any], record: RecordType = CADRE) -> list[Problem]:
    return [problem for problem in record.problems(values) if problem.code == code]


WRONG = [
    pytest.param(code, case, cases.record, id=f"{code}-{number}")
    for code, cases in CASES.items()
    for number, case in enumerate(cases.wrong, 1)
]
RIGHT = [
    pytest.param(code, values, cases.record, id=f"{code}-{number}")
    for code, cases in CASES.items()
    for number, values in enumerate(cases.right, 1)
]


@pytest.mark.parametrize(("code", "case", "record"), WRONG)
def test_what_is_wrong_is_said_once_where_it_is_seen(code: str, case: Wrong, record: RecordType):
    assert [(each.severity, each.field) for each in found(code, case.values, record)] == [
        (case.severity, case.field)
    ]


@pytest.mark.parametrize(("code", "values", "record"), RIGHT)
def test_what_can_be_right_is_not_questioned(code: str, values: dict[str, Any], record: RecordType):
    assert found(code, values, record) == []


@pytest.mark.parametrize("rule", [*CADRE_RULES, *VISIT_RULES, *PAYMENT_RULES], ids=lambda rule: rule.name)
def test_every_rule_is_silent_without_data(rule):
    assert list(rule({})) == []
    assert list(rule({field.name: None for field in CADRE.fields})) == []


def test_every_rule_reads_what_there_is():
    known = {field.name for field in CADRE.fields} | set(PART_TYPES)
    assert {name for rule in CADRE_RULES for name in rule.reads} <= known


@pytest.mark.parametrize(("code", "case", "record"), WRONG)
def test_a_rule_across_fields_says_what_it_judged(code: str, case: Wrong, record: RecordType):
    across = [problem for rule in record.rules for problem in rule(case.values) if problem.code == code]
    for problem in across:
        assert problem.field in problem.reads
        assert "，" in problem.message, "what is wrong, and what to do about it"


def test_a_wrong_number_hides_no_other_rule():
    values = {"name": "廖应", "id_number": "529999195203170013", "sex": "2", "birth_date": "1952-03"}
    codes = [
        problem.code for problem in CADRE.problems({**values, "retired_on": "1950"}) if problem.code != "R-00"
    ]
    assert codes == ["R-02", "R-20"]


def test_an_unreadable_field_hides_only_the_rules_that_read_it():
    values = {"birth_date": "1952-03", "work_started_on": "1951", "retired_on": "1950"}
    problems = CADRE.problems(values, {"birth_date"})
    assert [(each.field, each.code) for each in problems if each.code != "R-00"] == [("retired_on", "R-20")]


def test_a_sound_file_gives_no_word():
    values = {
        "name": "廖应", "sex": "1", "birth_date": "1952-03", "id_number": MAN, "work_started_on": "1970-03",
        "retired_on": "2012-03", "retirement_kind": "TX", "political_status": "01",
        "party_joined_on": "1974-05", "party_full_on": "1975-05", "party_branch": "机关支部",
        "mobile": "19900005062", "health_status": "1", "contacts": [], "rank": "142", "treatment": "142",
        "dues_paid_until": "2026-10", "marital_status": "20", "living_arrangement": "1",
        "family": [{"relation": "妻子", "alive": True}], "alive": True, "hospital_stays": [],
        "resume": [
            {"started_on": "1970-03", "ended_on": "1988-07", "text": "卫城中学教师"},
            {"started_on": "1988-07", "ended_on": "2012-03", "text": "卫城中学校长"},
            {"started_on": "2012-03", "text": "退休"},
        ],
    }  # fmt: skip
    assert [problem for problem in CADRE.problems(values) if problem.code != "R-00"] == []


@pytest.mark.parametrize(
    ("started", "fitting"),
    [
        ("1927-07-31", "1"),
        ("1927-08-01", "2"),
        ("1937-07-06", "2"),
        ("1937-07-07", "3"),
        ("1937-07", "23"),
        ("1942-12-31", "3"),
        ("1943-01", "4"),
        ("1945-09-02", "4"),
        ("1945-09-03", "5"),
        ("1945-09", "45"),
        ("1945", "45"),
        ("1949-09-30", "5"),
    ],
)
def test_the_period_of_a_veteran_is_one_that_the_date_allows(started: str, fitting: str):
    accepted = [
        period
        for period in "12345"
        if not found(
            "R-27", {"retirement_kind": "LX", "work_started_on": started, "revolution_period": period}
        )
    ]
    assert "".join(accepted) == fitting


def test_messages_say_both_values_and_what_to_do():
    (problem,) = found("R-05", {"birth_date": "1952-04", "id_number": MAN})
    assert problem.message == "档案出生日期 1952.04 与身份证 1952.03.17 不一致，请核对并写明原因"
    (problem,) = found(
        "R-27", {"retirement_kind": "LX", "work_started_on": "1948-05", "revolution_period": "4"}
    )
    assert problem.message == (
        "参加革命工作时期是“抗日战争后期”，按参加工作时间 1948.05 应为“解放战争时期”，请核对"
    )
    (problem,) = found(
        "R-32",
        {
            "resume": [
                {"started_on": "1970-03", "ended_on": "1980-05"},
                {"started_on": "1980-12", "ended_on": "2012-03"},
            ]
        },
    )
    assert problem.message == "简历里 1980.05 到 1980.12 空了 6 个月，请照档案补齐或改正"


days = st.dates(dt.date(1900, 1, 1), TODAY).map(dt.date.isoformat)
precisions = st.sampled_from((4, 7, 10))
LIFE = ("birth_date", "party_joined_on", "work_started_on", "retired_on", "treatment_approved_on", "died_on")


@st.composite
def lives(draw: st.DrawFn, names: tuple[str, ...] = LIFE) -> dict[str, str]:
    """Dates in lawful order, each as precise as the archive happened to be."""
    drawn = sorted(draw(st.lists(days, min_size=len(names), max_size=len(names))))
    return {name: day[: draw(precisions)] for name, day in zip(names, drawn, strict=True)}


@given(lives())
def test_dates_in_order_are_never_out_of_order(values: dict[str, str]):
    codes = {problem.code for problem in CADRE.problems({**values, "alive": False})}
    assert not codes & {"R-20", "R-30", "R-33"}


@given(st.fixed_dictionaries(dict.fromkeys(LIFE, days)), precisions, st.sampled_from(LIFE), st.data())
def test_who_knows_less_makes_no_error_of_it(values: dict[str, str], length: int, name: str, data):
    """What has no error when all days are known has none when only a year or a month is."""
    values["retirement_kind"] = data.draw(st.sampled_from(("LX", "TX")))
    values["revolution_period"] = data.draw(st.sampled_from("12345"))

    def errors(values: dict[str, str]) -> set[str]:
        return {problem.code for problem in CADRE.problems(values) if problem.severity == "E"}

    if not errors(values):
        assert not errors({**values, name: values[name][:length]})


@given(days, days)
def test_ages_are_bounded_by_what_the_dates_can_mean(born: str, later: str):
    age = dates.most_years(born, later)
    for one, other in ((born[:4], later[:4]), (born[:7], later[:7]), (born[:4], later)):
        assert dates.least_years(one, other) <= age <= dates.most_years(one, other)


births = st.dates(dt.date(1905, 1, 1), TODAY)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from(sorted(identity.PROVINCES))) + draw(
        st.from_regex(r"[0-9]{4}", fullmatch=True)
    )
    digits = f"{area}{draw(births):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return digits + identity.check_character(digits)


@given(numbers())
def test_every_lawful_number_passes(number: str):
    assert not [problem for problem in CADRE.problems({"id_number": number}) if problem.field == "id_number"]


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_a_single_wrong_character_is_always_caught(number: str, place: int, off: int):
    digit = "0" if number[place] == "X" else str((int(number[place]) + off) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    problems = [problem for problem in CADRE.problems({"id_number": wrong}) if problem.field == "id_number"]
    assert "E" in {problem.severity for problem in problems}
