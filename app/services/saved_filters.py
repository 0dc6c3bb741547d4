"""Filters of the roster that are used again, and the one that is the working circle."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.database import Database, describe
from app.models.saved_filter import SavedFilter
from app.services.changes import Change
from app.services.notes import Notes
from app.services.roster_filter import RosterFilter

LONGEST = 20
_CIRCLE = "circle"


@dataclass(frozen=True)
class KeptFilter:
    uid: str
    name: str
    filter: RosterFilter


class SavedFilters:
    """The office's; which of them is the circle, everybody chooses for himself."""

    def __init__(self, database: Database) -> None:
        self._database, self._notes = database, Notes(database)

    def all(self) -> list[KeptFilter]:
        with self._database.reading() as session:
            found = session.scalars(select(SavedFilter).order_by(SavedFilter.position, SavedFilter.name))
            return [KeptFilter(one.uid, one.name, RosterFilter.read(one.conditions)) for one in found]

    def save(self, name: str, filter_: RosterFilter) -> Change:
        """Under a new name, or in the place of what had this name."""
        name = _proper(name)
        with self._database.transaction("save_filter", name) as session:
            kept = session.scalar(select(SavedFilter).where(SavedFilter.name == name))
            if kept is None:
                last = session.scalar(select(func.max(SavedFilter.position))) or 0
                kept = SavedFilter(name=name, position=last + 1)
                session.add(kept)
            kept.conditions = filter_.written()
            session.flush()
            return Change("filter", frozenset({kept.uid}))

    def rename(self, uid: str, name: str) -> Change:
        """Raises UserError when another has the name already."""
        name = _proper(name)
        with self._database.transaction("save_filter", name) as session:
            other = session.scalar(
                select(SavedFilter).where(SavedFilter.name == name, SavedFilter.uid != uid)
            )
            if other is not None:
                raise UserError(f"已经有一个叫“{name}”的筛选，请换个名字。")
            _kept(session, uid).name = name
        return Change("filter", frozenset({uid}))

    def remove(self, uid: str) -> Change:
        with self._database.transaction("save_filter") as session:
            kept = _kept(session, uid)
            describe(session, f"删除 {kept.name}")
            session.delete(kept)
        return Change("filter", frozenset({uid}))

    @property
    def circle(self) -> KeptFilter | None:
        """The one within which the user works; None for everybody."""
        uid = self._notes.get(self._key)
        return next((kept for kept in self.all() if kept.uid == uid), None) if uid else None

    def work_within(self, uid: str) -> None:
        """'' for everybody."""
        self._notes.put(self._key, uid)

    @property
    def _key(self) -> str:
        return f"{_CIRCLE} {self._database.actor.uid}".strip()


def _kept(session: Session, uid: str) -> SavedFilter:
    kept = session.get(SavedFilter, uid)
    if kept is None:
        raise UserError("这个筛选刚才已经删除了，没有改动。")
    return kept


def _proper(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError("请给这个筛选起个名字，例如“卫城片”。")
    if len(name) > LONGEST:
        raise UserError(f"名字最多 {LONGEST} 个字，请短一些。")
    return name
