"""Going through what a check has found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.fields.spec import Problem
from app.services.cadres import CadreFile
from app.services.check_groups import Wanted
from app.services.completeness import Completeness, Gap
from app.services.data_check import CheckedFile, CheckResult
from app.services.findings import Finding
from app.ui.checks.findings_state import FindingsState


def result_of(people: int, *findings: Finding, gaps: int = 0) -> CheckResult:
    lacking = Completeness(90, (Gap("photo", "照片", ""),))
    files = {
        f"u{n}": CheckedFile(
            CadreFile(f"u{n}", 1, {"name": f"甲{n}"}), (), lacking if n < gaps else Completeness(100, ())
        )
        for n in range(people)
    }
    return CheckResult(people, 0, list(findings), files=files)


def finding(number: int, code: str = "R-06", severity: Any = "W") -> Finding:
    return Finding(f"u{number}", f"甲{number}", Problem("sex", severity, code, "请核对"), "性别")


@pytest.fixture
def state() -> FindingsState:
    """One error, two warnings, and a gap that most have."""
    found = FindingsState()
    found.show(result_of(8, finding(1), finding(2), finding(3, "R-02", "E"), gaps=6))
    return found


def shown(state: FindingsState) -> list[str]:
    return [each.finding.name if each.finding else f"{len(each.cause.findings)} 人" for each in state.lines]


def in_front(state: FindingsState) -> str:
    assert state.line
    assert state.line.finding
    assert state.group
    return f"{state.group.key} {state.line.finding.name}"


def test_the_gravest_group_is_in_front_with_its_first_line(state: FindingsState):
    assert in_front(state) == "R-02 甲3"
    assert state.place == 0


def test_a_cause_opens_and_shuts_its_names(state: FindingsState):
    state.choose_group("R-00")
    assert shown(state) == ["6 人"]
    state.toggle(state.lines[0])
    assert shown(state) == ["6 人", *(f"甲{n}" for n in range(6))]
    state.toggle(state.lines[0])
    assert shown(state) == ["6 人"]


def test_what_was_prepared_is_shown_as_it_was_made(state: FindingsState, monkeypatch: pytest.MonkeyPatch):
    assert state.result
    again = replace(state.result)
    state.prepare(again)
    before = [group.key for group in state.groups]

    def too_late(*_args: object) -> None:
        raise AssertionError("made on the window's thread")

    monkeypatch.setattr("app.ui.checks.findings_state.groups", too_late)
    state.show(again)
    assert [group.key for group in state.groups] == before
    state.narrow("person", state.wanted)
    assert state.groups[0].key != before[0]


def test_going_on_comes_to_every_line_once_and_ends(state: FindingsState):
    seen = [in_front(state)]
    while state.go_on() and state.group and state.group.key != "R-00":
        seen.append(in_front(state))
    assert seen == ["R-02 甲3", "R-06 甲1", "R-06 甲2"]
    assert (shown(state), state.place, state.go_on()) == (["6 人"], 0, False)


def test_going_on_comes_to_the_names_of_an_open_cause(state: FindingsState):
    state.choose_group("R-00")
    state.toggle(state.lines[0])
    assert state.go_on()
    assert in_front(state) == "R-00 甲0"
    while state.go_on():
        pass
    assert in_front(state) == "R-00 甲5"


def test_a_new_look_keeps_the_line(state: FindingsState):
    state.choose_group("R-06")
    state.choose_line(1)
    state.show(result_of(8, finding(0), finding(1), finding(2)))
    assert in_front(state) == "R-06 甲2"


def test_what_is_cleared_gives_its_place_to_the_next(state: FindingsState):
    state.choose_group("R-06")
    state.show(result_of(8, finding(2)))
    assert in_front(state) == "R-06 甲2"


def test_a_cleared_group_gives_its_place_to_the_first(state: FindingsState):
    state.show(result_of(8, finding(1)))
    assert in_front(state) == "R-06 甲1"


def test_nothing_found_is_nothing_in_front(state: FindingsState):
    state.show(result_of(8))
    assert (state.groups, state.group, state.lines, state.line, state.place) == ([], None, [], None, -1)
    assert not state.go_on()


def test_by_person_and_narrowed(state: FindingsState):
    state.narrow("person", Wanted(severity="E"))
    assert [group.title for group in state.groups] == ["甲3"]
