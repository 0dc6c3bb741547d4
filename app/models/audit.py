"""The log of every change: written by the database's own triggers, chained before each commit (reliability.md §6).

Events of SQLAlchemy miss bulk statements and raw SQL; triggers miss nothing. They need the row in `audit_context`
that `Database` writes when a transaction begins: without it a change has no author and is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Table, Text, select, text
from sqlalchemy.exc import NoResultFound, OperationalError

from app import clock
from app.fields.actors import Actor
from app.models.base import OMITTED, Base, new_uid
from app.progress import Progress, silent

AUDIT_ACT = Table(
    "audit_act",
    Base.metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor_uid", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("mac", Text, nullable=False),
    Index(None, "act"),
)
"""One transaction, or one event that changes no row. `batch` binds the acts of one piece of work together."""

AUDIT_ROW = Table(
    "audit_row",
    Base.metadata,
    Column("seq", Integer, primary_key=True),
    Column("act", Integer, nullable=False, index=True),
    Column("record_type", Text, nullable=False),
    Column("record", Text, nullable=False, index=True),
    Column("person", Text, index=True),
    Column("operation", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
)
"""One row of one table that changed. `old` and `new` hold the columns that differ, as JSON objects; `person`
is the uid of the cadre whose row it is."""

AUDIT_HEAD = Table(
    "audit_head",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("mac", Text, nullable=False),
    Column("sealed", Text, nullable=False),
)
"""Where the chain ends; `sealed` keeps the tail from being cut."""

AUDIT_CONTEXT = Table(
    "audit_context",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("act", Integer, nullable=False),
)
"""The act that is being written; empty outside a transaction."""

OWN_TABLES = (AUDIT_ACT, AUDIT_ROW, AUDIT_HEAD, AUDIT_CONTEXT)
START = "0" * 64
_TELL_EVERY = 500
_ACT_COLUMNS = (
    "seq",
    "at",
    "actor_uid",
    "actor",
    "roles",
    "source",
    "act",
    "about",
    "batch",
    "details",
    "rows",
)
_ROWS = text(
    "SELECT act, seq, record_type, record, person, operation, old, new FROM audit_row WHERE act = :act ORDER BY seq"
)


_NEXT_ACT = """
    INSERT OR REPLACE INTO audit_context (id, act)
    SELECT 1, max(seq, coalesce((SELECT max(act) FROM audit_row), 0)) + 1 FROM audit_head
"""
"""A row that was smuggled in under the next number must not be sealed as somebody else's."""


@dataclass
class Acting:
    """What one transaction stands in the log as."""

    actor: Actor
    act: str
    about: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    batch: str = ""
    is_event: bool = False
    """An event is kept although no row changes."""


@dataclass(frozen=True)
class Head:
    """The end of the chain. Whoever keeps it elsewhere can tell later whether the log was rewritten."""

    seq: int
    mac: str

    @property
    def code(self) -> str:
        """存证码: ten characters that fit on paper."""
        return f"{self.mac[:5]}-{self.mac[5:10]}".upper()


@dataclass(frozen=True)
class Verdict:
    """What a look through the whole chain found; no problems = nothing was rewritten."""

    acts: int
    rows: int
    head: Head
    problems: tuple[str, ...] = ()


def open_act(connection: Connection) -> None:
    """The context that the triggers need: the number of the act that begins."""
    connection.exec_driver_sql(_NEXT_ACT)


def seal_act(connection: Connection, acting: Acting, key: bytes) -> None:
    """Chains what the transaction wrote; one that wrote nothing leaves no act behind."""
    head = head_of(connection)
    number = connection.execute(select(AUDIT_CONTEXT.c.act)).scalar_one()
    rows = connection.execute(_ROWS, {"act": number}).all()
    if rows or acting.is_event:
        act = _act(acting, number, len(rows))
        mac = _mac(key, head.mac, act, rows)
        connection.execute(AUDIT_ACT.insert(), [{**act, "mac": mac}])
        connection.execute(
            AUDIT_HEAD.update(), {"seq": number, "mac": mac, "sealed": _sealed(key, number, mac)}
        )
    connection.exec_driver_sql("DELETE FROM audit_context")


def _act(acting: Acting, number: int, rows: int) -> dict[str, Any]:
    return {
        "seq": number,
        "at": clock.now().isoformat(),
        "actor_uid": acting.actor.uid,
        "actor": acting.actor.name,
        "roles": ";".join(acting.actor.roles),
        "source": acting.actor.source,
        "act": acting.act,
        "about": acting.about,
        "batch": acting.batch or new_uid(),
        "details": _json(dict(acting.details)),
        "rows": rows,
    }


def _json(value: Any) -> str:
    """What only a forger writes, such as bytes, is told apart too."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=repr)


def _mac(key: bytes, before: str, act: Mapping[str, Any], rows: Sequence[Any]) -> str:
    chain = hmac.new(key, before.encode(), hashlib.sha256)
    chain.update(_json([act[name] for name in _ACT_COLUMNS]).encode())
    for row in rows:
        chain.update(_json(list(row)).encode())
    return chain.hexdigest()


def _sealed(key: bytes, number: int, mac: str) -> str:
    return hmac.new(key, f"head {number} {mac}".encode(), hashlib.sha256).hexdigest()


def head_of(connection: Connection) -> Head:
    """The start of the chain where somebody took the head away or made it unreadable."""
    try:
        return Head(*connection.execute(select(AUDIT_HEAD.c.seq, AUDIT_HEAD.c.mac)).one())
    except (NoResultFound, OperationalError):
        return Head(0, START)


def start_chain(connection: Connection, key: bytes) -> None:
    """The head of an empty log."""
    connection.execute(
        AUDIT_HEAD.insert(), [{"id": 1, "seq": 0, "mac": START, "sealed": _sealed(key, 0, START)}]
    )


def reseal(connection: Connection, old: bytes, new: bytes) -> None:
    """Computes the whole chain anew under another key; one that does not verify under the old is left alone.

    Raises ValueError then: a broken chain must not come out whole.
    """
    if verify(connection, old).problems:
        raise ValueError("a broken chain is not sealed again")
    with _rewritable(connection):
        before = START
        for act, rows in list(_acts(connection)):
            before = _mac(new, before, act, rows)
            connection.execute(AUDIT_ACT.update().where(AUDIT_ACT.c.seq == act["seq"]).values(mac=before))
        number = head_of(connection).seq
        connection.execute(AUDIT_HEAD.update(), {"mac": before, "sealed": _sealed(new, number, before)})


@contextmanager
def _rewritable(connection: Connection) -> Iterator[None]:
    """Without the trigger that forbids rewriting; it is back before anything is committed."""
    name = f"{AUDIT_ACT.name}_no_update"
    connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    connection.exec_driver_sql(triggers()[name])


def verify(connection: Connection, key: bytes, progress: Progress = silent) -> Verdict:
    """Computes the whole chain again. 6 µs a row: 0.3 s for 50,000 rows (docs/benchmarks.md)."""
    problems: list[str] = []
    last = head_of(connection).seq
    before, expected, rows_seen = START, 1, 0
    try:
        for act, rows in _acts(connection):
            if act["seq"] % _TELL_EVERY == 0:
                progress(act["seq"], last, "正在核对日志")
            mac = _mac(key, before, act, rows)
            problems += _faults(act, len(rows), mac, expected)
            before = str(act["mac"])  # after a fault, the steps that follow are judged for themselves
            expected, rows_seen = act["seq"] + 1, rows_seen + len(rows)
    except OperationalError:  # bytes where text should be
        problems.append(f"第 {expected} 步以后有读不出来的内容")
    problems += _head_problems(connection, key, expected - 1, before)
    if strays := (connection.scalar(text("SELECT count(*) FROM audit_row")) or 0) - rows_seen:
        problems.append(f"有 {strays} 条改动不属于任何一步")
    return Verdict(expected - 1, rows_seen, head_of(connection), tuple(problems))


def _faults(act: Mapping[str, Any], rows: int, mac: str, expected: int) -> Iterator[str]:
    number = act["seq"]
    if number != expected:
        to = f"到第 {number - 1} 步" if number - 1 > expected else ""
        yield f"第 {expected} 步{to}不见了"
    if act["mac"] != mac or act["rows"] != rows:
        yield f"第 {number} 步（{str(act['at'])[:16].replace('T', ' ')}）被改动过"


def _head_problems(connection: Connection, key: bytes, last: int, mac: str) -> list[str]:
    head = select(AUDIT_HEAD.c.seq, AUDIT_HEAD.c.mac, AUDIT_HEAD.c.sealed)
    try:
        seq, kept, sealed = connection.execute(head).one()
    except (NoResultFound, OperationalError):
        return ["日志的末尾不见了"]
    if (seq, kept) == (last, mac) and sealed == _sealed(key, seq, kept):
        return []
    return [f"日志的末尾对不上：应到第 {seq} 步，现在到第 {last} 步"]


def _acts(connection: Connection) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Every act with its rows, in order; both lists are walked side by side."""
    rows = iter(
        connection.execute(
            text(
                "SELECT act, seq, record_type, record, person, operation, old, new FROM audit_row "
                "WHERE typeof(act) = 'integer' ORDER BY act, seq"
            )
        )
    )
    waiting = next(rows, None)
    for act in connection.execute(select(AUDIT_ACT).order_by(AUDIT_ACT.c.seq)).mappings():
        own = []
        while waiting is not None and waiting[0] <= act["seq"]:
            if waiting[0] == act["seq"]:
                own.append(waiting)
            waiting = next(rows, None)
        yield dict(act), own


def triggers() -> dict[str, str]:
    """Name → SQL of every trigger that the log needs, made from the tables themselves."""
    made = {}
    for table in Base.metadata.sorted_tables:
        if table not in OWN_TABLES:
            for operation in ("insert", "update", "delete"):
                name = f"audit_{table.name}_{operation}"
                made[name] = _trigger(name, table, operation)
    for table in (AUDIT_ACT, AUDIT_ROW):
        for verb, told in (("update", "审计日志不可修改"), ("delete", "审计日志不可删除")):
            name = f"{table.name}_no_{verb}"
            made[name] = (
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
            )
    return made


def _trigger(name: str, table: Table, operation: str) -> str:
    old, new = operation != "insert", operation != "delete"
    columns = [column for column in table.columns if column.name != "uid" or operation == "update"]
    values = ", ".join(
        f"('{column.name}', {_value('OLD', column) if old else 'NULL'}, {_value('NEW', column) if new else 'NULL'})"
        for column in columns
    )
    this = "NEW" if new else "OLD"
    sides = [
        "json_group_object(column1, column2)" if old else "'{}'",
        "json_group_object(column1, column3)" if new else "'{}'",
    ]
    return (
        f'CREATE TRIGGER {name} AFTER {operation.upper()} ON "{table.name}" BEGIN '
        "INSERT INTO audit_row (act, record_type, record, person, operation, old, new) "
        f"SELECT (SELECT act FROM audit_context), '{table.name}', {this}.uid, {_person(table, this)}, "
        f"'{operation}', {sides[0]}, {sides[1]} FROM (VALUES {values}) WHERE {_differs(table, operation)}"
        f"{' HAVING count(*) > 0' if operation == 'update' else ''}; END"
    )


def _differs(table: Table, operation: str) -> str:
    """Of an omitted column the values themselves are compared, not their lengths."""
    omitted = [column.name for column in table.columns if column.info.get(OMITTED) and operation == "update"]
    changed = [f'column1 = \'{name}\' AND OLD."{name}" IS NOT NEW."{name}"' for name in omitted]
    return " OR ".join(["column2 IS NOT column3", *changed])


def _value(row: str, column: Column[Any]) -> str:
    """The sign keeps SQLite from naming the column of the list after the value."""
    value = f'+{row}."{column.name}"'
    return f"length({value})" if column.info.get(OMITTED) else value


def _person(table: Table, row: str) -> str:
    if table.name == "cadre":
        return f"{row}.uid"
    return f"{row}.cadre_uid" if "cadre_uid" in table.columns else "NULL"
