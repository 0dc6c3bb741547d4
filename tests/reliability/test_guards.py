"""D2: whoever fills in does not review, and what was reviewed stands fast, whatever SQL is sent."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.errors import UserError
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.office import Office
from app.models.payments import Payment, PaymentBatch
from app.models.user import User
from tests.reliability.figures import Figures

ONE_PERSON = "本镇老干部工作只有一名工作人员"

FORBIDDEN = {
    "one login with both roles": "UPDATE user SET roles = 'preparer;reviewer' WHERE uid = 'maker'",
    "a new login with both roles": (
        "INSERT INTO user (uid, name, roles, active) VALUES ('x', '某', 'reviewer;preparer', 1)"
    ),
    "a review of one's own work": "UPDATE payment_batch SET reviewed_by = 'maker' WHERE uid = 'open'",
    "a batch that comes reviewed by its maker": (
        "INSERT INTO payment_batch (uid, version, prepared_by, reviewed_by) VALUES ('x', 1, 'maker', 'maker')"
    ),
    "another amount": "UPDATE payment SET amount = 1 WHERE batch_uid = 'reviewed'",
    "another person": "UPDATE payment SET cadre_uid = 'other' WHERE batch_uid = 'reviewed'",
    "another account": "UPDATE payment SET bank_account = '1' WHERE batch_uid = 'reviewed'",
    "another date": "UPDATE payment_batch SET paid_on = '2020-01-01' WHERE uid = 'reviewed'",
    "another maker": "UPDATE payment_batch SET prepared_by = 'checker' WHERE uid = 'reviewed'",
    "a reversal that takes nothing back": "UPDATE payment_batch SET reverses = 'x' WHERE uid = 'reviewed'",
    "no review any more": "UPDATE payment_batch SET reviewed_by = NULL WHERE uid = 'reviewed'",
    "one payment less": "DELETE FROM payment WHERE batch_uid = 'reviewed'",
    "one payment more": (
        "INSERT INTO payment (uid, batch_uid, cadre_uid, position) VALUES ('x', 'reviewed', 'other', 2)"
    ),
    "a payment replaced": (
        "REPLACE INTO payment (uid, batch_uid, cadre_uid, position, amount) VALUES ('p', 'reviewed', 'one', 0, 1)"
    ),
    "a payment moved in": "UPDATE payment SET batch_uid = 'reviewed' WHERE batch_uid = 'open'",
    "the batch gone": "DELETE FROM payment_batch WHERE uid = 'reviewed'",
    "the person gone": "DELETE FROM cadre WHERE uid = 'one'",
}


@pytest.fixture
def town(database: Database) -> Database:
    """A maker, a checker, a batch that was reviewed and one that was not."""
    with database.transaction("save_batch") as session:
        session.add_all(
            [
                User(uid="maker", name="林晓芸", roles="preparer;admin", active=True),
                User(uid="checker", name="周光", roles="reviewer", active=True),
                Cadre(uid="one", name="王𬎆"),
                Cadre(uid="other", name="廖应"),
                PaymentBatch(uid="reviewed", title="春节慰问金", prepared_by="maker"),
                PaymentBatch(uid="open", title="重阳慰问金", prepared_by="maker"),
            ]
        )
        session.flush()
        session.add(Payment(uid="p", batch_uid="reviewed", cadre_uid="one", amount=50_000))
        session.add(Payment(uid="q", batch_uid="open", cadre_uid="one", amount=50_000))
    execute(
        database,
        "UPDATE payment_batch SET reviewed_by = 'checker', reviewed_at = 'now' WHERE uid = 'reviewed'",
    )
    return database


def execute(database: Database, statement: str) -> None:
    with database.transaction("save_batch") as session:
        session.execute(text(statement))


def everything(database: Database) -> list[object]:
    with database.reading() as session:
        tables = ("user", "cadre", "payment_batch", "payment", "audit_act", "audit_row")
        return [session.execute(text(f"SELECT * FROM {table} ORDER BY 1")).all() for table in tables]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_database_itself_refuses(town: Database, what: str, figures: Figures):
    before = everything(town)
    with pytest.raises(UserError, match=r"填报和审核不能是同一个人|填报的人不能自己审定|已经审定，不能再改"):
        execute(town, FORBIDDEN[what])
    assert everything(town) == before
    figures.record("D2", measured={"refused": 1}, expected="all refused", count=1)


@pytest.mark.parametrize("what", ["one login with both roles", "a review of one's own work"])
def test_the_office_may_allow_one_person_to_do_both_in_writing(town: Database, what: str):
    with town.transaction("save_office") as session:
        session.add(Office(township="卫城镇", one_person_reason=ONE_PERSON))
    execute(town, FORBIDDEN[what])


def test_blanks_are_no_reason(town: Database):
    with town.transaction("save_office") as session:
        session.add(Office(township="卫城镇", one_person_reason="  "))
    with pytest.raises(UserError):
        execute(town, FORBIDDEN["a review of one's own work"])


def test_what_is_signed_may_still_be_written(town: Database):
    execute(town, "UPDATE payment SET signer = '王𬎆', signed_on = '2026-02-01' WHERE batch_uid = 'reviewed'")
    with town.reading() as session:
        assert session.scalar(text("SELECT signer FROM payment WHERE uid = 'p'")) == "王𬎆"
