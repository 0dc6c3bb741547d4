"""Findings by rule and by person; one cause shared by many is one line."""

from __future__ import annotations

from typing import Any

import pytest

from app.fields.spec import Problem
from app.services.cadres import CadreFile
from app.services.check_groups import EVERYBODY, Group, Wanted, groups
from app.services.completeness import Completeness, Gap
from app.services.data_check import CheckedFile, CheckResult
from app.services.findings import Finding


def person(number: int, *gaps: str, **values: Any) -> CheckedFile:
    file = CadreFile(f"u{number}", 1, {"name": f"甲{number}", "alive": True, **values})
    found = tuple(Gap(name, name, "") for name in gaps)
    return CheckedFile(file, (), Completeness(100 - len(gaps), found))


def result_of(files: list[CheckedFile], *findings: Finding) -> CheckResult:
    return CheckResult(len(files), 0, list(findings), files={each.file.uid or "": each for each in files})


def finding(number: int, field: str = "sex", severity: Any = "W", code: str = "R-06", message: str = "请核对", reads: tuple[str, ...] = ()) -> Finding:  # fmt: skip  # noqa: E501
    return Finding(f"u{number}", f"甲{number}", Problem(field, severity, code, message, reads), field)


def shared(group: Group) -> list[tuple[str, int]]:
    return [(cause.common, len(cause.findings)) for cause in group.causes if cause.is_shared]


def test_nothing_found_is_no_group():
    assert groups(result_of([person(1)])) == []


def test_groups_stand_by_gravity_then_by_how_many():
    files = [person(number) for number in range(9)]
    found = [
        finding(1),
        finding(2, code="R-02", severity="E"),
        finding(3, code="R-29"),
        finding(4, code="R-29"),
    ]
    made = groups(result_of(files, *found))
    assert [(group.key, group.severity, group.count, group.people) for group in made] == [
        ("R-02", "E", 1, 1),
        ("R-29", "W", 2, 2),
        ("R-06", "W", 1, 1),
    ]


def test_a_person_has_the_gravest_first():
    found = [finding(1), finding(1, code="R-02", severity="E"), finding(2)]
    made = groups(result_of([person(1), person(2)], *found), "person")
    assert [(group.title, group.severity, group.count) for group in made] == [
        ("甲1", "E", 2),
        ("甲2", "W", 1),
    ]
    assert [each.problem.code for each in made[0].findings] == ["R-02", "R-06"]


def test_one_wrong_value_in_many_files_is_one_line():
    files = [person(number, party_branch="东门支部") for number in range(5)] + [
        person(n) for n in range(5, 20)
    ]
    found = [finding(number, "party_branch", code="R-43", message="没有这个支部") for number in range(5)]
    (group,) = groups(result_of(files, *found))
    assert shared(group) == [("", 5)]


def test_four_of_a_cause_are_four_lines():
    files = [person(number, party_branch="东门支部") for number in range(4)] + [
        person(n) for n in range(4, 20)
    ]
    found = [finding(number, "party_branch", code="R-43", message="没有这个支部") for number in range(4)]
    (group,) = groups(result_of(files, *found))
    assert len(group.causes) == 4


def test_the_same_words_about_different_values_are_no_cause():
    files = [person(number, sex="1", id_number=f"n{number}") for number in range(20)]
    found = [finding(number, reads=("sex", "id_number")) for number in range(6)]
    (group,) = groups(result_of(files, *found))
    assert (shared(group), len(group.causes)) == ([], 6)


def test_a_village_where_most_lack_something_is_one_line():
    east = [person(number, "native_place", village="东门村") for number in range(6)] + [
        person(6, village="东门村")
    ]
    west = [person(number, "native_place", village="西门村") for number in range(7, 11)]
    others = [person(number, village="南门村") for number in range(11, 30)]
    (group,) = groups(result_of(east + west + others))
    assert shared(group) == [("东门村", 6)]
    assert len(group.causes) == 1 + 4


def test_a_unit_or_branch_is_a_cause_as_well():
    files = [person(number, "native_place", former_unit="卫城中学") for number in range(6)]
    (group,) = groups(result_of(files + [person(number) for number in range(6, 20)]))
    assert shared(group) == [("卫城中学", 6)]


def test_what_most_files_lack_is_one_line():
    files = [person(number, "photo") for number in range(11)] + [person(number) for number in range(11, 20)]
    (group,) = groups(result_of(files))
    assert (group.key, group.title, group.severity) == ("R-00", "缺项", "I")
    assert shared(group) == [(EVERYBODY, 11)]


def test_gaps_are_those_of_the_living_and_not_said_twice():
    dead = person(1, "photo", alive=False)
    said = CheckedFile(
        person(2, "mobile").file,
        (Problem("mobile", "W", "R-57", "没有电话"),),
        person(2, "mobile").completeness,
    )
    result = result_of([dead, said, person(3, "photo")])
    assert [(each.uid, each.problem.field) for each in result.gaps] == [("u3", "photo")]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["R-02", "R-06", "R-00"]),
        (Wanted(gaps=False), ["R-02", "R-06"]),
        (Wanted(severity="W"), ["R-06"]),
        (Wanted(village="东门村"), ["R-02"]),
        (Wanted(village="东门村", severity="W"), []),
    ],
)
def test_a_village_or_a_severity_narrows_what_is_seen(wanted: Wanted, found: list[str]):
    files = [person(1, village="东门村"), person(2, village="西门村"), person(3, "photo")]
    result = result_of(files, finding(1, code="R-02", severity="E"), finding(2))
    assert [group.key for group in groups(result, "rule", wanted)] == found


def test_the_village_may_stand_in_the_address_only():
    result = result_of([person(1, home_address="卫城镇东门村 3 组")], finding(1))
    assert result.villages == ["东门村"]
    assert len(groups(result, "rule", Wanted(village="东门村"))) == 1


def test_the_same_record_of_several_people_is_one_line():
    problem = Problem("date", "W", "R-68", "过了 671 天才登记")
    found = [
        Finding(f"u{n}", f"甲{n}", problem, "走访时间", f"visit:{'v1' if n < 3 else n}") for n in range(5)
    ]
    (group,) = groups(result_of([person(n) for n in range(20)], *found))
    assert shared(group) == [("同一次走访", 3)]
    assert len(group.causes) == 3


def test_what_a_rule_knows_the_cause_of_is_one_line_however_it_is_worded():
    def late(number: int, day: str) -> Finding:
        problem = Problem("date", "W", "R-68", f"过了 {number} 天才登记")
        return Finding(
            f"u{number}", f"甲{number}", problem, "走访时间", f"visit:{number}", f"{day} 登记的走访"
        )

    found = [*(late(n, "2026.11.22") for n in range(6)), *(late(n, "2026.11.23") for n in range(6, 10))]
    (group,) = groups(result_of([person(n) for n in range(20)], *found))
    assert shared(group) == [("2026.11.22 登记的走访", 6)]
    assert len(group.causes) == 5


def test_what_is_about_no_person_has_its_own_line():
    about = Finding("", "东门支部", Problem("branch", "W", "R-44", "没有书记"), "", "branch:东门支部")
    result = result_of([person(1)], about)
    assert [group.title for group in groups(result, "person")] == ["东门支部"]
    assert [group.people for group in groups(result)] == [1]
