"""The practice township: the same invented people every time, and sane ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app import clock
from app.fields import identity
from app.services.completeness import completeness
from app.services.desk import Desk
from app.services.practice import make_practice
from tests.desks import desk_of

TODAY = dt.date(2026, 11, 22)


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
    files = desk.cadres.read_all()
    parts = [
        [{key: value for key, value in row.items() if key != "uid"} for row in rows]
        for file in files
        for rows in file.parts.values()
    ]
    visits = sorted((line.values["date"], line.names, str(line.values)) for line in desk.visits.lines())
    return [[file.values for file in files], parts, visits]


def test_the_people_are_the_same_every_time(desk: Desk, tmp_path: Path):
    for again in made(tmp_path):
        assert told(again) == told(desk)


def test_nobody_in_it_can_exist(desk: Desk):
    for file in desk.cadres.read_all():
        number, mobile = file.values["id_number"], file.values["mobile"]
        assert number is None or number.startswith("529999")
        assert mobile is None or mobile.startswith("1990000")


def test_the_files_hold_no_contradictions(desk: Desk):
    errors = [(each.name, each.problem.message) for each in desk.data_check.run().errors]
    assert errors == []


def test_numbers_are_unique_and_fit_birth_and_sex(desk: Desk):
    files = [file.values for file in desk.cadres.read_all() if file.values["id_number"]]
    assert len({values["id_number"] for values in files}) == len(files)
    for values in files:
        assert identity.birth_date(values["id_number"]) == values["birth_date"]
        assert identity.sex(values["id_number"]) == values["sex"]


def test_there_is_something_of_everything_to_practise_on(desk: Desk):
    counts = desk.today.counts()
    assert counts["cadres"] >= 45
    assert counts["visits"] > 50
    assert counts["payments"] == counts["cadres"]
    assert desk.today.unsigned()
    assert desk.today.unvisited(2026)
    assert any(file.values["photo"] for file in desk.cadres.read_all())
    assert {file.values["retirement_kind"] for file in desk.cadres.read_all()} >= {"LX", "TX"}


def test_some_files_have_gaps_and_most_are_nearly_whole(desk: Desk):
    percents = [completeness(file).percent for file in desk.cadres.read_all()]
    assert min(percents) < 100
    assert sorted(percents)[len(percents) // 2] >= 90


def test_rare_names_and_difficult_surnames_are_among_them(desk: Desk):
    names = {file.values["name"] for file in desk.cadres.read_all()}
    assert {"王𬎆", "单䶮生", "阿依古丽·买买提", "欧阳振华"} <= names


def test_nothing_lies_in_the_future_even_when_the_year_is_young(tmp_path: Path):
    for desk in made(tmp_path, today=dt.date(2027, 1, 5)):
        days = [line.values["date"] for line in desk.visits.lines()]
        days += [line.values["paid_on"] for line in desk.payments.lines()]
        days += [
            file.values[name] or ""
            for file in desk.cadres.read_all()
            for name in ("prepared_on", "reviewed_on")
        ]
        assert max(days) <= "2027-01-05"
        assert desk.data_check.run().errors == []


def test_the_office_says_that_it_is_for_practice(desk: Desk):
    values = desk.office.read()
    assert (values["practice"], values["township"]) == (True, "梧桐镇")
