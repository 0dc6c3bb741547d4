"""Visits: kept, refused with a sentence, counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.errors import InvalidError, UserError
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.visit_figures import VisitFigures, figures, meetings_by_person, with_money
from app.services.visits import VisitFile, Visits, same_for_all

AddCadre = Callable[..., str]


@pytest.fixture
def visits(database: Database) -> Visits:
    return Visits(database)


@pytest.fixture
def cadre(database: Database) -> AddCadre:
    def add(name: str, **values: object) -> str:
        (uid,) = Cadres(database).save(CadreFile(values={"name": name, **values})).uids
        return uid

    return add


def visit(*people: str, date: str = "2025-01-20", kind: str | None = "spring", **values: object) -> VisitFile:
    return VisitFile(values={"date": date, "kind": kind, **values}, people=list(people))


def test_a_visit_comes_back_as_it_was_written(visits: Visits, cadre: AddCadre) -> None:
    one, two = cadre("廖应"), cadre("单䶮生")
    (uid,) = visits.save(visit(two, one, leader="王建国", money=50000)).uids
    file = visits.read(uid)
    assert file.people == [two, one]
    assert (file.values["leader"], file.values["money"]) == ("王建国", 50000)
    assert visits.lines()[0].names == "单䶮生、廖应"


def test_lines_are_of_the_period_the_newest_first(visits: Visits, cadre: AddCadre) -> None:
    uid = cadre("廖应")
    visits.save(*(visit(uid, date=date) for date in ("2024-12-31", "2025-01-02", "2025-06-01", "2025-06")))
    assert [line.values["date"] for line in visits.lines("2025")] == ["2025-06-01", "2025-06", "2025-01-02"]
    assert [line.values["date"] for line in visits.lines("2025-06")] == ["2025-06-01", "2025-06"]
    assert visits.years() == ["2025", "2024"]


def test_lines_of_one_person(visits: Visits, cadre: AddCadre) -> None:
    one, two = cadre("廖应"), cadre("周光")
    visits.save(visit(one), visit(one, two, date="2025-02-01"))
    assert [line.names for line in visits.lines(cadre_uid=two)] == ["廖应、周光"]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (visit(), "请选择走访对象"),
        (visit("x", date="2999-01-01"), "走访时间 2999.01.01 还没有到，不能记为已走访"),
        (visit("x", kind=None), "“走访类型”还没有填写"),
        (visit("x", money=-1), "金额不能是负数"),
    ],
    ids=["nobody", "future", "no kind", "negative money"],
)
def test_what_may_not_be_kept_is_refused(visits: Visits, file: VisitFile, sentence: str) -> None:
    with pytest.raises(InvalidError) as refused:
        visits.save(file)
    assert sentence in str(refused.value)


def test_nobody_is_visited_after_death_but_the_family_may_be(visits: Visits, cadre: AddCadre) -> None:
    dead = cadre("单䶮生", died_on="2026-03-12")
    with pytest.raises(InvalidError, match=r"单䶮生 已于 2026\.03\.12 去世，只能记遗属慰问"):
        visits.save(visit(dead, date="2026-04-01"))
    visits.save(visit(dead, date="2026-04-01", kind="survivor"), visit(dead, date="2026-03"))
    assert len(visits.lines()) == 2


def test_forty_visits_are_one_step(visits: Visits, cadre: AddCadre) -> None:
    people = [cadre(f"老干部{number}") for number in range(40)]
    files = same_for_all(
        {"date": "2025-01-20", "kind": "spring", "leader": "王建国"},
        [(uid, {"money": 50000 + place}) for place, uid in enumerate(people)],
    )
    change = visits.save(*files)
    assert (change.kind, len(change.uids)) == ("visit", 40)
    kept = {line.people[0][0]: line.values["money"] for line in visits.lines()}
    assert kept == {uid: 50000 + place for place, uid in enumerate(people)}


def test_one_refused_visit_keeps_the_others_out(visits: Visits, cadre: AddCadre) -> None:
    uid = cadre("廖应")
    with pytest.raises(InvalidError):
        visits.save(visit(uid), visit(uid, date="2999-01-01"))
    assert visits.lines() == []


def test_a_visit_changed_elsewhere_is_not_overwritten(visits: Visits, cadre: AddCadre) -> None:
    (uid,) = visits.save(visit(cadre("廖应"))).uids
    mine, theirs = visits.read(uid), visits.read(uid)
    theirs.values["leader"] = "陈志强"
    visits.save(theirs)
    mine.values["leader"] = "王建国"
    with pytest.raises(UserError, match="刚在别处改过"):
        visits.save(mine)
    assert visits.read(uid).values["leader"] == "陈志强"


def test_a_removed_visit_is_gone(visits: Visits, cadre: AddCadre) -> None:
    (uid,) = visits.save(visit(cadre("廖应"))).uids
    visits.remove([uid])
    with pytest.raises(UserError, match="已经不在了"):
        visits.read(uid)


def test_figures_count_visits_meetings_people_and_money(visits: Visits, cadre: AddCadre) -> None:
    one, two = cadre("廖应"), cadre("周光")
    visits.save(
        visit(one, two, money=50000),
        visit(one, date="2025-06-28", money=30000),
        visit(two, date="2025-07-01"),
    )
    lines = visits.lines()
    assert figures(lines) == VisitFigures(visits=3, meetings=4, people=2, money=80000)
    assert sorted(meetings_by_person(lines)) == sorted([(one, "廖应", 2), (two, "周光", 2)])
    assert [line.values["money"] for line in with_money(lines)] == [30000, 50000]
