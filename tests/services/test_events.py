"""What happens to people touches everything it should, as one step that goes back as one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidError, UserError
from app.fields.acts import ACTS
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.event_effects import value_of
from app.services.event_lines import DONE, LATER, NOT_NEEDED
from app.services.event_plans import StepPlan
from app.services.event_sheets import STARTED, sheets
from app.services.taking_back import last_act, take_back
from tests.desks import desk_of


@pytest.fixture
def desk(tmp_path: Path):
    made = desk_of(tmp_path)
    yield made
    made.close()


def added(
    desk: Desk, name: str, parts: Mapping[str, list[dict[str, Any]]] | None = None, **values: Any
) -> str:
    change = desk.cadres.save(CadreFile(values={"name": name, **values}, parts=dict(parts or {})))
    return next(iter(change.uids))


def couple(desk: Desk) -> tuple[str, str]:
    wife = {"relation": "妻子", "name": "李秀英", "birth_date": "1940-05", "phone": "19900000001"}
    him = added(
        desk,
        "王德福",
        {"family": [wife], "special_conditions": [{"condition": "sick", "started_on": "2024-03"}]},
        marital_status="20",
        political_status="01",
    )
    her = added(desk, "李秀英", marital_status="20")
    return him, her


def by_code(plan: list[StepPlan]) -> dict[str, StepPlan]:
    return {step.code: step for step in plan}


def as_proposed(plan: list[StepPlan]) -> dict[str, str]:
    return {step.code: step.proposal for step in plan}


def part(desk: Desk, uid: str, name: str) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in row.items() if key != "uid"}
        for row in desk.cadres.read(uid).parts[name]
    ]


def test_a_death_closes_the_file_the_lists_and_the_payments_and_makes_a_widow(desk: Desk) -> None:
    him, her = couple(desk)
    answers = {"happened_on": "2026-10-05", "death_cause": "疾病"}
    plan = desk.events.plan(him, "death", answers, her)
    desk.events.record(him, "death", answers, as_proposed(plan), her)
    file = desk.cadres.read(him)
    assert (file.values["alive"], file.values["died_on"], file.values["death_cause"]) == (
        False,
        "2026-10-05",
        "疾病",
    )
    assert [(row["kind"], row["paid_until"]) for row in part(desk, him, "movements")] == [("died", "2026-10")]
    assert [row["ended_on"] for row in part(desk, him, "special_conditions")] == ["2026-10-05"]
    assert [(row["name"], row["relation"]) for row in part(desk, him, "survivors")] == [("李秀英", "妻子")]
    assert desk.cadres.read(her).values["marital_status"] == "30"
    assert [row["condition"] for row in part(desk, her, "special_conditions")] == ["widowed"]


def test_the_whole_event_goes_back_as_one_step(desk: Desk) -> None:
    him, her = couple(desk)
    before = [file.values | file.parts for file in desk.cadres.read_all()]
    plan = desk.events.plan(him, "death", {"happened_on": "2026-10-05"}, her)
    desk.events.record(him, "death", {"happened_on": "2026-10-05"}, as_proposed(plan), her)
    assert ACTS["life_event"].can_be_undone
    with desk.database.transaction("undo") as session:
        take_back(session, [last_act(session)])
    assert [file.values | file.parts for file in desk.cadres.read_all()] == before
    assert desk.events.of_person(him) == []


def test_the_spouse_is_found_from_either_family(desk: Desk) -> None:
    him, her = couple(desk)
    assert desk.events.spouses(him) == [(her, "李秀英")]
    assert desk.events.spouses(her) == [(him, "王德福")]


def test_somebody_without_a_spouse_on_the_roster_needs_no_step_for_one(desk: Desk) -> None:
    alone = added(desk, "张三")
    plan = by_code(desk.events.plan(alone, "death", {"happened_on": "2026-10-05"}))
    assert plan["spouse"].proposal == NOT_NEEDED
    assert plan["survivor"].proposal == NOT_NEEDED
    assert plan["branch"].proposal == NOT_NEEDED


def test_what_people_do_waits_with_its_day(desk: Desk) -> None:
    him, her = couple(desk)
    plan = desk.events.plan(him, "death", {"happened_on": "2026-10-05"}, her)
    desk.events.record(him, "death", {"happened_on": "2026-10-05"}, as_proposed(plan), her)
    waiting = [(line.name, line.title, line.due) for line in desk.events.waiting()]
    assert waiting[:2] == [
        ("王德福", "报告镇领导和县委老干部局", "2026-10-06"),
        ("王德福", "上门吊唁，记一次走访", "2026-10-06"),
    ]
    assert {due for *_, due in waiting[2:]} == {""}


def test_a_step_put_off_is_carried_out_when_it_is_settled(desk: Desk) -> None:
    him, her = couple(desk)
    plan = as_proposed(desk.events.plan(him, "death", {"happened_on": "2026-10"}, her))
    desk.events.record(him, "death", {"happened_on": "2026-10"}, {**plan, "spouse": LATER}, her)
    assert desk.cadres.read(her).values["marital_status"] == "20"
    step = next(line for line in desk.events.waiting() if "配偶的档案" in line.title)
    desk.events.settle(step.uid, DONE)
    assert desk.cadres.read(her).values["marital_status"] == "30"
    assert step.uid not in {line.uid for line in desk.events.waiting()}


def test_a_step_is_carried_out_once(desk: Desk) -> None:
    uid = added(desk, "张三")
    answers = {"happened_on": "2026-10-05", "hospital": "县医院"}
    desk.events.record(uid, "admitted", answers, {"stay": LATER})
    step = next(line for line in desk.events.waiting() if line.title == "档案里记一次住院")
    desk.events.settle(step.uid, DONE)
    with pytest.raises(UserError, match="已经办过了"):
        desk.events.settle(step.uid, DONE)
    assert len(part(desk, uid, "hospital_stays")) == 1


def test_a_step_for_a_spouse_whose_file_was_merged_reaches_the_kept_one(desk: Desk) -> None:
    him, her = couple(desk)
    plan = as_proposed(desk.events.plan(him, "death", {"happened_on": "2026-10"}, her))
    desk.events.record(him, "death", {"happened_on": "2026-10"}, {**plan, "spouse": LATER}, her)
    kept = added(desk, "李秀英", marital_status="20")
    merge = desk.merging.plan(kept, her)
    desk.merging.merge(merge, merge.choices)
    step = next(line for line in desk.events.waiting() if "配偶的档案" in line.title)
    desk.events.settle(step.uid, DONE)
    assert desk.cadres.read(kept).values["marital_status"] == "30"


def test_a_step_that_is_not_needed_changes_nothing(desk: Desk) -> None:
    him, her = couple(desk)
    plan = as_proposed(desk.events.plan(him, "death", {"happened_on": "2026-10"}, her))
    desk.events.record(him, "death", {"happened_on": "2026-10"}, {**plan, "spouse": NOT_NEEDED}, her)
    assert desk.cadres.read(her).values["marital_status"] == "20"


def test_a_stay_in_hospital_begins_and_ends(desk: Desk) -> None:
    uid = added(desk, "张三")
    begun = {"happened_on": "2026-09-01", "hospital": "县医院", "illness": "肺炎"}
    desk.events.record(uid, "admitted", begun, {"stay": DONE, "list": DONE})
    ended = {"happened_on": "2026-09-12", "result": "好转"}
    plan = desk.events.plan(uid, "discharged", ended)
    desk.events.record(uid, "discharged", ended, as_proposed(plan))
    [stay] = part(desk, uid, "hospital_stays")
    assert (stay["admitted_on"], stay["discharged_on"], stay["result"]) == (
        "2026-09-01",
        "2026-09-12",
        "好转",
    )
    assert [row["ended_on"] for row in part(desk, uid, "special_conditions")] == ["2026-09-12"]


def test_going_home_ends_no_other_list(desk: Desk) -> None:
    conditions = [{"condition": "alone"}, {"condition": "hospital", "started_on": "2026-01"}]
    uid = added(
        desk, "张三", {"special_conditions": conditions, "hospital_stays": [{"admitted_on": "2026-01"}]}
    )
    desk.events.record(uid, "discharged", {"happened_on": "2026-09-12"}, {"stay": DONE, "list": DONE})
    ends = {row["condition"]: row["ended_on"] for row in part(desk, uid, "special_conditions")}
    assert ends == {"alone": None, "hospital": "2026-09-12"}


def test_nobody_is_put_on_a_list_twice(desk: Desk) -> None:
    uid = added(desk, "张三", {"special_conditions": [{"condition": "widowed", "started_on": "2020"}]})
    plan = by_code(desk.events.plan(uid, "widowed", {"happened_on": "2026-01"}))
    assert plan["list"].proposal == NOT_NEEDED


def test_who_moves_away_is_no_longer_counted_but_stays(desk: Desk) -> None:
    uid = added(desk, "张三", counted=True)
    answers = {"happened_on": "2026-06-15", "place": "县城关镇"}
    desk.events.record(uid, "moved_out", answers, as_proposed(desk.events.plan(uid, "moved_out", answers)))
    file = desk.cadres.read(uid)
    assert (file.values["counted"], file.values["managing_unit"]) == (False, "县城关镇")
    assert [(row["kind"], row["place"], row["paid_until"]) for row in part(desk, uid, "movements")] == [
        ("moved_out", "县城关镇", "2026-06")
    ]


def test_what_is_not_answered_erases_nothing(desk: Desk) -> None:
    uid = added(desk, "张三", former_post="所长", rank="142")
    answers = {"happened_on": "2026-06", "retirement_kind": "TX", "former_unit": "派出所"}
    desk.events.record(uid, "retired", answers, as_proposed(desk.events.plan(uid, "retired", answers)))
    values = desk.cadres.read(uid).values
    assert (values["former_post"], values["rank"], values["retired_on"]) == ("所长", "142", "2026-06")


def test_a_sheet_without_its_day_is_refused_whole(desk: Desk) -> None:
    uid = added(desk, "张三")
    with pytest.raises(InvalidError, match="去世时间"):
        desk.events.record(uid, "death", {}, {"file": DONE})
    assert desk.cadres.read(uid).values["alive"] is True
    assert desk.events.of_person(uid) == []


def test_what_the_file_knows_is_answered_already(desk: Desk) -> None:
    uid = added(desk, "张三", former_unit="粮管所", retired_on="2020-01")
    known = desk.events.answers(uid, "retired")
    assert known == {"retirement_kind": "TX", "former_unit": "粮管所"}


def test_an_event_reads_back_with_its_steps(desk: Desk) -> None:
    uid = added(desk, "张三")
    desk.events.record(
        uid, "relocated", {"happened_on": "2026-01", "place": "贵阳", "residence_class": "2"}, {"file": DONE}
    )
    [event] = desk.events.of_person(uid)
    assert (event.title, event.happened_on, event.recorded_by) == ("易地安置", "2026-01", "林晓芸")
    assert {step.title: step.state for step in event.steps}["档案记为易地安置"] == DONE


@pytest.mark.parametrize("kind", sheets())
def test_every_sheet_can_be_carried_out_from_what_it_asks(desk: Desk, kind: str) -> None:
    """Every answer that an effect speaks of is asked for, and every value fits its field."""
    sheet = sheets()[kind]
    uid = added(desk, "张三", political_status="01")
    samples = {"text": "甲", "integer": 1, "boolean": True}
    answers: dict[str, Any] = {}
    for field in sheet.record.fields:
        codes = getattr(field.kind, "codes", None)
        dated = type(field.kind).__name__ == "PartialDate"
        answers[field.name] = (
            codes.items[0].code if codes else "2026-05" if dated else samples[field.kind.stored_as]
        )
    asked = {field.name for field in sheet.record.fields}
    assert STARTED in asked
    for given in _given(sheet.steps):
        assert value_of(given, answers) is not None, given
    change = desk.events.record(uid, kind, answers, {step.code: DONE for step in sheet.steps})
    assert change.uids == {uid}
    file = desk.cadres.read(uid)
    unknown = [one for one in desk.cadres.problems(file) if one.code == "R-00U"]
    assert unknown == []


def _given(steps: Any) -> list[Any]:
    found: list[Any] = []
    for step in steps:
        found += step.effects.get("set", {}).values()
        for verb in ("add", "note"):
            for row in step.effects.get(verb, {}).values():
                found += row.values()
        found += step.effects.get("end", {}).values()
    return found
