"""Two files of one person for the tests of merging, and everything of the database that points to somebody."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Boolean, Integer, Table, func, insert, select
from sqlalchemy.orm import Session

from app.models.base import Base, new_uid
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.merging import person_keys

NUMBER, WRONG_NUMBER = "529999195203170012", "529999195203170013"
OWN = ("audit_act", "audit_row", "audit_head", "audit_context")


def save(
    database: Database, name: str, parts: dict[str, list[dict[str, Any]]] | None = None, **values: Any
) -> str:
    file = CadreFile(values={"name": name, "alive": True, "counted": True, **values}, parts=parts or {})
    return next(iter(Cadres(database).save(file).uids))


def content(database: Database, but: tuple[str, ...] = ()) -> dict[str, dict[str, dict[str, Any]]]:
    """Table → uid → row, without the counters of saves and without the log."""
    with database.reading() as session:
        return {
            table.name: {
                row["uid"]: {name: value for name, value in row.items() if name != "version"}
                for row in session.execute(select(table)).mappings()
            }
            for table in Base.metadata.sorted_tables
            if table.name not in (*OWN, *but)
        }


def rows_of_person(database: Database, uid: str) -> Counter[str]:
    """How many rows of each table point to somebody."""
    with database.reading() as session:
        return Counter(
            {
                table.name: session.scalar(select(func.count()).select_from(table).where(key == uid)) or 0
                for table, key in person_keys()
            }
        )


def give_a_row_of_everything(session: Session, uid: str, salt: str) -> None:
    """A row in each table that points to a cadre, its parents made for it; `salt` keeps unique texts apart."""
    for table, key in person_keys():
        _row(session, table, {key.name: uid}, salt)


def _row(session: Session, table: Table, known: dict[str, Any], salt: str) -> str:
    values: dict[str, Any] = {"uid": new_uid()}
    for column in table.columns:
        if column.name in known:
            values[column.name] = known[column.name]
        elif column.name == "cadre_uid":
            values[column.name] = next(iter(known.values()))
        elif column.foreign_keys:
            parent = next(iter(column.foreign_keys)).column
            values[column.name] = _row(session, parent.table, known, salt) if parent.name == "uid" else None
        elif column.name not in values and (not column.nullable or column.name in {"title", "name", "text"}):
            values[column.name] = _plain(column.type, f"{column.name} {salt}")
    for name, value in _MEANT.get(table.name, {}).items():
        values[name] = value
    session.execute(
        insert(table).values(**{name: value for name, value in values.items() if value is not None})
    )
    return str(values["uid"])


def _plain(kind: Any, text: str) -> Any:
    if isinstance(kind, Integer):
        return 1
    return True if isinstance(kind, Boolean) else text


_MEANT = {"review": {"state": "checked"}, "acceptance": {"rule": "R-05"}}
