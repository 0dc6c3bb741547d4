"""No table is forgotten: what is made, changed or removed in any of them has words, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, delete, insert, select, update

from app.models.base import OMITTED, Base
from app.models.database import Database
from app.services.bin import Bin
from app.services.cadres import Cadres
from app.services.payments import Payments
from app.services.record_history import history
from app.services.taking_back import KEPT, TakenBack, last_act, take_back
from app.services.visits import Visits
from tests.content_hash import content, differing

TABLES = [table for table in Base.metadata.sorted_tables if not table.name.startswith("audit_")]
NAMES = [table.name for table in TABLES]
TAKEN_BACK = [name for name in NAMES if name not in KEPT]
WITH_PERSON = {table.name for table in TABLES if "cadre_uid" in table.c} | {"cadre"}
WITH_VISIT = {"visit", "visited_cadre", "visit_photo"}
WITH_BATCH = {"payment_batch", "payment"}
PLAIN: Mapping[str, Any] = {
    "cadre.birthday": "农历08-15",
    "review.state": "new",
    "user.roles": "reader",
    "payment_batch.reviewed_by": None,
}
OTHER: Mapping[str, Any] = {
    "cadre.birthday": "公历03-08",
    "review.state": "query",
    "user.roles": "head",
    "payment_batch.reviewed_by": None,
    "payment_batch.reverses": None,
}
Uids = dict[str, str]


def value(column: Column[Any], uids: Uids, *, other: bool = False) -> Any:
    """Plain, and the same each time; `other` is another one."""
    special = OTHER if other else PLAIN
    name = f"{column.table.name}.{column.name}"
    if name in special:
        return special[name]
    for key in column.foreign_keys:
        parent = key.column.table.name
        return uids[parent] if key.column.name == "uid" else f"{parent}.{key.column.name}"
    if isinstance(column.type, Boolean):
        return not other
    if isinstance(column.type, Integer):
        return 2 if other else 1
    if isinstance(column.type, LargeBinary):
        return b"other" if other else b"plain"
    return f"{name} other" if other else name


def plain_row(table: Table, uids: Uids) -> dict[str, Any]:
    return {
        column.name: f"uid of {table.name}" if column.name == "uid" else value(column, uids)
        for column in table.columns
    }


@pytest.fixture
def uids(database: Database) -> Uids:
    """A row in every table; table → its uid."""
    made: Uids = {}
    with database.transaction("repair") as session:
        for name in NAMES:
            session.execute(delete(Base.metadata.tables[name]))
    for table in TABLES:
        made[table.name] = f"uid of {table.name}"
        with database.transaction("repair") as session:
            session.connection().execute(insert(table), [plain_row(table, made)])
    return made


def rows(database: Database, table: Table) -> list[dict[str, Any]]:
    with database.reading() as session:
        return [dict(line) for line in session.execute(select(table)).mappings()]


def undone(database: Database) -> TakenBack:
    with database.transaction("undo") as session:
        return take_back(session, [last_act(session)])


@pytest.mark.parametrize("name", NAMES)
def test_what_was_made_is_told_in_the_history_of_the_record(
    database: Database, uids: Uids, name: str
) -> None:
    with database.reading() as session:
        lines = list(history(session, name, uids[name]))
    told = [change for line in lines for change in line.changes if change.record_type == name]
    assert told
    assert told[-1].title
    assert all(field.label for field in told[-1].fields)


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_what_was_removed_comes_back_whole_with_all_that_went_with_it(
    database: Database, uids: Uids, name: str
) -> None:
    before = content(database)
    table = Base.metadata.tables[name]
    with database.transaction("repair") as session:
        session.execute(delete(table).where(table.c.uid == uids[name]))
    assert not rows(database, table)
    undone(database)
    assert content(database) == before


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_what_was_changed_is_as_it_was_in_every_column(database: Database, uids: Uids, name: str) -> None:
    table = Base.metadata.tables[name]
    before = content(database)
    fixed = {"uid", *(key.parent.name for key in table.foreign_keys)}
    values = {column.name: value(column, uids, other=True) for column in table.c if column.name not in fixed}
    with database.transaction("repair") as session:
        session.execute(update(table).where(table.c.uid == uids[name]).values(**values))
    changed = rows(database, table)
    undone(database)
    assert rows(database, table) != changed
    assert content(database) == before


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_what_was_made_goes_again(database: Database, uids: Uids, name: str) -> None:
    table = Base.metadata.tables[name]
    before = plain_row(table, uids)
    with database.transaction("repair") as session:
        session.execute(delete(table))
    with database.transaction("repair") as session:
        session.connection().execute(insert(table), [before])
    undone(database)
    assert not rows(database, table)


@pytest.mark.parametrize(
    ("name", "tables"),
    [("cadre", WITH_PERSON), ("visit", WITH_VISIT), ("payment_batch", WITH_BATCH)],
)
def test_what_is_removed_by_hand_rests_in_the_bin_with_all_its_rows(
    database: Database, uids: Uids, name: str, tables: set[str]
) -> None:
    before = {table.name: rows(database, table) for table in TABLES}
    remove = {"cadre": Cadres(database).remove, "visit": Visits(database).remove}.get(
        name, Payments(database).remove
    )
    remove([uids[name]])
    gone = {table.name for table in TABLES if before[table.name] and not rows(database, table)}
    assert gone == tables
    [removed] = Bin(database).content()
    assert removed.parts == len(gone) - 1
    Bin(database).put_back([removed.uid])
    assert {table.name: rows(database, table) for table in TABLES} == before
    assert Bin(database).content() == []


def test_every_table_that_is_not_taken_back_is_named_with_its_reason(database: Database) -> None:
    assert set(NAMES) > KEPT
    omitted = {table.name for table in TABLES if any(column.info.get(OMITTED) for column in table.c)}
    assert omitted <= KEPT, "the log has no old values for these columns"


def test_the_state_of_the_review_comes_back_although_the_file_falls_back_while_it_is_written(
    database: Database, uids: Uids
) -> None:
    review, cadre = Base.metadata.tables["review"], Base.metadata.tables["cadre"]
    with database.transaction("review_approve") as session:
        signed = {"state": "approved", "by_uid": "reviewer", "checked_by": "preparer", "remark": "好"}
        session.execute(update(review).values(**signed))
    before = content(database)
    with database.transaction("save_cadre") as session:
        session.execute(update(cadre).values(name="改名"))
    assert rows(database, review)[0]["state"] == "new"
    undone(database)
    assert differing(before, content(database)) == {}
    with database.transaction("remove_cadre") as session:
        session.execute(delete(cadre))
    undone(database)
    assert differing(before, content(database)) == {}
