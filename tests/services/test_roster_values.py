"""Conditions on any field, and on the rows of the parts."""

from __future__ import annotations

import datetime as dt

import pytest

from app import clock
from app.errors import UnreadableError
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.questions import AGES, EMPTY, HAS, IS, NOW, QUESTIONS, questions_for, read_wanted
from app.services.roster import FACET_FIELDS, FACETS_BY_NAME, Roster
from app.services.roster_filter import REVIEW, Condition, RosterFilter
from app.services.roster_values import CONDITION, CONDITIONS_NOW, RosterValues, field_of, paths, questions_of

ALONE, ILL = "独居", "患病"
PEOPLE = {
    "甲": {"native_place": "贵州清镇", "birth_date": "1940-03", "mobile": "19900001111"},
    "乙": {"native_place": "贵州息烽", "birth_date": "1955-07-01", "id_number": "529999195507018814"},
    "丙": {"birth_date": "1948"},
}


def code(label: str) -> str:
    return str(field_of(CONDITION).kind.parse(label))


@pytest.fixture
def names(database: Database) -> dict[str, str]:
    cadres, made = Cadres(database), {}
    parts = {
        "甲": {
            "special_conditions": [{"condition": code(ALONE), "started_on": "2020-01"}],
            "family": [{"relation": "女儿", "name": "李小红"}, {"relation": "儿子", "name": "李大明"}],
        },
        "乙": {
            "special_conditions": [
                {"condition": code(ALONE), "started_on": "2019-01", "ended_on": "2021-05"},
                {"condition": code(ILL), "started_on": "2022"},
            ]
        },
    }
    for name, values in PEOPLE.items():
        known = {key: value for key, value in values.items() if cadres.record.has(key)}
        change = cadres.save(CadreFile(values={"name": name, **known}, parts=parts.get(name, {})))
        made[next(iter(change.uids))] = name
    return made


@pytest.fixture
def roster(database: Database, names: dict[str, str]) -> Roster:
    columns = ("name", *FACET_FIELDS)
    values = RosterValues(database)
    made = Roster(columns, Cadres(database).rows(columns), values.of)
    made.mark(CONDITIONS_NOW, values.conditions_now())
    return made


def chosen(roster: Roster, names: dict[str, str], *conditions: Condition) -> set[str]:
    filter_ = RosterFilter(tuple((one,) for one in conditions))
    return {names[uid] for uid in roster.chosen(filter_)}


@pytest.mark.parametrize(
    ("path", "question", "value", "who"),
    [
        ("native_place", HAS, "清镇", "甲"),
        ("native_place", EMPTY, "", "丙"),
        ("native_place", IS, "贵州息烽", "乙"),
        ("birth_date", "before", "1948", "甲"),
        ("birth_date", "after", "1948", "乙"),
        ("birth_date", "within", "1955", "乙"),
        ("id_number", "tail", "8814", "乙"),
        ("mobile", HAS, "1111", "甲"),
        ("family.name", HAS, "小红", "甲"),
        ("family.name", EMPTY, "", "乙丙"),
        (CONDITION, NOW, ALONE, "甲"),
        (CONDITION, IS, ALONE, "甲乙"),
        (CONDITION, NOW, ILL, "乙"),
    ],
)
def test_any_field_can_be_asked(
    roster: Roster, names: dict[str, str], path: str, question: str, value: str, who: str
) -> None:
    wanted = code(value) if path == CONDITION else value
    condition = Condition(path, wanted, question=question)
    assert chosen(roster, names, condition) == set(who)
    assert chosen(roster, names, condition.opposite) == set(PEOPLE) - set(who)


def test_ages_are_counted_to_today(roster: Roster, names: dict[str, str]) -> None:
    oldest = clock.today().year - 1940
    assert chosen(roster, names, Condition("birth_date", f"{oldest - 1}-{oldest}", question=AGES)) == {"甲"}
    assert chosen(roster, names, Condition("birth_date", "60", question=AGES)) == set(PEOPLE)


def test_what_lasts_is_a_facet_with_its_counts(roster: Roster) -> None:
    counted = {one.label: one.people for one in roster.choices(FACETS_BY_NAME[CONDITIONS_NOW])}
    assert counted == {ALONE: 1, ILL: 1}


@pytest.mark.parametrize(
    ("ended", "lasts"),
    [("2026", True), ("2026-06", True), ("2026-06-15", True), ("2026-06-14", False), ("2026-05", False)],
)
def test_a_condition_lasts_as_long_as_its_end_may_mean(
    database: Database, monkeypatch: pytest.MonkeyPatch, ended: str, lasts: bool
) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 6, 15))
    row = {"condition": code(ALONE), "started_on": "2020-01", "ended_on": ended}
    Cadres(database).save(CadreFile(values={"name": "甲"}, parts={"special_conditions": [row]}))
    assert bool(RosterValues(database).conditions_now()) is lasts


def test_a_file_without_a_step_is_not_checked_yet(roster: Roster, names: dict[str, str]) -> None:
    first, second, third = names
    roster.mark(REVIEW, {first: ("new",), second: ("checked",), third: ("new",)})
    counted = {one.label: one.people for one in roster.choices(FACETS_BY_NAME[REVIEW])}
    assert counted == {"未核": 2, "已核": 1}
    assert chosen(roster, names, Condition(REVIEW, "checked")) == {names[second]}


def test_within_a_circle_there_is_nobody_else(roster: Roster, names: dict[str, str]) -> None:
    inner = roster.within(RosterFilter(((Condition("native_place", "贵州", question=HAS),),)))
    assert len(inner) == 2
    assert chosen(inner, names) == {"甲", "乙"}
    assert {one.label: one.people for one in inner.choices(FACETS_BY_NAME[CONDITIONS_NOW])} == {
        ALONE: 1,
        ILL: 1,
    }
    assert chosen(inner, names, Condition("native_place", question=EMPTY)) == set()


def test_conditions_say_what_they_ask(roster: Roster) -> None:
    asked = [
        Condition("native_place", "清镇", question=HAS),
        Condition("native_place", question=EMPTY, negated=True),
        Condition("birth_date", "1950-03", question="before"),
        Condition("birth_date", "70-79", question=AGES),
        Condition("birth_date", "80", True, AGES),
        Condition(CONDITION, code(ALONE), question=NOW),
        Condition("family.name", "小红", question=HAS, negated=True),
    ]
    assert [roster.word_of(one) for one in asked] == [
        "籍贯 含 清镇",
        "籍贯 不空",
        "出生年月 早于 1950.03",
        "年龄 70–79 岁",
        "年龄不在 80 岁及以上",
        "特殊情况 现在是 独居",
        "家庭成员 姓名 不含 小红",
    ]


def test_every_field_of_the_file_and_its_parts_can_be_asked_something() -> None:
    asked = [path for _, names in paths() for path in names]
    assert len(asked) > 150
    assert all(questions_of(path) for path in asked)


def test_secret_numbers_are_asked_for_by_their_end_only() -> None:
    titles = {question.title for question in questions_for(field_of("bank_account").kind)}
    assert titles == {"尾号是", "空"}


@pytest.mark.parametrize("text", ["", "七十", "80-70"])
def test_ages_that_cannot_be_read_are_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_wanted(field_of("birth_date").kind, QUESTIONS[AGES], text)


def test_a_value_is_kept_as_the_field_keeps_it() -> None:
    kind = field_of("birth_date").kind
    assert read_wanted(kind, QUESTIONS["before"], "1950.3") == "1950-03"
    assert read_wanted(field_of("counted").kind, QUESTIONS[IS], "否") == "0"
