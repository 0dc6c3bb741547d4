"""Taking steps of the log back: every row they changed becomes what it was before them.

Undo, redo, the bin, 撤销这次导入 and the split of merged files are all this, and need no second journal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.audit import AUDIT_ROW
from app.models.base import Base
from app.services.changes import Change
from app.services.clashes import clashes_of
from app.services.log_changes import LoggedRow, joined
from app.services.owners import OWNERS, root
from app.services.statement_parts import in_parts
from app.services.writing_back import write_back

KEPT = frozenset(
    {"picture", "draft", "note", "delivery", "user", "office", "intake", "import_mapping", "import_doubt"}
)
"""Never taken back: bytes under a hash, what was typed and not saved, what left the house, who works here, which
files were read and how."""
_KINDS: Mapping[str, str] = {
    "visit": "visit",
    "visited_cadre": "visit",
    "visit_photo": "visit",
    "payment_batch": "payment",
    "payment": "payment",
    "review": "review",
    "acceptance": "acceptance",
    "rule_switch": "rule",
    "saved_filter": "filter",
    "typed_in": "typed_in",
}
"""What pages listen for; everything else belongs to a file."""
_NAMED_BY_RECORD = frozenset({"visit", "payment", "rule", "filter"})


@dataclass(frozen=True)
class TakenBack:
    """What became as it was, and whom that could not be done for, with the reason."""

    people: frozenset[str]
    tables: frozenset[str]
    rows: int
    left: Mapping[str, str] = field(default_factory=dict)
    """uid of the record that was left alone → why, naming it."""
    changes: tuple[Change, ...] = ()
    """For the pages that show any of it."""


def rows_of(session: Session, acts: Collection[int]) -> list[LoggedRow]:
    """What the acts did to each record, all in all, the first touched first."""
    row = AUDIT_ROW.c
    columns = (row.record_type, row.record, row.operation, row.old, row.new, row.person)
    found: list[Any] = []
    for some in in_parts(sorted(acts)):
        query = select(*columns).where(row.act.in_(some), row.record_type.not_in(KEPT))
        found += session.execute(query.order_by(row.seq))
    return _with_owners(session, joined(LoggedRow.read(*line) for line in found))


def take_back(session: Session, acts: Collection[int], but: Collection[str] = ()) -> TakenBack:
    """All or nothing. Raises UserError naming the first record that was changed since.

    `but` are records (uids of cadres, visits, batches …) that are left as they are, with all that is theirs.
    """
    return take_back_rows(session, [row for row in rows_of(session, acts) if root(row) not in but])


def take_back_rows(session: Session, rows: Sequence[LoggedRow]) -> TakenBack:
    """The same for some rows of `rows_of`."""
    if clashes := clashes_of(session, rows):
        raise UserError(f"{next(iter(clashes.values()))}，没有改动。")
    return _written(session, rows)


def take_back_what_stands(session: Session, acts: Collection[int], but: Mapping[str, str]) -> TakenBack:
    """Leaves alone, and names, every record with all that is its own that was changed since, or stands in `but`."""
    rows, left = rows_of(session, acts), dict(but)
    while clashes := clashes_of(session, [row for row in rows if root(row) not in left]):
        left |= clashes
    touched = {root(row) for row in rows}
    stayed = {uid: why for uid, why in left.items() if uid in touched}
    return _written(session, [row for row in rows if root(row) not in left], stayed)


def changed_since(session: Session, people: Collection[str], acts: Collection[int]) -> set[str]:
    """Of these cadres, those with changes that are newer than the last of the acts and belong to none of them."""
    row, found = AUDIT_ROW.c, set[str]()
    for some in in_parts(sorted(people)):
        query = select(row.person, row.act).where(row.person.in_(some), row.act > max(acts)).distinct()
        found |= {person for person, act in session.execute(query) if act not in acts}
    return found


def last_act(session: Session) -> int:
    """The number of the newest row's act; 0 in an empty log."""
    return session.scalar(select(func.max(AUDIT_ROW.c.act))) or 0


def _written(session: Session, rows: Sequence[LoggedRow], left: Mapping[str, str] | None = None) -> TakenBack:
    write_back(session, rows)
    return TakenBack(
        frozenset(row.person for row in rows if row.person),
        frozenset(row.record_type for row in rows),
        len(rows),
        left or {},
        tuple(_changes(rows)),
    )


def _changes(rows: Iterable[LoggedRow]) -> Iterable[Change]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        kind = _KINDS.get(row.record_type, "cadre")
        found[kind].add(root(row) if kind in _NAMED_BY_RECORD else row.person or root(row))
    return [Change(kind, frozenset(uids)) for kind, uids in found.items()]


def _with_owners(session: Session, rows: list[LoggedRow]) -> list[LoggedRow]:
    """A change of a link does not say whose it is: that stands in the row as it is now."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.operation == "update" and row.record_type in OWNERS:
            wanted[row.record_type].add(row.record)
    owners: dict[str, str] = {}
    for name, uids in wanted.items():
        table = Base.metadata.tables[name]
        for some in in_parts(sorted(uids)):
            query = select(table.c.uid, table.c[OWNERS[name]]).where(table.c.uid.in_(some))
            for uid, owner in session.execute(query):
                owners[uid] = owner
    return [row.owned_by(owners[row.record]) if row.record in owners else row for row in rows]
