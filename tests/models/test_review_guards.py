"""The database itself: a signed file that changes falls back, whoever changes it; nobody approves his own work."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from app.errors import UserError
from app.fields.kinds import Number, YesNo
from app.fields.spec import Field
from app.models.base import new_uid
from app.models.cadre import CADRE, Cadre
from app.models.database import Database
from app.models.office import Office
from app.models.parts import PART_TYPES, PARTS
from app.models.review import Review
from app.models.review_guards import SIGNATURES

SIGNED = {"checked": "new", "approved": "new", "reported": "changed", "settled": "changed"}
CONTENT = [field.name for field in CADRE.fields if field.name not in SIGNATURES]


@pytest.fixture
def uid(database: Database) -> str:
    return kept(database)


def kept(database: Database, name: str = "王秀英", *, review: bool = True) -> str:
    with database.transaction("save_cadre") as session:
        cadre = Cadre(uid=new_uid(), version=1, name=name, alive=True, counted=True)
        session.add(cadre)
        session.flush()
        if review:
            session.add(Review(cadre_uid=cadre.uid, state="new"))
        return cadre.uid


def put_in(database: Database, uid: str) -> None:
    with database.transaction("review_check") as session:
        session.add(Review(cadre_uid=uid, state="approved", by_uid="checker", checked_by="checker"))


def put(database: Database, uid: str, state: str, **values: Any) -> None:
    whole = {
        "at": "2026-10-18T09:30:00+08:00",
        "by_uid": "checker",
        "by_name": "周光",
        "remark": "看过",
        **values,
    }
    with database.transaction("review_check") as session:
        session.execute(update(Review).where(Review.cadre_uid == uid).values(state=state, **whole))


def state(database: Database, uid: str) -> str:
    with database.reading() as session:
        return session.execute(select(Review.state).where(Review.cadre_uid == uid)).scalar_one()


def another(field: Field) -> Any:
    if isinstance(field.kind, YesNo):
        return field.name not in {"alive", "counted"}
    return 7 if field.kind.stored_as == "integer" or isinstance(field.kind, Number) else "另一个"


@pytest.mark.parametrize("name", CONTENT)
def test_a_change_of_any_field_takes_the_approval_away(database: Database, uid: str, name: str) -> None:
    put(database, uid, "approved")
    with database.transaction("save_cadre") as session:
        session.execute(update(Cadre).where(Cadre.uid == uid).values({name: another(CADRE.field(name))}))
    assert state(database, uid) == "new"


@pytest.mark.parametrize(("signed", "fallen"), SIGNED.items())
def test_what_was_reported_is_changed_and_what_was_only_signed_is_new(
    database: Database, uid: str, signed: str, fallen: str
) -> None:
    put(database, uid, signed)
    with database.transaction("save_cadre") as session:
        session.get_one(Cadre, uid).mobile = "19900001234"
    with database.reading() as session:
        row = session.scalars(select(Review)).one()
        assert (row.state, row.at, row.by_uid, row.by_name, row.remark) == (fallen, None, None, None, None)


@pytest.mark.parametrize("waiting", ["new", "changed", "returned"])
def test_a_file_that_nobody_stands_for_stays_where_it_is(database: Database, uid: str, waiting: str) -> None:
    put(database, uid, waiting)
    with database.transaction("save_cadre") as session:
        session.get_one(Cadre, uid).mobile = "19900001234"
    with database.reading() as session:
        assert session.execute(select(Review.state, Review.remark)).one() == (waiting, "看过")


@pytest.mark.parametrize("name", sorted(SIGNATURES))
def test_signatures_are_no_change_of_the_file(database: Database, uid: str, name: str) -> None:
    put(database, uid, "approved")
    with database.transaction("review_check") as session:
        session.execute(update(Cadre).where(Cadre.uid == uid).values({name: "另一个", "version": 9}))
    assert state(database, uid) == "approved"


def test_writing_the_same_again_is_no_change(database: Database, uid: str) -> None:
    put(database, uid, "approved")
    with database.transaction("save_cadre") as session:
        session.execute(
            update(Cadre).where(Cadre.uid == uid).values(name="王秀英", search_key="wxy", version=9)
        )
    assert state(database, uid) == "approved"


@pytest.mark.parametrize("part", PARTS)
def test_a_row_that_comes_or_goes_in_any_part_takes_the_approval_away(
    database: Database, uid: str, part: str
) -> None:
    model, row = PARTS[part], new_uid()
    put(database, uid, "approved")
    with database.transaction("save_cadre") as session:
        session.execute(insert(model).values(uid=row, cadre_uid=uid, position=0))
    assert state(database, uid) == "new"
    put(database, uid, "reported")
    with database.transaction("save_cadre") as session:
        session.execute(delete(model).where(model.uid == row))
    assert state(database, uid) == "changed"


@pytest.mark.parametrize(
    ("part", "name"), [(part, field.name) for part, record in PART_TYPES.items() for field in record.fields]
)
def test_a_change_of_any_field_of_any_part_takes_the_approval_away(
    database: Database, uid: str, part: str, name: str
) -> None:
    model, row = PARTS[part], new_uid()
    with database.transaction("save_cadre") as session:
        session.execute(insert(model).values(uid=row, cadre_uid=uid, position=0))
    put(database, uid, "approved")
    with database.transaction("save_cadre") as session:
        session.execute(
            update(model).where(model.uid == row).values({name: another(PART_TYPES[part].field(name))})
        )
    assert state(database, uid) == "new"


@pytest.mark.parametrize("part", PARTS)
def test_another_place_in_the_list_is_no_change(database: Database, uid: str, part: str) -> None:
    model, row = PARTS[part], new_uid()
    with database.transaction("save_cadre") as session:
        session.execute(insert(model).values(uid=row, cadre_uid=uid, position=0))
    put(database, uid, "approved")
    with database.transaction("save_cadre") as session:
        session.execute(update(model).where(model.uid == row).values(position=3))
    assert state(database, uid) == "approved"


def test_plain_sql_over_everybody_is_seen_too(database: Database) -> None:
    uids = [kept(database, name) for name in ("廖应", "夏秀英", "单䶮生")]
    for each in uids:
        put(database, each, "approved")
    with database.transaction("bulk_edit") as session:
        session.execute(text("UPDATE cadre SET village = '东门村' WHERE name <> '廖应'"))
    assert [state(database, each) for each in uids] == ["approved", "new", "new"]


def test_a_row_that_moves_to_another_file_is_a_change_of_that_file(database: Database, uid: str) -> None:
    other, row = kept(database, "廖应"), new_uid()
    model = PARTS["contacts"]
    with database.transaction("save_cadre") as session:
        session.execute(insert(model).values(uid=row, cadre_uid=uid, position=0, name="廖明"))
    put(database, other, "approved")
    with database.transaction("merge") as session:
        session.execute(update(model).where(model.uid == row).values(cadre_uid=other))
    assert state(database, other) == "new"


def test_nobody_approves_what_he_checked_himself(database: Database, uid: str) -> None:
    put(database, uid, "checked", checked_by="checker")
    with pytest.raises(UserError, match="不能自己审核"):
        put(database, uid, "approved", by_uid="checker")
    with pytest.raises(UserError, match="不能自己审核"):
        put_in(database, kept(database, "廖应", review=False))
    assert state(database, uid) == "checked"
    put(database, uid, "approved", by_uid="another")
    assert state(database, uid) == "approved"


def test_one_person_alone_may_do_both_when_the_office_has_said_why(database: Database, uid: str) -> None:
    with database.transaction("save_office") as session:
        session.add(Office(uid=new_uid(), one_person_reason="  "))
    put(database, uid, "checked", checked_by="checker")
    with pytest.raises(UserError, match="不能自己审核"):
        put(database, uid, "approved", by_uid="checker")
    with database.transaction("save_office") as session:
        session.execute(update(Office).values(one_person_reason="全乡只有一名工作人员"))
    put(database, uid, "approved", by_uid="checker")
    assert state(database, uid) == "approved"
