"""Brings the file to the newest shape; refuses a file of a newer program (reliability.md §4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.errors import DamagedError, UserError
from app.models import audit, schema
from app.models.database import Database

NEWEST = "0003"
"""The last revision in `migrations/versions`; a test holds the two together."""

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database, backup: Path) -> None:
    """What the file was before is kept in `backup`; any failure leaves file and version as they were.

    Raises UserError for a file that a newer program has written, DamagedError for one that is not whole.
    """
    with database.engine.connect() as connection:
        found = _revision(connection)
    if found == NEWEST:
        _repair(database)
        return
    if found and found > NEWEST:
        raise UserError("这份数据是更新版本的桑榆写的，请先升级本程序再打开。数据没有改动。")
    if found:
        _keep(database, backup)
    _upgrade(database, found)


def _keep(database: Database, backup: Path) -> None:
    """Only a whole file is worth keeping, and worth upgrading."""
    if database.integrity():
        raise DamagedError(f"数据文件“{database.path.name}”已经损坏，没有升级。请用最近的备份恢复。")
    database.copy_to(backup)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _repair(database: Database) -> None:
    """A trigger that somebody took out comes back, and that stands in the log."""
    with database.engine.connect() as connection:
        if schema.kept_triggers(connection) == schema.wanted_triggers():
            return
    with database.engine.begin() as connection:
        wrong = schema.repair_triggers(connection)
        _log(connection, database, audit.Acting(database.actor, "repair", "、".join(wrong)))


def _log(connection: Connection, database: Database, acting: audit.Acting) -> None:
    acting.is_event = True
    audit.open_act(connection)
    audit.seal_act(connection, acting, database.audit_key)


def _upgrade(database: Database, found: str | None) -> None:
    from alembic import command  # 70 ms that an up-to-date file does not need
    from alembic.config import Config

    with database.engine.connect() as connection:
        # SQLite drops and rebuilds tables here: with foreign keys on, their children would go (finding 6).
        _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                before = _figures(connection)
                schema.drop_triggers(connection)
                config = Config()
                config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _check(connection, before)
                _begin_log(connection, database, found)
        finally:
            _foreign_keys(connection, on=True)


def _begin_log(connection: Connection, database: Database, found: str | None) -> None:
    schema.install_triggers(connection)
    if connection.scalar(text("SELECT count(*) FROM audit_head")) == 0:
        audit.start_chain(connection, database.audit_key)
    if found:
        _log(connection, database, audit.Acting(database.actor, "migrate", f"{found} → {NEWEST}"))


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _figures(connection: Connection) -> dict[str, int]:
    """Rows of the tables that nobody may lose, and the money in them."""
    have = inspect(connection).get_table_names()
    counted = [
        name for name in ("cadre", "visit", "payment", "delivery", "picture", "audit_row") if name in have
    ]
    found: dict[str, int] = {
        name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in counted
    }
    if "payment" in have:
        found["money"] = connection.scalar(text("SELECT coalesce(sum(amount), 0) FROM payment")) or 0
    return found


def _check(connection: Connection, before: Mapping[str, int]) -> None:
    if broken := connection.execute(text("PRAGMA foreign_key_check")).all():
        raise RuntimeError(f"the migration left rows without their owner: {broken}")
    after = _figures(connection)
    if lost := {name: (count, after.get(name)) for name, count in before.items() if after.get(name) != count}:
        raise RuntimeError(f"the migration changed what it must keep: {lost}")
