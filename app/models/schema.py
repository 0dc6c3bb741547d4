"""What stands in the file besides its tables: the triggers of the log and of the guards."""

from __future__ import annotations

from sqlalchemy import Connection, text

from app.models import (
    alias,
    audit,
    cadre,
    checks,
    delivery,
    draft,
    events,
    intake,
    note,
    office,
    parts,
    payments,
    pictures,
    review,
    saved_filter,
    typed_in,
    user,
    visits,
)
from app.models.base import Base
from app.models.guards import guards
from app.models.review_guards import review_guards

MODELS = (
    alias,
    cadre,
    checks,
    delivery,
    draft,
    events,
    intake,
    note,
    office,
    parts,
    payments,
    pictures,
    review,
    saved_filter,
    typed_in,
    user,
    visits,
)
"""A table whose module nobody has imported would get no triggers, and a repair would take those it has."""
_PREFIXES = ("audit_", "guard_")


def create(connection: Connection, key: bytes) -> None:
    """All tables and triggers of the newest shape, as the models alone make them."""
    Base.metadata.create_all(connection)
    install_triggers(connection)
    audit.start_chain(connection, key)


def wanted_triggers() -> dict[str, str]:
    """Name → SQL of every trigger that belongs in the file."""
    return {**audit.triggers(), **guards(), **review_guards()}


def kept_triggers(connection: Connection) -> dict[str, str]:
    """Name → SQL of those that are in the file."""
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {name: sql for name, sql in found if name.startswith(_PREFIXES)}


def install_triggers(connection: Connection) -> None:
    for sql in wanted_triggers().values():
        connection.exec_driver_sql(sql)


def drop_triggers(connection: Connection) -> None:
    for name in kept_triggers(connection):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def repair_triggers(connection: Connection) -> list[str]:
    """Puts back what is missing or differs; returns the names, sorted."""
    wanted, kept = wanted_triggers(), kept_triggers(connection)
    wrong = sorted(name for name in wanted.keys() | kept.keys() if wanted.get(name) != kept.get(name))
    for name in wrong:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        if name in wanted:
            connection.exec_driver_sql(wanted[name])
    return wrong
