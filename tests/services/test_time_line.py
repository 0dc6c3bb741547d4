"""时间线: everything dated about one person, in one column."""

from __future__ import annotations

from app.services.desk import Desk
from app.services.time_line import HEALTH, KINDS, LIFE, PARTY, PAYMENTS, REVIEWS, VISITS
from app.services.visits import VisitFile


def test_a_life_and_what_was_done_for_it_stand_in_one_column(practice: Desk) -> None:
    uid = next(row.uid for row in practice.cadres.rows(["alive"]) if row.values[0])
    file = practice.cadres.read(uid)
    file.values |= {"birth_date": "1940-05", "party_joined_on": "1960", "retired_on": "2000-06-01"}
    file.parts["hospital_stays"] = [
        {"admitted_on": "2026-01-02", "discharged_on": "2026-01-12", "hospital": "县医院", "illness": "肺炎"}
    ]
    practice.cadres.save(file)
    practice.visits.save(VisitFile(values={"date": "2026-01-05", "kind": "hospital"}, people=[uid]))
    moments = practice.time_line.of(uid)
    assert [moment.date for moment in moments] == sorted((one.date for one in moments), reverse=True)
    said = {(moment.date, moment.kind, moment.title) for moment in moments}
    assert ("1940-05", LIFE, "出生年月") in said
    assert ("1960", PARTY, "入党") in said
    assert ("2026-01-02", HEALTH, "入院") in said
    assert any(kind == VISITS and date == "2026-01-05" for date, kind, _ in said)
    assert {moment.kind for moment in moments} <= set(KINDS)


def test_payments_are_told_with_their_amount(practice: Desk) -> None:
    batch = practice.payments.read(practice.payments.lines()[0].uid)
    uid = batch.payments[0]["cadre_uid"]
    paid = [moment for moment in practice.time_line.of(uid) if moment.kind == PAYMENTS]
    assert paid
    assert all(moment.text.endswith("元") for moment in paid)


def test_steps_of_the_review_come_from_the_log(practice: Desk) -> None:
    uid = practice.cadres.rows(["name"])[0].uid
    with practice.database.transaction("review_check", "张三") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO review (uid, cadre_uid, state) VALUES ('r', ?, 'checked')", (uid,)
        )
    assert [(one.kind, one.title) for one in practice.time_line.of(uid) if one.kind == REVIEWS] == [
        (REVIEWS, "核对档案")
    ]


def test_nobody_has_no_time_line(practice: Desk) -> None:
    assert practice.time_line.of("nobody") == []
