"""The file itself: settings in force, locks, refusals, whole copies."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import UserError
from app.models import database as database_module
from app.models.cadre import Cadre
from app.models.database import APPLICATION_ID, SETTINGS, Database, table_counts
from app.models.parts import Contact
from tests.desks import KEYS

SPOKEN = {"FULL": 2, "ON": 1, "OFF": 0, "MEMORY": 2, "WAL": "wal"}


def pragma(database: Database, name: str) -> object:
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def as_another_program(database: Database, **options: float) -> sqlcipher.Connection:
    connection = sqlcipher.connect(str(database.path), isolation_level=None, **options)
    connection.execute(f"PRAGMA key = \"x'{KEYS.database.hex()}{KEYS.salt.hex()}'\"")
    return connection


def add(database: Database, *names: str) -> None:
    with database.transaction("save_cadre") as session:
        session.add_all(Cadre(name=name) for name in names)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(text("SELECT name FROM cadre")))


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_in_force(database: Database, setting: str):
    name, value = setting.split(" = ")
    assert pragma(database, name) == (SPOKEN[value] if value in SPOKEN else int(value))


def test_the_file_says_that_it_is_ours(database: Database):
    assert pragma(database, "application_id") == APPLICATION_ID


def test_the_engine_is_new_enough_for_a_log_that_is_reset():
    assert tuple(map(int, sqlcipher.sqlite_version.split("."))) >= database_module.SAFE_ENGINE


def test_an_old_engine_is_refused(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database_module, "SAFE_ENGINE", (99, 0, 0))
    with pytest.raises(UserError, match="太旧，会损坏数据"):
        pragma(database, "user_version")


def test_what_fails_half_way_leaves_nothing(database: Database):
    with pytest.raises(ZeroDivisionError), database.transaction("save_cadre") as session:  # noqa: PT012
        session.add(Cadre(name="廖应"))
        session.flush()
        _ = 1 / 0
    assert names(database) == []


def test_what_is_written_while_reading_has_no_author_and_is_refused(database: Database):
    with pytest.raises(IntegrityError, match=r"audit_row\.act"), database.reading() as session:  # noqa: PT012
        session.add(Cadre(name="廖应"))
        session.flush()
    assert names(database) == []


def test_a_writer_takes_the_lock_with_its_first_look(database: Database):
    other = as_another_program(database, timeout=0)
    with database.transaction("save_cadre") as session:
        session.scalar(text("SELECT count(*) FROM cadre"))
        with pytest.raises(sqlcipher.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_reader_holds_up_nobody_and_sees_one_state(database: Database):
    add(database, "廖应")
    with database.reading() as session:
        assert session.scalars(text("SELECT name FROM cadre")).all() == ["廖应"]
        add(database, "周光")
        assert session.scalars(text("SELECT name FROM cadre")).all() == ["廖应"]
    assert names(database) == ["周光", "廖应"]


def test_a_file_that_another_program_holds_is_told_in_a_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    settings = [each for each in SETTINGS if not each.startswith("busy_timeout")]
    monkeypatch.setattr(database_module, "SETTINGS", (*settings, "busy_timeout = 0"))
    holder = as_another_program(database)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="正被另一个窗口或程序使用"):
        add(database, "廖应")
    holder.execute("ROLLBACK")
    holder.close()
    add(database, "廖应")
    assert names(database) == ["廖应"]


def test_a_full_disk_is_told_in_a_sentence(database: Database):
    add(database, "廖应")
    pages = pragma(database, "page_count")
    with pytest.raises(UserError, match="磁盘已满"), database.transaction("save_cadre") as session:  # noqa: PT012
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        session.add_all(Cadre(name="周" * 100, search_key="x" * 4000) for _ in range(50))
    assert names(database) == ["廖应"]


def test_a_fault_of_ours_is_not_dressed_up(database: Database):
    with (
        pytest.raises(OperationalError, match="no such table"),
        database.transaction("save_cadre") as session,
    ):
        session.execute(text("SELECT * FROM nowhere"))


def test_rows_belong_to_somebody(database: Database):
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), database.transaction("save_cadre") as session:
        session.add(Contact(cadre_uid="nobody", name="廖长"))


def test_parts_leave_with_their_cadre(database: Database):
    with database.transaction("save_cadre") as session:
        session.add(Cadre(uid="1", name="廖应"))
        session.flush()
        session.add(Contact(cadre_uid="1", name="廖长"))
    with database.transaction("save_cadre") as session:
        session.execute(text("DELETE FROM cadre"))
    with database.reading() as session:
        assert table_counts(session)["contact"] == 0


@pytest.mark.parametrize("statement", ["ATTACH '{}' AS other", "PRAGMA writable_schema = ON"])
def test_what_only_a_hostile_statement_needs_is_denied(database: Database, tmp_path: Path, statement: str):
    other = tmp_path / "other.db"
    with pytest.raises(DatabaseError, match="not authorized"), database.reading() as session:
        session.execute(text(statement.format(other)))
    assert not other.exists()


def test_two_threads_write_one_after_the_other(database: Database):
    threads = [threading.Thread(target=add, args=(database, f"人{number}")) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(database)) == 8


def test_a_copy_made_while_the_file_is_in_use_is_whole(database: Database, tmp_path: Path):
    add(database, "廖应", "周光")
    with database.transaction("save_cadre") as session:
        session.add(Cadre(name="还没存好"))
        session.flush()
        database.copy_to(tmp_path / "copy.db")
    copy = Database(tmp_path / "copy.db", KEYS)
    assert names(copy) == ["周光", "廖应"]
    assert pragma(copy, "integrity_check") == "ok"
    copy.close()
    assert not (tmp_path / "copy.db.part").exists()


def test_a_copy_replaces_an_older_one(database: Database, tmp_path: Path):
    (tmp_path / "copy.db").write_bytes(b"old")
    (tmp_path / "copy.db.part").write_bytes(b"half")
    database.copy_to(tmp_path / "copy.db")
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


def test_closing_leaves_everything_in_the_one_file(database: Database, tmp_path: Path):
    add(database, "廖应")
    database.close()
    log = database.path.with_name(database.path.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    alone = tmp_path / "by hand.db"
    alone.write_bytes(database.path.read_bytes())
    taken = Database(alone, KEYS)
    assert names(taken) == ["廖应"]
    taken.close()


def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="不是桑榆的数据文件"):
        pragma(Database(path, KEYS), "user_version")
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"name,sex\n" * 200, b"SQLite format 3\x00" + b"\xff" * 4080])
def test_what_is_no_database_gives_a_sentence_and_stays_as_it_is(tmp_path: Path, content: bytes):
    path = tmp_path / "sangyu.sqlite"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"请把原来的钥匙文件放回来，或从备份恢复|不是桑榆的数据文件"):
        pragma(Database(path, KEYS), "user_version")
    assert path.read_bytes() == content


def test_a_folder_that_is_gone_gives_a_sentence(tmp_path: Path):
    with pytest.raises(UserError, match="打不开，请检查它是否还在"):
        pragma(Database(tmp_path / "gone" / "sangyu.sqlite", KEYS), "user_version")


def test_counts_name_every_table(database: Database):
    add(database, "廖应")
    with database.reading() as session:
        counts = table_counts(session)
    assert counts["cadre"] == 1
    assert {"visit", "payment", "picture", "alembic_version"} <= set(counts)
