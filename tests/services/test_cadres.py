"""Cadres' files: kept, refused with a sentence, removed whole."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import InvalidError, UserError
from app.models.database import Database, table_counts
from app.models.parts import PART_TYPES
from app.services.cadres import CadreFile, Cadres
from app.services.payments import BatchFile, Payments
from app.services.visits import VisitFile, Visits


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


def added(
    cadres: Cadres, name: str = "廖应", parts: dict[str, list[dict[str, Any]]] | None = None, **values: Any
):
    (uid,) = cadres.save(CadreFile(values={"name": name, **values}, parts=parts or {})).uids
    return uid


def test_a_file_comes_back_as_it_was_written(cadres: Cadres):
    uid = added(
        cadres,
        birth_date="1960-07",
        dues_monthly=1250,
        relocated=False,
        parts={"contacts": [{"name": "廖长", "relation": "女儿", "mobile": "19900005062"}]},
    )
    file = cadres.read(uid)
    assert {name: value for name, value in file.values.items() if value is not None} == {
        "name": "廖应",
        "birth_date": "1960-07",
        "dues_monthly": 1250,
        "relocated": False,
        "alive": True,
        "counted": True,
    }
    (contact,) = file.parts["contacts"]
    assert {name: value for name, value in contact.items() if name != "uid"} == {
        "name": "廖长",
        "relation": "女儿",
        "mobile": "19900005062",
        "landline": None,
    }
    assert set(file.parts) == set(PART_TYPES)


def test_a_change_says_whose_file_it_was(cadres: Cadres):
    change = cadres.save(CadreFile(values={"name": "廖应"}))
    assert change.kind == "cadre"
    assert len(change.uids) == 1


@pytest.mark.parametrize("name", list(PART_TYPES))
def test_every_part_keeps_its_rows_in_order(cadres: Cadres, name: str):
    fields = PART_TYPES[name].fields
    rows = [{fields[0].name: _value(fields[0], number)} for number in (3, 1, 2)]
    uid = added(cadres, parts={name: rows})
    assert [row[fields[0].name] for row in cadres.read(uid).parts[name]] == [
        row[fields[0].name] for row in rows
    ]


def _value(field, number: int) -> Any:
    return number if field.kind.stored_as == "integer" else f"2000-0{number}"


def test_parts_that_are_not_given_stay_and_empty_rows_go(cadres: Cadres):
    uid = added(cadres, parts={"contacts": [{"name": "廖长"}], "resume": [{"text": "教师"}]})
    cadres.save(CadreFile(uid, 0, {"name": "廖应"}, {"contacts": [{"name": None, "mobile": None}]}))
    file = cadres.read(uid)
    assert file.parts["contacts"] == []
    assert [row["text"] for row in file.parts["resume"]] == ["教师"]


def test_a_row_keeps_its_identity_when_it_is_edited(cadres: Cadres):
    uid = added(cadres, parts={"contacts": [{"name": "廖长"}, {"name": "廖小"}]})
    file = cadres.read(uid)
    before = [row["uid"] for row in file.parts["contacts"]]
    file.parts["contacts"].reverse()
    file.parts["contacts"][0]["mobile"] = "19900005062"
    cadres.save(file)
    assert [row["uid"] for row in cadres.read(uid).parts["contacts"]] == before[::-1]


def test_fields_that_are_not_given_stay(cadres: Cadres):
    uid = added(cadres, birth_date="1960-07")
    cadres.save(CadreFile(uid, 0, {"name": "廖应", "sex": "1"}))
    values = cadres.read(uid).values
    assert (values["birth_date"], values["sex"]) == ("1960-07", "1")


def test_saving_what_was_changed_meanwhile_is_refused(cadres: Cadres):
    uid = added(cadres)
    mine, theirs = cadres.read(uid), cadres.read(uid)
    theirs.values["mobile"] = "19900005062"
    cadres.save(theirs)
    mine.values["mobile"] = "19900000000"
    with pytest.raises(UserError, match="这份档案刚在别处改过"):
        cadres.save(mine)
    assert cadres.read(uid).values["mobile"] == "19900005062"


def test_saving_again_after_reading_again_works(cadres: Cadres):
    uid = added(cadres)
    for number in range(3):
        file = cadres.read(uid)
        assert file.version == number + 1
        cadres.save(file)


def test_a_removed_file_can_neither_be_read_nor_saved(cadres: Cadres):
    uid = added(cadres)
    file = cadres.read(uid)
    cadres.remove([uid])
    with pytest.raises(UserError, match="已经不在了"):
        cadres.read(uid)
    with pytest.raises(UserError, match="已被删除"):
        cadres.save(file)


def test_a_nameless_file_is_refused(cadres: Cadres):
    with pytest.raises(InvalidError, match="请先填写姓名"):
        cadres.save(CadreFile(values={"sex": "1"}))
    assert cadres.count() == 0


def test_four_contacts_are_kept_and_a_fifth_is_refused(cadres: Cadres):
    four = [{"name": f"亲属{number}"} for number in range(4)]
    uid = added(cadres, parts={"contacts": four})
    with pytest.raises(InvalidError, match="联系人最多 4 个"):
        cadres.save(CadreFile(uid, 0, {"name": "廖应"}, {"contacts": [*four, {"name": "第五个"}]}))
    assert len(cadres.read(uid).parts["contacts"]) == 4


def test_a_doubtful_file_is_kept_with_its_problems(cadres: Cadres):
    uid = added(
        cadres, id_number="529999195203170013", parts={"contacts": [{"name": "廖长", "mobile": "123"}]}
    )
    assert [(each.field, each.code) for each in cadres.problems(cadres.read(uid))] == [
        ("id_number", "R-02"),
        ("contacts", "R-58"),
    ]


def test_a_problem_of_a_part_says_which_row(cadres: Cadres):
    file = CadreFile(values={"name": "廖应"}, parts={"contacts": [{"name": "廖长"}, {"mobile": "123"}]})
    messages = [each.message for each in cadres.problems(file) if each.field == "contacts"]
    assert messages == ["联系人第 2 行：“123”不像手机号或“区号-号码”"]


def test_who_has_died_is_not_alive(cadres: Cadres):
    assert cadres.read(added(cadres, died_on="2026-03-12")).values["alive"] is False


def test_rows_hold_the_asked_fields_by_reading_of_the_name(cadres: Cadres):
    for name in ("周光", "单䶮生", "查月娥"):
        added(cadres, name, mobile="1" + name[0])
    assert [row.values for row in cadres.rows(["name", "mobile"])] == [
        ("单䶮生", "1单"),
        ("查月娥", "1查"),
        ("周光", "1周"),
    ]


def test_a_village_that_is_not_filled_comes_from_the_address(cadres: Cadres):
    added(cadres, home_address="卫城镇东门村10组11号")
    added(cadres, "周光", home_address="卫城镇东门村10组12号", village="坪寨村")
    assert [row.values for row in cadres.rows(["village", "name"])] == [
        ("东门村", "廖应"),
        ("坪寨村", "周光"),
    ]


def test_whole_files_are_read_in_the_order_of_the_list(cadres: Cadres):
    uids = {
        name: added(cadres, name, parts={"resume": [{"text": name}]}) for name in ("周光", "廖应", "单䶮生")
    }
    assert [file.parts["resume"][0]["text"] for file in cadres.read_all()] == ["廖应", "单䶮生", "周光"]
    assert [file.values["name"] for file in cadres.read_all([uids["周光"], uids["廖应"]])] == ["廖应", "周光"]


def test_removing_takes_parts_and_links_along(cadres: Cadres, database: Database):
    uid, other = added(cadres, parts={"contacts": [{"name": "廖长"}]}), added(cadres, "周光")
    Visits(database).save(VisitFile(values={"date": "2025-01-20", "kind": "spring"}, people=[uid, other]))
    Payments(database).save(
        BatchFile(
            values={"fund": "condolence", "title": "慰问金", "period": "2025"},
            payments=[{"cadre_uid": uid, "amount": 500}, {"cadre_uid": other, "amount": 500}],
        )
    )
    cadres.remove([uid])
    with database.reading() as session:
        counts = table_counts(session)
    left = {name: count for name, count in counts.items() if count and not name.startswith("audit")}
    assert left == {
        "alembic_version": 1, "cadre": 1, "visit": 1, "visited_cadre": 1, "payment_batch": 1, "payment": 1,
    }  # fmt: skip
