"""回收站: what was removed is named, and comes back with all that went with it, or says what is in the way."""

from __future__ import annotations

import datetime as dt

import pytest

from app import clock
from app.errors import UserError
from app.models.database import Database
from app.services.bin import Bin
from app.services.cadres import CadreFile, Cadres
from app.services.desk import Desk
from app.services.payments import BatchFile, Payments
from app.services.visits import VisitFile, Visits
from tests.content_hash import content, differing

NUMBER = "529999194803120016"


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


@pytest.fixture
def rest(database: Database) -> Bin:
    return Bin(database)


def person(cadres: Cadres, name: str = "王秀英", **values: object) -> str:
    parts = {"family": [{"relation": "妻", "name": "张淑芬"}], "contacts": [{"name": "张三"}]}
    return next(iter(cadres.save(CadreFile(values={"name": name, **values}, parts=parts)).uids))


def visit(database: Database, *people: str) -> str:
    file = VisitFile(values={"date": "2026-03-05", "kind": "daily", "place": "家中"}, people=list(people))
    return next(iter(Visits(database).save(file).uids))


def test_what_is_removed_is_named_with_what_went_with_it(
    database: Database, cadres: Cadres, rest: Bin
) -> None:
    uid = person(cadres, village="东门村", id_number=NUMBER)
    visit(database, uid)
    cadres.remove([uid])
    [removed] = rest.content()
    assert (removed.kind, removed.name, removed.note) == ("档案", "王秀英", "东门村 · 尾号 0016")
    assert (removed.by, removed.parts, removed.days_left) == ("林晓芸", 3, 30)


def test_visits_and_batches_rest_there_too(database: Database, cadres: Cadres, rest: Bin) -> None:
    uid = person(cadres)
    visits, payments = Visits(database), Payments(database)
    visits.remove([visit(database, uid)])
    batch = BatchFile(
        values={"fund": "spring", "title": "春节慰问", "period": "2026年春节"},
        payments=[{"cadre_uid": uid, "amount": 20000}],
    )
    payments.remove(payments.save(batch).uids)
    told = [(each.kind, each.name, each.note, each.parts) for each in rest.content()]
    assert told == [("发放批次", "春节慰问", "2026年春节", 1), ("走访", "2026.03.05 日常走访", "家中", 1)]


def test_several_people_removed_at_once_come_back_one_by_one(practice: Desk) -> None:
    before = content(practice.database)
    signed = [practice.payments.read(line.uid) for line in practice.payments.lines() if line.review.is_done]
    paid = {row["cadre_uid"] for file in signed for row in file.payments}
    uids = [row.uid for row in practice.cadres.rows(["name"]) if row.uid not in paid][:4]
    practice.cadres.remove(uids)
    for uid in uids:
        assert practice.bin.put_back([uid]).left == []
    assert differing(before, content(practice.database)) == {}
    assert practice.bin.content() == []


def test_what_was_put_back_and_removed_again_stands_there_once(cadres: Cadres, rest: Bin) -> None:
    uid = person(cadres)
    cadres.remove([uid])
    rest.put_back([uid])
    file = cadres.read(uid)
    file.values["name"] = "王淑英"
    cadres.save(file)
    cadres.remove([uid])
    assert [each.name for each in rest.content()] == ["王淑英"]


def test_a_person_who_was_entered_anew_does_not_come_back_twice(cadres: Cadres, rest: Bin) -> None:
    uid = person(cadres, id_number=NUMBER)
    cadres.remove([uid])
    person(cadres, "王秀瑛", id_number=NUMBER)
    with pytest.raises(UserError, match="“王秀英”没有取回：花名册里已有身份证号相同的“王秀瑛”"):
        rest.put_back([uid])
    assert cadres.count() == 1
    assert len(rest.content()) == 1


def test_a_visit_that_is_gone_by_now_is_named_and_the_person_comes_back(
    database: Database, cadres: Cadres, rest: Bin
) -> None:
    first, second = person(cadres), person(cadres, "李国强")
    met = visit(database, first, second)
    cadres.remove([first])
    Visits(database).remove([met])
    back = rest.put_back([first])
    assert cadres.read(first).parts["family"]
    assert back.left == ["“走访对象 王秀英”要接回的“走访 2026-03-05”已经不在"]


def test_a_visit_needs_the_people_who_were_met(database: Database, cadres: Cadres, rest: Bin) -> None:
    uid = person(cadres)
    met = visit(database, uid)
    Visits(database).remove([met])
    cadres.remove([uid])
    with pytest.raises(UserError, match="“走访对象 王秀英”要接回的“档案 王秀英”已经不在，没有取回"):
        rest.put_back([met])
    rest.put_back([met, uid])
    assert Visits(database).read(met).people == [uid]


def test_a_batch_that_was_signed_off_meanwhile_is_left_as_it_was_signed(
    database: Database, cadres: Cadres, rest: Bin
) -> None:
    payments = Payments(database)
    first, second = person(cadres), person(cadres, "李国强")
    rows = [{"cadre_uid": uid, "amount": 20000} for uid in (first, second)]
    batch = BatchFile(values={"fund": "spring", "title": "春节", "period": "2026年春节"}, payments=rows)
    uid = next(iter(payments.save(batch).uids))
    cadres.remove([first])
    with database.transaction("save_office") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO office (uid, one_person_reason) VALUES ('office', '只有一个人')"
        )
    payments.review(uid)
    assert rest.put_back([first]).left == ["“发放 春节”已经审定"]
    assert [row["cadre_uid"] for row in payments.read(uid).payments] == [second]
    assert cadres.read(first)


def test_after_thirty_days_only_the_log_knows(
    cadres: Cadres, rest: Bin, monkeypatch: pytest.MonkeyPatch
) -> None:
    cadres.remove([person(cadres)])
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today + dt.timedelta(days=30))
    assert [each.days_left for each in rest.content()] == [0]
    monkeypatch.setattr(clock, "today", lambda: today + dt.timedelta(days=31))
    assert rest.content() == []
    with pytest.raises(UserError, match="已经不在回收站里"):
        rest.put_back(["nobody"])
