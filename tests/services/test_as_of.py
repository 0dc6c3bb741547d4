"""截至某日: from what the log knew by then, and from what the dates of the files say since."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest

from app import clock
from app.models.database import Database
from app.services.as_of import AsOf, Snapshot
from app.services.cadres import CadreFile, Cadres
from tests.content_hash import content

Clock = Callable[[str], None]


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


@pytest.fixture
def looking(database: Database) -> AsOf:
    return AsOf(database)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def go(day: str) -> None:
        now = dt.datetime.fromisoformat(f"{day}T10:00:00+08:00")
        monkeypatch.setattr(clock, "now", lambda: now)
        monkeypatch.setattr(clock, "today", now.date)

    return go


def person(cadres: Cadres, name: str, parts: Any = None, **values: object) -> str:
    whole = {"name": name, "retired_on": "2005-06", "sex": "1", "birth_date": "1945-03", **values}
    return next(iter(cadres.save(CadreFile(values=whole, parts=parts or {})).uids))


def save(cadres: Cadres, uid: str, **values: object) -> None:
    file = cadres.read(uid)
    file.values |= values
    cadres.save(file)


def names(snapshot: Snapshot) -> list[str]:
    return [one.name for one in snapshot.people]


def figure(snapshot: Snapshot, group: str, label: str) -> int:
    return next((len(one.uids) for one in snapshot.figures if (one.group, one.label) == (group, label)), 0)


def test_values_are_those_of_the_day(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    at("2026-01-10")
    uid = person(cadres, "王秀英", village="东门村")
    at("2026-03-10")
    save(cadres, uid, village="西河村", name="王淑英")
    [then] = looking.at("2026-02-28").people
    assert (then.name, then.values["village"]) == ("王秀英", "东门村")
    [now] = looking.at("2026-03-10").people
    assert (now.name, now.values["village"]) == ("王淑英", "西河村")
    assert figure(looking.at("2026-02-28"), "村（社区）", "东门村") == 1


def test_somebody_removed_since_was_there(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    at("2026-01-10")
    uid = person(cadres, "王秀英")
    at("2026-03-10")
    cadres.remove([uid])
    snapshot = looking.at("2026-02-01")
    assert names(snapshot) == ["王秀英"]
    assert snapshot.notes == ["1 人的档案后来删除或并入别人，按当时列入"]
    assert names(looking.at("2026-03-10")) == []


def test_a_death_counts_from_its_day_however_late_it_was_entered(
    cadres: Cadres, looking: AsOf, at: Clock
) -> None:
    at("2026-01-10")
    uid = person(cadres, "王秀英")
    at("2026-04-10")
    save(cadres, uid, died_on="2026-03-01")
    assert names(looking.at("2026-02-28")) == ["王秀英"]
    snapshot = looking.at("2026-03-15")
    assert names(snapshot) == []
    assert [one.name for one in snapshot.dead] == ["王秀英"]
    save(cadres, uid, died_on="2026-03")
    unsure = looking.at("2026-03-15")
    assert names(unsure) == ["王秀英"]
    assert "分不清" in unsure.notes[0]


def test_yes_and_no_of_then_count_as_they_did(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    at("2026-01-10")
    uid = person(cadres, "王秀英", alive=False, counted=False)
    at("2026-03-10")
    save(cadres, uid, alive=True, counted=True)
    then, now = looking.at("2026-02-01"), looking.at("2026-03-10")
    assert (names(then), [one.name for one in then.dead], then.dead[0].lists) == (
        [],
        ["王秀英"],
        ("不列入统计",),
    )
    assert (names(now), now.people[0].lists) == (["王秀英"], ())


def test_a_file_made_later_counts_from_the_retirement(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    at("2026-03-10")
    person(cadres, "早退休的", retired_on="2010-06")
    person(cadres, "刚退休的", retired_on="2026-02-01")
    person(cadres, "不知哪年的", retired_on=None)
    snapshot = looking.at("2025-12-31")
    assert names(snapshot) == ["早退休的"]
    assert len(snapshot.notes) == 2
    assert looking.first_day == "2026-03-10"


def test_whoever_moved_away_or_came_later_was_not_here(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    at("2026-01-10")
    person(cadres, "迁走的", {"movements": [{"kind": "moved_out", "happened_on": "2026-02-01"}]})
    person(cadres, "迁来的", {"movements": [{"kind": "moved_in", "happened_on": "2026-02-01"}]})
    assert names(looking.at("2026-01-31")) == ["迁走的"]
    assert names(looking.at("2026-02-01")) == ["迁来的"]


def test_lists_go_by_their_intervals(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    at("2026-05-10")
    parts = {
        "special_conditions": [{"condition": "alone", "started_on": "2026-01-01", "ended_on": "2026-03-31"}],
        "hospital_stays": [{"admitted_on": "2026-02-01", "discharged_on": "2026-02-10"}],
    }
    person(cadres, "王秀英", parts, relocated=True, relocated_on="2026-04-01")
    lists = {day: looking.at(day).people[0].lists for day in ("2026-02-05", "2026-03-31", "2026-05-01")}
    assert lists == {
        "2026-02-05": ("独居", "住院"),
        "2026-03-31": ("独居",),
        "2026-05-01": ("易地安置",),
    }


def test_figures_add_up(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    at("2026-01-10")
    person(cadres, "甲", sex="1", birth_date="1930-01", political_status="01", retirement_kind="LX")
    person(cadres, "乙", sex="2", birth_date="1950-01", political_status="13", retirement_kind="TX")
    person(cadres, "丙", sex="2", birth_date=None, died_on="2025-01-01")
    snapshot = looking.at("2026-01-10")
    assert figure(snapshot, "合计", "在册在世") == 2
    assert figure(snapshot, "合计", "已去世") == 1
    assert figure(snapshot, "年龄", "90 岁及以上") == 1
    assert figure(snapshot, "党员", "中共党员（含预备）") == 1
    assert figure(snapshot, "类别", "离休") == 1
    for group in ("类别", "性别", "年龄", "党员", "村（社区）"):
        assert sum(len(one.uids) for one in snapshot.figures if one.group == group) == 2


def test_one_file_as_it_was(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    at("2026-01-10")
    uid = person(cadres, "王秀英", {"family": [{"relation": "妻", "name": "张淑芬"}]}, village="东门村")
    at("2026-03-10")
    file = cadres.read(uid)
    file.values["village"], file.parts["family"] = "西河村", []
    cadres.save(file)
    then = looking.file(uid, "2026-02-01")
    assert ("村（社区）", "东门村") in dict(then.sections)["住址与联系"]
    assert dict(then.parts)["家庭主要成员及重要社会关系"] == ["妻　张淑芬"]
    assert then.note == ""
    assert looking.file(uid, "2026-03-10").parts == []
    assert looking.file(uid, "2025-01-01").note


def test_looking_changes_nothing(database: Database, cadres: Cadres, looking: AsOf) -> None:
    person(cadres, "王秀英")
    before = content(database)
    looking.at("2020-01-01")
    assert content(database) == before


def test_the_list_leaves_as_a_workbook(cadres: Cadres, looking: AsOf, at: Clock) -> None:
    from openpyxl import load_workbook

    at("2026-01-10")
    person(cadres, "王秀英", id_number="529999194503120016")
    snapshot = looking.at("2026-01-10")
    for masked in (False, True):
        paper = looking.book(snapshot, masked=masked)
        sheet = load_workbook(io.BytesIO(paper.content)).active
        assert sheet is not None
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        assert ("529999194503120016" in cells) is not masked
        assert "王秀英" in cells
    assert (paper.name, paper.facts.people) == ("名册_截至20260110.xlsx", 1)
