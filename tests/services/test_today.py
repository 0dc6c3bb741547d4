"""What the first page says of today, with the people behind every figure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.models.database import Database
from app.models.delivery import Delivery
from app.services.cadres import CadreFile, Cadres
from app.services.delivery_outlook import DeliveryOutlook
from app.services.payments import BatchFile, Payments
from app.services.roster_marks import RosterMarks
from app.services.today import ComingBirthday, Today
from app.services.visits import VisitFile, Visits

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def today(database: Database) -> Today:
    return Today(database)


@pytest.fixture
def add(database: Database):
    def add(name: str, **values: Any) -> str:
        (uid,) = Cadres(database).save(CadreFile(values={"name": name, **values})).uids
        return uid

    return add


def coming(today: Today) -> list[tuple[str, str]]:
    return [(each.name, each.day.isoformat()) for each in today.birthdays(TODAY)]


def test_birthdays_of_the_coming_days_the_nearest_first(today: Today, add):
    add("甲", birth_date="1950-12-07")
    add("乙", birth_date="1951-11-22")
    add("丙", birth_date="1952-12-08")
    add("丁", birth_date="1953-11-21")
    assert coming(today) == [("乙", "2026-11-22"), ("甲", "2026-12-07")]


def test_a_birthday_says_the_age_that_is_reached(today: Today, add):
    uid = add("甲", birth_date="1946-11-30")
    assert today.birthdays(TODAY) == [ComingBirthday(uid, "甲", dt.date(2026, 11, 30), False, 80)]


def test_a_lunar_birthday_is_marked_as_one(today: Today, add):
    uid = add("甲", birthday="农历10-20")
    assert today.birthdays(TODAY) == [ComingBirthday(uid, "甲", dt.date(2026, 11, 28), True, None)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"birth_date": "1952-11", "id_number": "529999195211280014"}, ["2026-11-28"]),
        ({"birth_date": "1952", "id_number": "529999195211280014"}, ["2026-11-28"]),
        ({"birth_date": "1951-11", "id_number": "529999195211280014"}, []),
        ({"birth_date": "1951-11-25", "id_number": "529999195211280014"}, ["2026-11-25"]),
        ({"birth_date": "1952-11"}, []),
        ({"birth_date": "1952-11", "id_number": "5299"}, []),
    ],
)
def test_the_day_that_the_archive_lacks_comes_from_an_agreeing_number(
    today: Today, add, values: dict[str, str], expected: list[str]
):
    add("甲", **values)
    assert [day for _, day in coming(today)] == expected


def test_the_dead_have_no_birthday_no_visit_and_no_gaps(today: Today, add):
    add("甲", birth_date="1950-11-25", died_on="2026-03-12")
    assert (coming(today), today.unvisited(2026), today.gaps()) == ([], [], [])


def test_who_was_not_visited_this_year(today: Today, add, database: Database):
    visited, before, never = add("丙"), add("乙"), add("甲")
    Visits(database).save(
        VisitFile(values={"date": "2026-01-20", "kind": "spring"}, people=[visited]),
        VisitFile(values={"date": "2025-01-20", "kind": "spring"}, people=[before, visited]),
    )
    assert today.unvisited(2026) == [(never, "甲"), (before, "乙")]
    assert today.unvisited(2025) == [(never, "甲")]


def test_gaps_begin_with_the_emptiest_file(today: Today, add):
    add("甲", sex="1", ethnicity="01", birth_date="1950")
    add("乙")
    first, second = today.gaps()
    assert (first.name, second.name) == ("乙", "甲")
    assert first.percent <= second.percent
    assert set(first.missing) - set(second.missing) == {"性别", "民族", "出生年月"}


def test_files_with_gaps_are_counted_alike_everywhere(today: Today, add, database: Database):
    add("甲")
    add("乙")
    add("丙", alive=False, died_on="2026-03-12")
    said = [remark.text for remark in DeliveryOutlook(database).remarks() if "缺项" in remark.text]
    marked = [marks for marks in RosterMarks(Cadres(database)).of_all().values() if "gaps" in marks]
    assert (len(today.gaps()), len(marked)) == (2, 2)
    assert said[0].startswith("2 份档案还有缺项")


def test_payments_without_a_signature(today: Today, add, database: Database):
    one, two = add("甲"), add("乙")
    payments = [{"cadre_uid": one, "amount": 500, "signer": "甲"}, {"cadre_uid": two, "amount": 500}]
    values = {"fund": "condolence", "title": "慰问金", "period": "2026"}
    (batch,) = Payments(database).save(BatchFile(values=values, payments=payments)).uids
    assert today.unsigned() == [(batch, two)]


def test_the_last_delivery_is_the_newest(today: Today, database: Database):
    assert today.last_delivery() is None
    with database.transaction("save_cadre") as session:
        for seq in (2, 3, 1):
            session.add(
                Delivery(
                    seq=seq,
                    period="2026",
                    name=f"第{seq}次",
                    manifest_sha256="",
                    check_code="A",
                    written_at="",
                    people=9,
                )
            )
    found = today.last_delivery()
    assert found is not None
    assert found.name == "第3次"


def test_counts_of_everything(today: Today, add):
    assert set(today.counts().values()) == {0}
    add("甲")
    assert today.counts() == {"cadres": 1, "visits": 0, "payments": 0, "deliveries": 0, "intakes": 0}
