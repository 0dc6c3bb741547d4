"""Brings the file to the newest shape; refuses a file of a newer program."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.errors import UserError
from app.models.database import Database

NEWEST = "0001"
"""The last revision in `migrations/versions`; a test holds the two together."""

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database, backup: Path) -> None:
    """What the file was before is kept in `backup`; any failure leaves file and version as they were.

    Raises UserError for a file that a newer program has written.
    """
    with database.engine.connect() as connection:
        found = _revision(connection)
    if found == NEWEST:
        return
    if found and found > NEWEST:
        raise UserError("这份数据是更新版本的桑榆写的，请先升级本程序再打开。数据没有改动。")
    if found:
        database.copy_to(backup)
    _upgrade(database)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(database: Database) -> None:
    from alembic import command  # 70 ms that an up-to-date file does not need
    from alembic.config import Config

    with database.engine.connect() as connection:
        # SQLite drops and rebuilds tables here: with foreign keys on, their children would go (finding 6).
        _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                config = Config()
                config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _check_owners(connection)
        finally:
            _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _check_owners(connection: Connection) -> None:
    if broken := connection.execute(text("PRAGMA foreign_key_check")).all():
        raise RuntimeError(f"the migration left rows without their owner: {broken}")
