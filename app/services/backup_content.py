"""What a data file holds, in figures that two files can be compared by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.audit import OWN_TABLES, START
from app.models.database import Database, table_counts

OWN = frozenset({table.name for table in OWN_TABLES} | {"note", "alembic_version"})
"""Tables that the program writes for itself, also while nobody works."""

TITLES = {
    "cadre": "离退休干部",
    "visit": "走访",
    "payment_batch": "发放批次",
    "payment": "发放明细",
    "picture": "照片",
    "delivery": "上报",
    "user": "人员",
}
"""The tables that people know by name."""


@dataclass(frozen=True)
class Content:
    """Rows by table, what was paid out in all (分), and the end of the log."""

    counts: Mapping[str, int]
    paid: int
    seq: int
    mac: str

    @property
    def people(self) -> int:
        return self.counts.get("cadre", 0)

    @property
    def code(self) -> str:
        return code_of(self.mac)


@contextmanager
def opened_copy(copy: Database) -> Iterator[Database]:
    """A copy that nobody else has open; the empty journal that SQLite leaves beside it goes with the last look."""
    try:
        yield copy
    finally:
        copy.close()
    copy.path.with_name(f"{copy.path.name}-journal").unlink(missing_ok=True)


def code_of(mac: str) -> str:
    """存证码: ten characters that fit on paper."""
    return f"{mac[:5]}-{mac[5:10]}".upper()


def content_of(database: Database) -> Content:
    with database.reading() as session:
        counts = {name: count for name, count in table_counts(session).items() if name not in OWN}
        paid = session.scalar(text("SELECT sum(coalesce(amount, 0) + coalesce(adjustment, 0)) FROM payment"))
        seq, mac = session.execute(text("SELECT seq, mac FROM audit_head")).one()
    return Content(counts, paid or 0, seq, mac)


def revision_of(database: Database) -> str:
    """The shape of the tables, as the migrations number it."""
    with database.reading() as session:
        return str(session.scalar(text("SELECT version_num FROM alembic_version")))


def is_written_since(database: Database, seq: int, mac: str) -> bool:
    """Whether rows were written after that step of the log; also when the log never had such a step."""
    with database.reading() as session:
        return _mac_at(session, seq) != mac or bool(
            session.scalar(
                text("SELECT count(*) FROM audit_act WHERE seq > :seq AND rows > 0 AND act <> 'set_note'"),
                {"seq": seq},
            )
        )


def mac_at(database: Database, seq: int) -> str | None:
    """Where the log stood at that step; None where it never came so far."""
    with database.reading() as session:
        return _mac_at(session, seq)


def _mac_at(session: Session, seq: int) -> str | None:
    if seq == 0:
        return START
    found: str | None = session.scalar(text("SELECT mac FROM audit_act WHERE seq = :seq"), {"seq": seq})
    return found
