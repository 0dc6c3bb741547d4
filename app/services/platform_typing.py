"""Typing a file into the province's platform by hand: in which order, what was typed, what has changed since."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.fields.spec import Values
from app.models.cadre import CADRE, Cadre
from app.models.database import Database, actor_of, describe
from app.models.typed_in import TypedIn
from app.paths import resource
from app.services.changes import Change

FOLDER = "platforms"
ALWAYS = "="
State = Literal["new", "same", "changed"]
"""Never typed, typed as it is now, typed otherwise than it is now."""


@dataclass(frozen=True)
class Cell:
    """One box of the platform's form, and what goes into it."""

    name: str
    field: str
    style: str = ""

    @property
    def is_secret(self) -> bool:
        return CADRE.has(self.field) and CADRE.field(self.field).kind.secret

    def text(self, values: Values) -> str:
        """As it is typed there; '' where nothing is."""
        if self.field.startswith(ALWAYS):
            return self.field.removeprefix(ALWAYS)
        value = values.get(self.field)
        if self.style == "date":
            return value or ""
        if self.style == "no":
            return "" if value is None else "否" if value else "是"
        return CADRE.text(values, self.field)


@dataclass(frozen=True)
class CellLine:
    """A cell for one person; `typed` is None where nothing was typed there yet."""

    cell: Cell
    text: str
    typed: str | None
    typed_at: str
    typed_by: str

    @property
    def state(self) -> State:
        if self.typed is None:
            return "new"
        return "same" if self.typed == self.text else "changed"


@dataclass(frozen=True)
class Standing:
    """How far one person's file has been typed in."""

    typed: int
    changed: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.typed == self.total and not self.changed


@lru_cache(maxsize=8)
def cells_of(platform: str) -> tuple[Cell, ...]:
    """In the order in which the platform asks. Raises FileNotFoundError for a platform nobody has described."""
    with resource(f"{FOLDER}/{platform}.csv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return tuple(Cell(row["cell"], row["field"], row["style"]) for row in csv.DictReader(lines))


def platforms() -> list[str]:
    return sorted(path.stem for path in resource(FOLDER).glob("*.csv"))


class PlatformTyping:
    """What was typed is kept cell by cell, at once: the next power cut loses no tick."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self, uid: str, platform: str) -> list[CellLine]:
        """Empty for somebody who is no longer there."""
        with self._database.reading() as session:
            values = _values(session, [uid], platform).get(uid)
            typed = _typed(session, [uid], platform).get(uid, {})
        if values is None:
            return []
        return [_line(cell, values, typed.get(cell.name)) for cell in cells_of(platform)]

    def standings(self, uids: Sequence[str], platform: str) -> dict[str, Standing]:
        """Of those who are there; cells that are empty here and were never typed ask for nothing."""
        with self._database.reading() as session:
            everybody, typed = _values(session, uids, platform), _typed(session, uids, platform)
        return {uid: _standing(platform, values, typed.get(uid, {})) for uid, values in everybody.items()}

    def changed_since(self, platform: str) -> list[str]:
        """Uids of those whose file says something else by now than what was typed in."""
        with self._database.reading() as session:
            uids = list(
                session.scalars(select(TypedIn.cadre_uid).where(TypedIn.platform == platform).distinct())
            )
        return [uid for uid, standing in self.standings(uids, platform).items() if standing.changed]

    def tick(self, uid: str, platform: str, cell: str, text: str) -> Change:
        """Typed now, as `text`."""
        with self._database.transaction("type_in") as session:
            describe(session, f"{_name(session, uid)} {cell}".strip())
            row = session.scalar(
                select(TypedIn).filter_by(cadre_uid=uid, platform=platform, cell=cell)
            ) or TypedIn(cadre_uid=uid, platform=platform, cell=cell)
            row.value, row.typed_at = text, clock.now().isoformat()
            row.typed_by = actor_of(session).name
            session.add(row)
        return Change("typed_in", frozenset({uid}))

    def untick(self, uid: str, platform: str, cells: Iterable[str]) -> Change:
        """Not typed after all."""
        names = list(cells)
        with self._database.transaction("type_in") as session:
            describe(session, f"{_name(session, uid)} 取消已录：{'、'.join(names)}".strip())
            session.execute(
                delete(TypedIn).where(
                    TypedIn.cadre_uid == uid, TypedIn.platform == platform, TypedIn.cell.in_(names)
                )
            )
        return Change("typed_in", frozenset({uid}))


def _name(session: Session, uid: str) -> str:
    return session.scalar(select(Cadre.name).where(Cadre.uid == uid)) or ""


def _values(session: Session, uids: Sequence[str], platform: str) -> dict[str, dict[str, object]]:
    names = [cell.field for cell in cells_of(platform) if CADRE.has(cell.field)]
    query = select(Cadre.uid, *(getattr(Cadre, name) for name in names))
    wanted = set(uids)
    found = session.execute(query.where(Cadre.uid == uids[0]) if len(uids) == 1 else query)
    return {line[0]: dict(zip(names, line[1:], strict=True)) for line in found if line[0] in wanted}


def _typed(session: Session, uids: Sequence[str], platform: str) -> dict[str, dict[str, TypedIn]]:
    query = select(TypedIn).where(TypedIn.platform == platform)
    wanted, found = set(uids), dict[str, dict[str, TypedIn]]()
    for row in session.scalars(query.where(TypedIn.cadre_uid == uids[0]) if len(uids) == 1 else query):
        if row.cadre_uid in wanted:
            found.setdefault(row.cadre_uid, {})[row.cell] = row
    return found


def _line(cell: Cell, values: Values, row: TypedIn | None) -> CellLine:
    if row is None:
        return CellLine(cell, cell.text(values), None, "", "")
    return CellLine(cell, cell.text(values), row.value, row.typed_at, row.typed_by)


def _standing(platform: str, values: Values, typed: Mapping[str, TypedIn]) -> Standing:
    lines = [_line(cell, values, typed.get(cell.name)) for cell in cells_of(platform)]
    asked = [line for line in lines if line.text or line.typed is not None]
    return Standing(
        sum(line.typed is not None for line in asked),
        sum(line.state == "changed" for line in asked),
        len(asked),
    )
