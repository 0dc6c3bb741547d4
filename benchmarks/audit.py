"""What the log costs a row that is written, and a row that is looked through, beside the same without a log."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text, update

from app.models import schema
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.visits import Visit
from benchmarks.comparison import Comparison, milliseconds
from benchmarks.filled_database import fill, open_filled

PEOPLE = 5_000
TIMES = 5
NO_LOG = "the same statement in the same file without the log's triggers"
BARE_CHAIN = "reading the rows and one HMAC over all of them"


def run(folder: Path) -> Iterator[Comparison]:
    fill(folder / "audit", PEOPLE)
    desk = open_filled(folder / "audit")
    database = desk.database
    visits = [{"uid": f"benchmark-{n}", "date": "2026-01-20", "kind": "spring"} for n in range(PEOPLE)]
    address = update(Cadre).values(home_address=Cadre.home_address + " 1")
    yield _written(
        "Writing a visit, a row", database, lambda session: session.execute(insert(Visit), visits), PEOPLE
    )
    yield _written(
        "Changing one field of a cadre's 127, a row",
        database,
        lambda session: session.execute(address),
        PEOPLE,
    )
    yield _looked_through(database)
    desk.close()


def _written(what: str, database: Database, write: Callable[[Any], object], rows: int) -> Comparison:
    """Taken in turn; each is rolled back, so that all begin from the same file."""
    taken = [(_once(database, write, log=True), _once(database, write, log=False)) for _ in range(TIMES)]
    ours, floor = (min(each) * 1000 / rows for each in zip(*taken, strict=True))
    return Comparison(what, ours, floor, "µs", NO_LOG)


def _once(database: Database, write: Callable[[Any], object], *, log: bool) -> float:
    with database.engine.connect() as connection, connection.begin() as transaction:
        if log:
            connection.exec_driver_sql(
                "INSERT INTO audit_context (id, act) SELECT 1, seq + 1 FROM audit_head"
            )
        else:
            schema.drop_triggers(connection)
        took = milliseconds(lambda: write(connection))
        transaction.rollback()
    return took


def _looked_through(database: Database) -> Comparison:
    verdict = database.verify_log()
    ours = min(milliseconds(database.verify_log) for _ in range(TIMES))
    floor = min(milliseconds(lambda: _bare(database)) for _ in range(TIMES))
    what = f"Looking through a log of {verdict.rows:,} changed rows, a row"
    return Comparison(
        what, ours * 1000 / verdict.rows, floor * 1000 / verdict.rows, "µs", BARE_CHAIN, most=25
    )


def _bare(database: Database) -> str:
    chain = hmac.new(database.audit_key, b"", hashlib.sha256)
    with database.reading() as session:
        for row in session.execute(text("SELECT act, record, old, new FROM audit_row ORDER BY act, seq")):
            chain.update(json.dumps(list(row), ensure_ascii=False).encode())
    return chain.hexdigest()
