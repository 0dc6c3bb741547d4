"""Old files become new ones, whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from app.errors import UserError
from app.models import cadre, parts, payments
from app.models import migrate as migrate_module
from app.models.base import Base
from app.models.conversion import encrypt, is_plain
from app.models.database import APPLICATION_ID, Database, table_counts
from app.models.migrate import NEWEST, SCRIPTS, migrate
from app.models.schema import create, kept_triggers, wanted_triggers
from tests.desks import KEYS

STORED = sorted((Path(__file__).parent.parent / "databases").glob("v*.sqlite"))


def schema(database: Database) -> dict[str, str]:
    """What SQLite keeps of every table and index, with the spelling that does not matter made alike."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%'"
    with database.reading() as session:
        return {name: _plain(sql) for name, sql in session.execute(text(query))}


def _plain(sql: str) -> str:
    """Columns and constraints in one order, without quotes, line breaks and needless spaces."""
    flat = re.sub(r"\s+", " ", sql.replace('"', "")).strip()
    head, _, body = flat.partition("(")
    pieces = re.split(r",\s*(?![^(]*\))", body.rpartition(")")[0])
    return head.strip() + ": " + " | ".join(sorted(piece.strip() for piece in pieces))


def revision(path: Path) -> str | None:
    database = Database(path, KEYS)
    with database.engine.connect() as connection:
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    database.close()
    return found


def opened(stored: Path, folder: Path) -> Database:
    """A copy of a stored file; one of the first version is encrypted first, as its user would have it."""
    path = folder / "sangyu.sqlite"
    if is_plain(stored):
        encrypt(stored, path, KEYS)
    else:
        shutil.copyfile(stored, path)
    return Database(path, KEYS)


@pytest.fixture
def created(tmp_path: Path) -> Iterator[Database]:
    """A file as the models alone would make it."""
    database = Database(tmp_path / "created.db", KEYS)
    with database.engine.begin() as connection:
        create(connection, KEYS.audit)
    yield database
    database.close()


def test_the_migrations_end_where_the_models_are(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_the_very_tables_of_the_models(database: Database, created: Database):
    assert schema(database) == schema(created)


def test_the_newest_revision_is_the_last_script():
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def test_a_new_file_is_brought_to_the_newest_shape_without_a_backup(tmp_path: Path):
    database = Database(tmp_path / "sangyu.sqlite", KEYS)
    migrate(database, tmp_path / "before.sqlite")
    database.close()
    assert revision(tmp_path / "sangyu.sqlite") == NEWEST
    assert not (tmp_path / "before.sqlite").exists()


def test_an_up_to_date_file_is_left_alone(newest_file: Path, tmp_path: Path):
    path = tmp_path / "sangyu.sqlite"
    shutil.copyfile(newest_file, path)
    database = Database(path, KEYS)
    migrate(database, tmp_path / "before.sqlite")
    database.close()
    assert path.read_bytes() == newest_file.read_bytes()
    assert not (tmp_path / "before.sqlite").exists()


def test_a_file_of_a_newer_program_is_refused_and_not_changed(database: Database, tmp_path: Path):
    with database.transaction("save_cadre") as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    before = database.path.read_bytes()
    with pytest.raises(UserError) as told:
        migrate(database, tmp_path / "before.sqlite")
    database.close()
    assert str(told.value) == "这份数据是更新版本的桑榆写的，请先升级本程序再打开。数据没有改动。"
    assert database.path.read_bytes() == before
    assert not (tmp_path / "before.sqlite").exists()


STEP = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "{number}", "{before}", None, None


def upgrade() -> None:
{body}
"""


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A program that knows one more step than this one."""

    def add(*body: str) -> str:
        scripts = tmp_path / "migrations"
        shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        number = f"{int(NEWEST) + 1:04d}"
        lines = "\n".join(f"    {line}" for line in body)
        step = STEP.format(number=number, before=NEWEST, body=lines)
        (scripts / "versions" / f"{number}_the_next.py").write_text(step, encoding="utf-8")
        monkeypatch.setattr(migrate_module, "SCRIPTS", scripts)
        monkeypatch.setattr(migrate_module, "NEWEST", number)
        return number

    return add


def fill(database: Database) -> dict[str, int]:
    with database.transaction("save_cadre") as session:
        session.add(cadre.Cadre(uid="1", name="廖应"))
        session.flush()
        session.add(parts.Contact(cadre_uid="1", name="廖长"))
    return counts(database)


def counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return table_counts(session)


def test_a_step_keeps_the_rows_and_a_copy_of_what_was(database: Database, tmp_path: Path, next_step):
    filled = fill(database)
    number = next_step(
        "with op.batch_alter_table('cadre', recreate='always') as table:", "    table.drop_column('postcode')"
    )
    migrate(database, tmp_path / "before.sqlite")
    assert counts(database) == {**filled, "audit_act": filled["audit_act"] + 1}
    assert revision(database.path) == number
    assert revision(tmp_path / "before.sqlite") == NEWEST
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize(
    "failure",
    [
        "raise RuntimeError('broken')",
        "op.execute('DELETE FROM cadre')",
    ],
    ids=["that raises", "that leaves a part without its cadre"],
)
def test_a_failing_step_leaves_file_and_version_as_they_were(
    database: Database, tmp_path: Path, next_step, failure: str
):
    filled, shape = fill(database), schema(database)
    next_step("op.execute('CREATE TABLE half (x)')", "op.execute('DELETE FROM draft')", failure)
    with pytest.raises(RuntimeError):
        migrate(database, tmp_path / "before.sqlite")
    assert (counts(database), schema(database)) == (filled, shape)
    assert revision(database.path) == NEWEST
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_there_is_a_stored_file_of_every_version():
    assert [path.stem for path in STORED] == [f"v{number:04d}" for number in range(1, int(NEWEST) + 1)]


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.stem)
def test_a_stored_file_opens_and_keeps_its_rows(stored: Path, tmp_path: Path):
    database = opened(stored, tmp_path)
    migrate(database, tmp_path / "before.sqlite")
    kept = counts(database)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    database.close()
    stored_counts = json.loads(stored.with_suffix(".json").read_text(encoding="utf-8"))
    assert {name: kept[name] for name in stored_counts if name != "audit_act"} == {
        name: count for name, count in stored_counts.items() if name != "audit_act"
    }


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.stem)
def test_a_stored_file_gets_every_trigger_and_a_log_that_holds(stored: Path, tmp_path: Path):
    database = opened(stored, tmp_path)
    migrate(database, tmp_path / "before.sqlite")
    with database.engine.connect() as connection:
        assert kept_triggers(connection) == wanted_triggers()
    assert database.verify_log().problems == ()
    database.close()


def test_a_trigger_that_somebody_took_out_comes_back_and_the_log_says_so(database: Database, tmp_path: Path):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_cadre_update")
    migrate(database, tmp_path / "before.sqlite")
    with database.engine.connect() as connection:
        assert kept_triggers(connection) == wanted_triggers()
        acts = connection.execute(text("SELECT act, about FROM audit_act")).all()
    assert acts == [("repair", "audit_cadre_update")]


def test_a_step_that_loses_money_is_taken_back(database: Database, tmp_path: Path, next_step):
    with database.transaction("save_batch") as session:
        session.add_all([cadre.Cadre(uid="1", name="廖应"), payments.PaymentBatch(uid="b", title="慰问金")])
        session.flush()
        session.add(payments.Payment(batch_uid="b", cadre_uid="1", amount=50_000))
    next_step("op.execute('UPDATE payment SET amount = 5000')")
    with pytest.raises(RuntimeError, match="money"):
        migrate(database, tmp_path / "before.sqlite")
    with database.reading() as session:
        assert session.scalar(text("SELECT amount FROM payment")) == 50_000
