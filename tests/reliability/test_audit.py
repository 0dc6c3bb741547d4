"""D1: every way of writing is logged, nothing can be written without an author, every tampering is found."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

import app.models
from app.models import audit, schema
from app.models.audit import AUDIT_ACT, AUDIT_ROW, OWN_TABLES, verify
from app.models.base import OMITTED, Base
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.parts import Contact
from tests.desks import ACTOR, KEYS
from tests.reliability.figures import Figures

LOGGED = [table for table in Base.metadata.sorted_tables if table not in OWN_TABLES]
OPERATIONS = ("insert", "update", "delete")
DECLARED = {("picture", "content"), ("draft", "content"), ("import_doubt", "content")}
"""The only columns that stand in the log by their length."""

NO_AUTHOR = r"audit_row\.act"

Rows = list[tuple[str, str, str, dict[str, Any], dict[str, Any]]]


def rows_of(session: Session | Connection, act: int) -> Rows:
    row = AUDIT_ROW.c
    query = select(row.record_type, row.record, row.operation, row.old, row.new).where(row.act == act)
    return [
        (table, record, operation, json.loads(old), json.loads(new))
        for table, record, operation, old, new in session.execute(query.order_by(row.seq))
    ]


def last_rows(database: Database) -> Rows:
    with database.reading() as session:
        return rows_of(session, database.head().seq)


def changes(rows: Rows, table: str = "cadre") -> list[tuple[str, str, object, object]]:
    """(record, operation, old name, new name)."""
    return [
        (record, operation, old.get("name"), new.get("name"))
        for name, record, operation, old, new in rows
        if name == table
    ]


@contextmanager
def outsider(path: Path) -> Iterator[Any]:
    """Somebody with the database's key and a driver of his own, who cares for no reference."""
    with closing(sqlcipher.connect(str(path), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA key = \"x'{KEYS.database.hex()}{KEYS.salt.hex()}'\"")
        connection.execute("PRAGMA recursive_triggers = ON")
        yield connection


def test_every_model_is_known_where_triggers_are_made() -> None:
    """Otherwise its table would have triggers or not, depending on what was imported before."""
    for module in pkgutil.iter_modules(app.models.__path__):
        if not module.ispkg:
            importlib.import_module(f"app.models.{module.name}")
    made_in = {mapper.class_.__module__ for mapper in Base.registry.mappers}
    assert made_in == {module.__name__ for module in schema.MODELS}


def test_every_table_has_its_three_triggers_in_the_file(database: Database) -> None:
    with database.reading() as session:
        kept = set(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
        tables = set(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    assert {f"audit_{table.name}_{operation}" for table in LOGGED for operation in OPERATIONS} <= kept
    named = {table.name for table in LOGGED} | {table.name for table in OWN_TABLES}
    assert tables - named == {"alembic_version"}


@pytest.mark.parametrize("table", LOGGED, ids=lambda table: table.name)
def test_each_column_of_a_table_is_seen(database: Database, table: Table, figures: Figures) -> None:
    values = {column.name: _value(column.type.python_type, 1) for column in table.columns}
    with outsider(database.path) as connection, _rolled_back(connection):
        _take_part(connection)
        marks = ", ".join("?" * len(values))
        names = ", ".join(f'"{name}"' for name in values)
        connection.execute(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', list(values.values()))
        inserted = _newest(connection)[1]
        assert inserted == {name: _logged(table, name, values[name]) for name in values if name != "uid"}
        for column in table.columns:
            new = _value(column.type.python_type, 2)
            connection.execute(f'UPDATE "{table.name}" SET "{column.name}" = ?', [new])
            seen = {column.name: _logged(table, column.name, values[column.name])}
            assert _newest(connection) == (seen, {column.name: _logged(table, column.name, new)})
            values[column.name] = new
        connection.execute(f'DELETE FROM "{table.name}"')
        assert _newest(connection)[0] == {
            name: _logged(table, name, values[name]) for name in values if name != "uid"
        }
    figures.record(
        "D1",
        measured={"columns covered": len(values)},
        expected="every column of every table",
        count=len(values),
    )


def test_only_declared_columns_are_left_out() -> None:
    found = {(t.name, column.name) for t in LOGGED for column in t.columns if column.info.get(OMITTED)}
    assert found == DECLARED


def _value(kind: type, which: int) -> Any:
    """Of a text the length changes not: what is omitted must be seen to change all the same."""
    return {str: "甲" if which == 1 else "乙", bytes: bytes([which]), int: which, bool: which - 1}[kind]


def _logged(table: Table, column: str, value: Any) -> Any:
    return len(value) if (table.name, column) in DECLARED else value


def _take_part(connection: Any) -> None:
    """The context of an act, and none of the rules that forbid some values."""
    connection.execute("INSERT INTO audit_context (id, act) VALUES (1, 1)")
    names = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'guard_%'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")


def _newest(connection: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    old, new = connection.execute("SELECT old, new FROM audit_row ORDER BY seq DESC LIMIT 1").fetchone()
    return json.loads(old), json.loads(new)


@contextmanager
def _rolled_back(connection: Any) -> Iterator[None]:
    connection.execute("BEGIN")
    yield
    connection.execute("ROLLBACK")


def add(session: Session) -> None:
    session.add(Cadre(uid="c9", name="新来的"))


def change_an_object(session: Session) -> None:
    session.get_one(Cadre, "c1").name = "改了"


def remove_an_object(session: Session) -> None:
    session.delete(session.get_one(Cadre, "c1"))


def bulk_update(session: Session) -> None:
    session.execute(update(Cadre).where(Cadre.uid.in_(["c1", "c2"])).values(name="改了"))


def core_insert(session: Session) -> None:
    session.connection().execute(
        insert(Cadre.__table__).values(uid="c9", version=1, search_key="", name="新来的")
    )


def core_update(session: Session) -> None:
    session.connection().execute(update(Cadre.__table__).where(Cadre.uid == "c1").values(name="改了"))


def core_delete(session: Session) -> None:
    session.connection().execute(delete(Cadre.__table__).where(Cadre.__table__.c.uid == "c1"))


def raw_sql(session: Session) -> None:
    session.execute(text("UPDATE cadre SET name = '改了' WHERE uid = 'c1'"))


def executemany(session: Session) -> None:
    people = [{"uid": f"c{n}", "version": 1, "search_key": "", "name": f"第{n}个"} for n in (8, 9)]
    session.connection().execute(insert(Cadre.__table__), people)


def driver_sql(session: Session) -> None:
    session.connection().exec_driver_sql("UPDATE cadre SET name = ? WHERE uid = 'c1'", ("改了",))


def replace_into(session: Session) -> None:
    session.execute(text("REPLACE INTO cadre (uid, version, search_key, name) VALUES ('c1', 1, '', '换了')"))


RENAMED = ("c1", "update", "王秀英", "改了")
WAYS: list[tuple[Callable[[Session], None], list[tuple[str, str, object, object]]]] = [
    (add, [("c9", "insert", None, "新来的")]),
    (change_an_object, [RENAMED]),
    (remove_an_object, [("c1", "delete", "王秀英", None)]),
    (bulk_update, [RENAMED, ("c2", "update", "高忠信", "改了")]),
    (core_insert, [("c9", "insert", None, "新来的")]),
    (core_update, [RENAMED]),
    (core_delete, [("c1", "delete", "王秀英", None)]),
    (raw_sql, [RENAMED]),
    (executemany, [("c8", "insert", None, "第8个"), ("c9", "insert", None, "第9个")]),
    (driver_sql, [RENAMED]),
    (replace_into, [("c1", "delete", "王秀英", None), ("c1", "insert", None, "换了")]),
]


@pytest.fixture
def people(database: Database) -> Database:
    """Two cadres, one with a contact."""
    with database.transaction("import") as session:
        session.add_all([Cadre(uid="c1", name="王秀英"), Cadre(uid="c2", name="高忠信")])
        session.flush()
        session.add(Contact(uid="k1", cadre_uid="c1", position=0, name="王小明"))
    return database


@pytest.mark.parametrize(("write", "expected"), WAYS, ids=lambda way: getattr(way, "__name__", ""))
def test_every_way_of_writing_is_logged(
    people: Database, write: Callable[[Session], None], expected: object, figures: Figures
) -> None:
    before = people.head().seq
    with people.transaction("save_cadre", "试一试") as session:
        write(session)
    assert people.head().seq == before + 1
    assert changes(last_rows(people)) == expected
    assert people.verify_log().problems == ()
    figures.record("D1", measured={"ways of writing logged": 1}, expected="all logged", count=1)


@pytest.mark.parametrize("write", [core_delete, replace_into])
def test_what_goes_with_its_owner_is_logged_too(people: Database, write: Callable[[Session], None]) -> None:
    with people.transaction("remove_cadre") as session:
        write(session)
    assert changes(last_rows(people), "contact") == [("k1", "delete", "王小明", None)]


def test_what_is_rolled_back_leaves_no_step(people: Database) -> None:
    before = people.head()

    def broken_off() -> None:
        with people.transaction("save_cadre") as session:
            raw_sql(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert people.head() == before


@pytest.mark.parametrize("table", LOGGED, ids=lambda table: table.name)
def test_nobody_writes_without_an_author(database: Database, table: Table) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = [_value(column.type.python_type, 1) for column in table.columns]
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(values))})'
    others = (f"UPDATE \"{table.name}\" SET uid = 'x'", f'DELETE FROM "{table.name}"')
    with outsider(database.path) as connection, _rolled_back(connection):
        _take_part(connection)
        connection.execute("SAVEPOINT empty")
        connection.execute(statement, values)
        connection.execute("DELETE FROM audit_context")
        for change in others:
            with pytest.raises(sqlcipher.IntegrityError, match=NO_AUTHOR):
                connection.execute(change)
        connection.execute("ROLLBACK TO empty")
        connection.execute("DELETE FROM audit_context")
        with pytest.raises(sqlcipher.IntegrityError, match=NO_AUTHOR):
            connection.execute(statement, values)


@pytest.mark.parametrize("table", ["audit_act", "audit_row"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {0} SET act = act", "DELETE FROM {0}", "REPLACE INTO {0} SELECT * FROM {0}"]
)
def test_the_log_itself_takes_no_change(people: Database, table: str, statement: str) -> None:
    with outsider(people.path) as connection, pytest.raises(sqlcipher.IntegrityError, match="审计日志不可"):
        connection.execute(statement.format(table))


def test_a_change_smuggled_in_before_the_next_step_is_nobody_elses(people: Database) -> None:
    """With a context of his own making an outsider gets past the triggers, but not into another's step."""
    with outsider(people.path) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO audit_context (id, act) SELECT 1, seq + 1 FROM audit_head")
        connection.execute("UPDATE cadre SET name = '混进来' WHERE uid = 'c2'")
        connection.execute("DELETE FROM audit_context")
        connection.execute("COMMIT")
    assert people.verify_log().problems == ("有 1 条改动不属于任何一步",)
    with people.transaction("save_cadre") as session:
        raw_sql(session)
    assert changes(last_rows(people)) == [RENAMED]
    assert "有 1 条改动不属于任何一步" in people.verify_log().problems


Tamper = Callable[[Connection, Random], None]


def any_act(connection: Connection, chance: Random) -> int:
    return chance.choice(connection.scalars(select(AUDIT_ACT.c.seq)).all())


def any_row(connection: Connection, chance: Random) -> int:
    return chance.choice(connection.scalars(select(AUDIT_ROW.c.seq)).all())


def edit_the_step(connection: Connection, chance: Random) -> None:
    column = chance.choice(
        ["at", "actor_uid", "actor", "roles", "source", "act", "about", "batch", "details"]
    )
    change = AUDIT_ACT.update().where(AUDIT_ACT.c.seq == any_act(connection, chance))
    connection.execute(change.values({column: chance.choice(["别人", " ", b"\x00"])}))


def edit_the_number_of_rows(connection: Connection, chance: Random) -> None:
    change = AUDIT_ACT.update().where(AUDIT_ACT.c.seq == any_act(connection, chance))
    connection.execute(change.values(rows=AUDIT_ACT.c.rows + 1))


def edit_a_value(connection: Connection, chance: Random) -> None:
    column = chance.choice(["record_type", "record", "person", "operation", "old", "new"])
    change = AUDIT_ROW.update().where(AUDIT_ROW.c.seq == any_row(connection, chance))
    connection.execute(change.values({column: chance.choice(['{"name":"别人"}', "x", b"\x00"])}))


def delete_a_row(connection: Connection, chance: Random) -> None:
    connection.execute(AUDIT_ROW.delete().where(AUDIT_ROW.c.seq == any_row(connection, chance)))


def add_a_row(connection: Connection, chance: Random) -> None:
    row = {"record_type": "cadre", "record": "c1", "operation": "update", "old": "{}", "new": "{}"}
    connection.execute(AUDIT_ROW.insert().values(act=any_act(connection, chance), **row))


def give_a_row_to_another_step(connection: Connection, chance: Random) -> None:
    row = any_row(connection, chance)
    act = connection.scalar(select(AUDIT_ROW.c.act).where(AUDIT_ROW.c.seq == row))
    others = connection.scalars(select(AUDIT_ACT.c.seq).where(AUDIT_ACT.c.seq != act)).all()
    new = chance.choice([*others, 10**6, "别处"])
    connection.exec_driver_sql("UPDATE audit_row SET act = ? WHERE seq = ?", (new, row))


def delete_a_step(connection: Connection, chance: Random) -> None:
    act = any_act(connection, chance)
    connection.execute(AUDIT_ACT.delete().where(AUDIT_ACT.c.seq == act))
    if chance.random() < 0.8:
        connection.execute(AUDIT_ROW.delete().where(AUDIT_ROW.c.act == act))


def cut_the_tail(connection: Connection, chance: Random) -> None:
    """With the head moved back to the step that is the last one now, sealed as well as he can."""
    last = connection.scalar(select(AUDIT_ACT.c.seq).order_by(AUDIT_ACT.c.seq.desc())) or 0
    kept = chance.randrange(last)
    connection.execute(AUDIT_ROW.delete().where(AUDIT_ROW.c.act > kept))
    connection.execute(AUDIT_ACT.delete().where(AUDIT_ACT.c.seq > kept))
    mac = connection.scalar(select(AUDIT_ACT.c.mac).where(AUDIT_ACT.c.seq == kept)) or audit.START
    if chance.random() < 0.8:
        connection.execute(audit.AUDIT_HEAD.update().values(seq=kept, mac=mac))
    if chance.random() < 0.5:
        sealed = audit._sealed(chance.randbytes(32), kept, mac)
        connection.execute(audit.AUDIT_HEAD.update().values(sealed=sealed))


def edit_a_seal(connection: Connection, chance: Random) -> None:
    change = AUDIT_ACT.update().where(AUDIT_ACT.c.seq == any_act(connection, chance))
    connection.execute(change.values(mac=chance.randbytes(32).hex()))


def swap_two_steps(connection: Connection, chance: Random) -> None:
    seqs = connection.scalars(select(AUDIT_ACT.c.seq)).all()
    first, second = chance.sample(seqs, 2)
    for old, new in ((first, 10**6), (second, first), (10**6, second)):
        connection.execute(AUDIT_ACT.update().where(AUDIT_ACT.c.seq == old).values(seq=new))
        connection.execute(AUDIT_ROW.update().where(AUDIT_ROW.c.act == old).values(act=new))


def swap_two_rows(connection: Connection, chance: Random) -> None:
    first, second = chance.sample(connection.scalars(select(AUDIT_ROW.c.seq)).all(), 2)
    for old, new in ((first, 10**6), (second, first), (10**6, second)):
        connection.execute(AUDIT_ROW.update().where(AUDIT_ROW.c.seq == old).values(seq=new))


def forge_the_head(connection: Connection, chance: Random) -> None:
    head = audit.head_of(connection)
    forged = {"seq": head.seq + 1, "mac": chance.randbytes(32).hex(), "sealed": chance.randbytes(32).hex()}
    column = chance.choice(list(forged))
    connection.execute(audit.AUDIT_HEAD.update().values({column: forged[column]}))


def take_the_head_away(connection: Connection, chance: Random) -> None:
    connection.execute(audit.AUDIT_HEAD.delete())


def make_unreadable(connection: Connection, chance: Random) -> None:
    """Bytes that are no text in a column of text."""
    places = ("audit_act", "about"), ("audit_act", "mac"), ("audit_row", "new"), ("audit_head", "mac")
    table, column = chance.choice(places)
    connection.exec_driver_sql(f"UPDATE {table} SET {column} = CAST(x'ff80' AS TEXT)")


def add_a_step(connection: Connection, chance: Random) -> None:
    """As the program would, with a key of his own."""
    acting = audit.Acting(ACTOR, "login", is_event=True)
    audit.open_act(connection)
    audit.seal_act(connection, acting, chance.randbytes(32))


def rewrite_everything(connection: Connection, chance: Random) -> None:
    """One value changed and the whole chain made anew, with a key of his own."""
    edit_a_value(connection, chance)
    key, before, number = chance.randbytes(32), audit.START, 0
    for act, rows in list(audit._acts(connection)):
        before, number = audit._mac(key, before, act, rows), act["seq"]
        connection.execute(AUDIT_ACT.update().where(AUDIT_ACT.c.seq == number).values(mac=before))
    sealed = audit._sealed(key, number, before)
    connection.execute(audit.AUDIT_HEAD.update().values(mac=before, sealed=sealed))


TAMPERINGS: list[Tamper] = [
    edit_the_step,
    edit_the_number_of_rows,
    edit_a_value,
    delete_a_row,
    add_a_row,
    give_a_row_to_another_step,
    delete_a_step,
    cut_the_tail,
    edit_a_seal,
    swap_two_steps,
    swap_two_rows,
    forge_the_head,
    take_the_head_away,
    make_unreadable,
    add_a_step,
    rewrite_everything,
]


@pytest.fixture
def long_log(people: Database) -> Database:
    """Forty steps of all kinds."""
    chance = Random(7)
    for n in range(30):
        with people.transaction("save_cadre", f"第{n}次") as session:
            session.get_one(Cadre, "c1").name = f"第{n}名"
            if chance.random() < 0.5:
                session.add(Contact(uid=f"n{n}", cadre_uid="c2", position=n, name="某人"))
        if n % 3 == 0:
            people.record("reveal", f"第{n}名 身份证号")
    return people


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_every_tampering_is_found(
    long_log: Database, tamper: Tamper, runs: Callable[[int, int], int], figures: Figures
) -> None:
    """By somebody who has the key of the database but not that of the log; he takes the triggers out first."""
    times, found = max(4, runs(50, 1000) // len(TAMPERINGS) + 1), 0
    assert long_log.verify_log().problems == ()
    for seed in range(times):
        with long_log.engine.connect() as connection, connection.begin() as transaction:
            schema.drop_triggers(connection)
            tamper(connection, Random(f"{tamper.__name__} {seed}"))
            found += bool(verify(connection, KEYS.audit).problems)
            transaction.rollback()
    figures.record(
        "D1",
        measured={"tamperings found": found, "missed": times - found},
        expected="every tampering found",
        count=times,
    )
    assert found == times


def test_an_untouched_log_is_whole_and_under_another_key_it_is_not(long_log: Database) -> None:
    with long_log.reading() as session:
        connection = session.connection()
        assert verify(connection, KEYS.audit).problems == ()
        assert len(verify(connection, b"\x00" * 32).problems) == long_log.head().seq + 1


def test_looking_through_the_log_says_how_far_it_is(
    long_log: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_TELL_EVERY", 10)
    heard: list[tuple[int, int, str]] = []
    long_log.verify_log(lambda *told: heard.append(told))
    assert [told[0] for told in heard] == [10, 20, 30, 40]
    assert heard[0][1:] == (long_log.head().seq, "正在核对日志")


def test_writing_without_a_guarded_connection_is_refused_by_the_driver(people: Database) -> None:
    with people.engine.connect() as connection, pytest.raises(DatabaseError, match=NO_AUTHOR):
        connection.execute(text("UPDATE cadre SET name = '没有署名'"))
