"""The practice township: the same invented people every time, with everything that is to be learned."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from app import clock
from app.fields import identity
from app.services.completeness import completeness
from app.services.desk import Desk
from app.services.practice import make_practice
from app.services.saved_filters import SavedFilters
from app.services.users import UserFile
from app.services.waiting import waiting
from tests.desks import ACTOR, desk_of

TODAY = dt.date(2026, 11, 22)
PLATFORM = "数字黔老"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    yield from made(tmp_path_factory.mktemp("practice"))


def made(folder: Path, today: dt.date = TODAY):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: today)
        desk = desk_of(folder)
        make_practice(desk)
        yield desk
        desk.close()


def told(desk: Desk) -> list[object]:
    """Everything of everybody but the random identities."""
    files = sorted(desk.cadres.read_all(), key=lambda file: file.values["name"])
    parts = [
        [{key: value for key, value in row.items() if key != "uid"} for row in rows]
        for file in files
        for rows in file.parts.values()
    ]
    visits = sorted((line.values["date"], line.names, str(line.values)) for line in desk.visits.lines())
    return [[file.values for file in files], parts, visits, findings(desk), states(desk)]


def findings(desk: Desk) -> Counter[tuple[str, str, str]]:
    return Counter(
        (each.problem.code, each.problem.severity, each.name) for each in desk.data_check.run().findings
    )


def states(desk: Desk) -> dict[str, str]:
    return {line.name: line.state for line in desk.reviews.queue()}


def uid_of(desk: Desk, name: str) -> str:
    return next(row.uid for row in desk.cadres.rows(["name"]) if row.values[0] == name)


def test_the_people_are_the_same_every_time(desk: Desk, tmp_path: Path):
    for again in made(tmp_path):
        assert told(again) == told(desk)


def test_nobody_in_it_can_exist(desk: Desk):
    for file in desk.cadres.read_all():
        number, mobile = file.values["id_number"], file.values["mobile"]
        assert number is None or number.startswith("529999")
        assert mobile is None or mobile.startswith("1990000")


def test_the_files_hold_no_contradictions(desk: Desk):
    assert contradictions(desk) == []


def contradictions(desk: Desk) -> list[tuple[str, str]]:
    """Gaps are meant to be there."""
    errors = [each for each in desk.data_check.run().errors if not each.problem.missing]
    return [(each.name, each.problem.message) for each in errors]


def test_numbers_are_unique_and_fit_birth_and_sex(desk: Desk):
    files = [file.values for file in desk.cadres.read_all() if file.values["id_number"]]
    assert len({values["id_number"] for values in files}) == len(files)
    for values in files:
        assert identity.birth_date(values["id_number"]) == values["birth_date"]
        assert identity.sex(values["id_number"]) == values["sex"]


def test_there_is_something_of_everything_to_practise_on(desk: Desk):
    counts = desk.today.counts()
    assert counts["cadres"] == 48
    assert counts["visits"] > 50
    assert counts["payments"] == 47, "everybody but the file that was entered twice"
    assert desk.today.unsigned()
    assert desk.today.unvisited(2026)
    assert any(file.values["photo"] for file in desk.cadres.read_all())
    assert {file.values["retirement_kind"] for file in desk.cadres.read_all()} >= {"LX", "TX"}


def test_a_dozen_faults_of_different_kinds_are_there_to_be_mended(desk: Desk):
    assert findings(desk) == {
        ("R-10", "W", "夏惠敏"): 1,
        ("R-40", "E", "孟美兰"): 1,
        ("R-44", "W", "东街社区离退休党支部"): 1,
        ("R-45", "W", "江海涛"): 1,
        ("R-46", "W", "江海涛"): 1,
        ("R-50", "W", "萧玉珍"): 1,
        ("R-53", "W", "范光祖"): 1,
        ("R-55", "W", "郑长河"): 1,
        ("R-62", "W", "袁开智"): 1,
        ("R-68", "W", "高忠信"): 1,
        ("R-68", "W", "2026年春节慰问金"): 1,
        ("R-69", "W", "唐开明"): 1,
    }


def test_one_warning_was_looked_into(desk: Desk):
    [accepted] = desk.acceptances.all()
    assert (accepted.name, accepted.rule) == ("彭天佑", "R-53")
    assert [each.name for each in desk.data_check.run().accepted] == ["彭天佑"]


def test_files_stand_at_every_step_of_the_review(desk: Desk):
    assert Counter(line.state for line in desk.reviews.queue()) == {
        "new": 37,
        "checked": 3,
        "approved": 2,
        "reported": 3,
        "changed": 1,
        "returned": 1,
        "settled": 1,
    }
    [returned] = desk.reviews.queue("returned")
    assert (returned.name, returned.by_name) == ("田家祥", "李建华")
    assert "派遣证" in returned.remark
    [changed] = desk.reviews.queue("changed")
    assert list(desk.reviews.differences(changed.uid).fields) == ["landline"]


def test_whoever_checked_did_not_approve(desk: Desk):
    [approve, check] = desk.reviews.steps(uid_of(desk, "周德明"))
    assert (check.actor, approve.actor) == (ACTOR.name, "李建华")
    assert desk.database.actor == ACTOR


def test_the_colleague_stands_among_the_people_where_there_are_logins(tmp_path: Path):
    desk = desk_of(tmp_path)
    desk.users.save(UserFile(ACTOR.uid, {"name": ACTOR.name, "roles": "preparer;admin"}))
    make_practice(desk)
    assert {file.name: file.roles for file in desk.users.all()} == {
        ACTOR.name: ("preparer", "admin"),
        "李建华": ("reviewer",),
    }
    desk.close()


def test_a_user_with_the_name_of_the_colleague_does_not_review_himself(tmp_path: Path):
    desk = desk_of(tmp_path)
    desk.database.actor = type(ACTOR)(ACTOR.uid, "李建华", ACTOR.roles, "window")
    make_practice(desk)
    [returned] = desk.reviews.queue("returned")
    assert returned.by_name == "张小雨"
    desk.close()


def test_somebody_died_and_one_step_is_still_to_be_done(desk: Desk):
    uid = uid_of(desk, "郭天成")
    file = desk.cadres.read(uid)
    assert (file.values["alive"], file.values["died_on"]) == (False, "2026-10-13")
    assert [row["kind"] for row in file.parts["movements"]] == ["died"]
    assert [row["relation"] for row in file.parts["survivors"]] == ["妻子"]
    [event] = desk.events.of_person(uid)
    assert [step.title for step in event.steps if step.state == "later"] == ["帮家属办丧葬费和抚恤金"]


def test_one_is_in_hospital_and_waits_for_a_visit_and_one_has_come_home(desk: Desk):
    [stay] = desk.cadres.read(uid_of(desk, "唐开明")).parts["hospital_stays"]
    assert (stay["admitted_on"], stay["discharged_on"]) == ("2026-11-13", None)
    assert next((step.name, step.due) for step in desk.events.waiting()) == ("唐开明", "2026-11-16")
    [home] = desk.cadres.read(uid_of(desk, "宋立本")).parts["hospital_stays"]
    assert (home["admitted_on"], home["discharged_on"]) == ("2026-09-09", "2026-09-22")


def test_people_have_come_as_well_as_gone(desk: Desk):
    kinds = Counter(row["kind"] for file in desk.cadres.read_all() for row in file.parts["movements"])
    assert kinds == {"enrolled": 2, "moved_in": 1, "died": 1}


def test_one_person_was_entered_twice(desk: Desk):
    [[pair]] = desk.duplicates.scan()
    assert {pair.one.name, pair.other.name} == {"夏慧敏", "夏惠敏"}


def test_a_couple_names_each_other(desk: Desk):
    husband, wife = uid_of(desk, "胡文彬"), uid_of(desk, "刘玉琴")
    assert desk.events.spouses(husband) == [(wife, "刘玉琴")]
    assert desk.events.spouses(wife) == [(husband, "胡文彬")]


def test_filters_are_kept_that_choose_somebody(desk: Desk):
    kept = {each.name: each.filter for each in SavedFilters(desk.database).all()}
    assert list(kept) == ["东片", "八十岁以上"]
    [[eighty]] = kept["八十岁以上"].groups
    assert (eighty.facet, eighty.value, eighty.question) == ("birth_date", "80", "ages")
    villages = {each.value for group in kept["东片"].groups for each in group}
    lived_in = {row.values[0] for row in desk.cadres.rows(["village"])}
    assert villages < lived_in


def test_one_file_is_half_typed_into_the_platform(desk: Desk):
    uid = uid_of(desk, "余静如")
    standing = desk.platform_typing.standings([uid], PLATFORM)[uid]
    assert 0 < standing.typed < standing.total


def test_every_kind_of_work_waits_on_the_first_page(desk: Desk):
    assert [line.key for line in waiting(desk)] == ["returned", "checked", "batches", "events"]


def test_some_files_have_gaps_and_most_are_nearly_whole(desk: Desk):
    percents = [completeness(file).percent for file in desk.cadres.read_all()]
    assert min(percents) < 100
    assert sorted(percents)[len(percents) // 2] >= 90


def test_rare_names_and_difficult_surnames_are_among_them(desk: Desk):
    names = {file.values["name"] for file in desk.cadres.read_all()}
    assert {"王𬎆", "单䶮生", "阿依古丽·买买提", "欧阳振华"} <= names


@pytest.mark.parametrize("today", [dt.date(2027, 1, 5), dt.date(2027, 2, 3), dt.date(2026, 7, 1)], ids=str)
def test_nothing_lies_in_the_future_on_any_day_of_the_year(tmp_path: Path, today: dt.date):
    for desk in made(tmp_path, today=today):
        days = [line.values["date"] for line in desk.visits.lines()]
        days += [line.values["paid_on"] for line in desk.payments.lines()]
        days += [
            file.values[name] or ""
            for file in desk.cadres.read_all()
            for name in ("prepared_on", "reviewed_on")
        ]
        assert max(days) <= today.isoformat()
        assert contradictions(desk) == []


def test_the_office_says_that_it_is_for_practice(desk: Desk):
    values = desk.office.read()
    assert (values["practice"], values["township"]) == (True, "梧桐镇")
