"""Visits: who was seen, when, by whom, with what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.errors import InvalidError, UserError
from app.fields import dates
from app.fields.spec import Problem, RecordType
from app.models.base import new_uid, values_of
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.visits import VISIT, Visit, VisitedCadre, VisitPhoto
from app.services.changes import Change
from app.services.kept_rows import keep_rows

AFTER_DEATH = ("survivor",)
"""Kinds of visits that go to the family of somebody who has died."""
Dead = tuple[str, str]


@dataclass
class VisitFile:
    """One visit with the people met and the photos taken (keys of pictures)."""

    uid: str | None = None
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class VisitLine:
    """A visit in a list: its values, and who was met as (uid, name)."""

    uid: str
    values: Mapping[str, Any]
    people: tuple[tuple[str, str], ...]

    @property
    def names(self) -> str:
        return "、".join(name for _, name in self.people)


class Visits:
    """The visit ledger."""

    record: RecordType = VISIT

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self, period: str = "", cadre_uid: str | None = None) -> list[VisitLine]:
        """Visits whose date begins with `period` ('2025', '2025-06', or '' for all), newest first."""
        query = select(Visit).where(Visit.date.startswith(period)) if period else select(Visit)
        if cadre_uid:
            met = select(VisitedCadre.visit_uid).where(VisitedCadre.cadre_uid == cadre_uid)
            query = query.where(Visit.uid.in_(met))
        with self._database.reading() as session:
            visits = session.scalars(query.order_by(Visit.date.desc(), Visit.uid)).all()
            people = _people(session)
            return [
                VisitLine(visit.uid, values_of(visit, VISIT), tuple(people.get(visit.uid, ())))
                for visit in visits
            ]

    def latest(self, cadre_uid: str) -> Mapping[str, Any] | None:
        """The values of the newest visit to one person."""
        query = (
            select(Visit)
            .join(VisitedCadre, VisitedCadre.visit_uid == Visit.uid)
            .where(VisitedCadre.cadre_uid == cadre_uid)
            .order_by(Visit.date.desc())
            .limit(1)
        )
        with self._database.reading() as session:
            visit = session.scalar(query)
            return values_of(visit, VISIT) if visit else None

    def years(self) -> list[str]:
        """Years that have visits, newest first."""
        year = func.substr(Visit.date, 1, 4)
        with self._database.reading() as session:
            return [
                value for value in session.scalars(select(year).distinct().order_by(year.desc())) if value
            ]

    def read(self, uid: str) -> VisitFile:
        """Raises UserError when the visit is gone."""
        with self._database.reading() as session:
            visit = session.get(Visit, uid)
            if visit is None:
                raise UserError("这次走访记录已经不在了。请刷新台账。")
            met = select(VisitedCadre.cadre_uid).where(VisitedCadre.visit_uid == uid)
            shown = select(VisitPhoto.picture).where(VisitPhoto.visit_uid == uid)
            return VisitFile(
                uid,
                visit.version,
                values_of(visit, VISIT),
                list(session.scalars(met.order_by(VisitedCadre.position))),
                list(session.scalars(shown.order_by(VisitPhoto.position))),
            )

    def read_all(self) -> list[VisitFile]:
        """Every visit, newest first."""
        with self._database.reading() as session:
            visits = session.scalars(select(Visit).order_by(Visit.date.desc(), Visit.uid)).all()
            people, photos = _people(session), _photos(session)
            return [
                VisitFile(
                    visit.uid,
                    visit.version,
                    values_of(visit, VISIT),
                    [uid for uid, _ in people.get(visit.uid, ())],
                    photos.get(visit.uid, []),
                )
                for visit in visits
            ]

    def photos(self, uids: Iterable[str]) -> dict[str, list[str]]:
        """The keys of the pictures taken on each of these visits; visits without any are left out."""
        wanted = set(uids)
        with self._database.reading() as session:
            return {uid: keys for uid, keys in _photos(session).items() if uid in wanted}

    def problems(self, file: VisitFile) -> list[Problem]:
        """A visit needs a date that is past, a kind, and somebody who was met, alive then."""
        with self._database.reading() as session:
            return self._problems(file, the_dead(session))

    def _problems(self, file: VisitFile, dead: Mapping[str, Dead]) -> list[Problem]:
        found = self.record.problems(file.values)
        if not file.people:
            found.append(Problem("people", "E", "R-67", "请选择走访对象"))
        told = met_after_death(file.values, file.people, dead)
        return found + [Problem("people", "E", "R-67", sentence) for sentence in told]

    def save(self, *files: VisitFile) -> Change:
        """All of them or none. Raises InvalidError for the first that may not be kept."""
        with self._database.reading() as session:
            dead = the_dead(session)
        for file in files:
            if refusals := [p for p in self._problems(file, dead) if p.severity == "E" or p.code == "R-00"]:
                raise InvalidError(refusals)
        with self._database.transaction("save_visit", _about(files)) as session:
            return Change("visit", frozenset(store_visit(session, file) for file in files))

    def remove(self, uids: Sequence[str]) -> Change:
        with self._database.transaction("remove_visit", f"{len(uids)} 次") as session:
            session.execute(delete(Visit).where(Visit.uid.in_(uids)))
        return Change("visit", frozenset(uids))


def _about(files: Sequence[VisitFile]) -> str:
    first = files[0].values.get("date") if files else ""
    return dates.show(first or "") + (f"等 {len(files)} 次" if len(files) > 1 else "")


def the_dead(session: Session) -> dict[str, Dead]:
    """By uid: (name, day of death) of everybody whose death has a date."""
    query = select(Cadre.uid, Cadre.name, Cadre.died_on).where(Cadre.died_on.is_not(None))
    return {uid: (name or "", died_on or "") for uid, name, died_on in session.execute(query)}


def met_after_death(values: Mapping[str, Any], people: Iterable[str], dead: Mapping[str, Dead]) -> list[str]:
    """R-67: a sentence for each who had surely died by the day of the visit."""
    date = values.get("date")
    if not date or values.get("kind") in AFTER_DEATH:
        return []
    return [
        f"{name} 已于 {dates.show(died_on)} 去世，只能记遗属慰问"
        for name, died_on in (dead[uid] for uid in people if uid in dead)
        if dates.surely_before(died_on, date)
    ]


def store_visit(session: Session, file: VisitFile) -> str:
    """Writes the visit within a transaction that the caller owns; returns its uid."""
    visit = session.get(Visit, file.uid) if file.uid else None
    if visit is None:
        visit = Visit(uid=file.uid or new_uid(), version=0)
        session.add(visit)
    elif file.version and visit.version != file.version:
        raise UserError("这次走访刚在别处改过，请刷新后再改。")
    for name, value in file.values.items():
        setattr(visit, name, value)
    visit.version = (visit.version or 0) + 1
    session.flush()
    _relink(session, visit.uid, file)
    return visit.uid


def _relink(session: Session, visit_uid: str, file: VisitFile) -> None:
    people = [{"cadre_uid": uid} for uid in dict.fromkeys(file.people)]
    photos = [{"picture": picture} for picture in dict.fromkeys(file.photos)]
    keep_rows(session, VisitedCadre, {"visit_uid": visit_uid}, people, key="cadre_uid")
    keep_rows(session, VisitPhoto, {"visit_uid": visit_uid}, photos, key="picture")


def _people(session: Session) -> dict[str, list[tuple[str, str]]]:
    """Who was met at every visit, in the order they were written."""
    query = (
        select(VisitedCadre.visit_uid, Cadre.uid, Cadre.name)
        .join(Cadre, Cadre.uid == VisitedCadre.cadre_uid)
        .order_by(VisitedCadre.visit_uid, VisitedCadre.position)
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for visit_uid, cadre_uid, name in session.execute(query):
        found.setdefault(visit_uid, []).append((cadre_uid, name or ""))
    return found


def _photos(session: Session) -> dict[str, list[str]]:
    query = select(VisitPhoto.visit_uid, VisitPhoto.picture).order_by(
        VisitPhoto.visit_uid, VisitPhoto.position
    )
    found: dict[str, list[str]] = {}
    for visit_uid, picture in session.execute(query):
        found.setdefault(visit_uid, []).append(picture)
    return found


def same_for_all(
    values: Mapping[str, Any], people: Iterable[tuple[str, Mapping[str, Any]]]
) -> list[VisitFile]:
    """One visit a person: the common values, and each person's own where given."""
    return [VisitFile(values={**values, **own}, people=[uid]) for uid, own in people]
