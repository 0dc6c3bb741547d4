"""Files that may be one person's, over the whole database; who was found to be two people stays two."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.exchange.collector import collector_paused
from app.models.alias import Alias
from app.models.cadre import Cadre
from app.models.checks import Acceptance
from app.models.database import Database, actor_of, describe
from app.progress import Progress, silent
from app.services.changes import Change
from app.services.duplicate_blocks import candidates
from app.services.duplicate_evidence import Pair, Someone, clusters, compared

RULE, FIELD = "R-DUP", "name"
ABOUT = "cadre:"
_TELL_EVERY = 20_000
_COLUMNS = (
    Cadre.uid,
    Cadre.name,
    Cadre.former_name,
    Cadre.search_key,
    Cadre.sex,
    Cadre.birth_date,
    Cadre.id_number,
    Cadre.former_unit,
    Cadre.village,
    Cadre.home_address,
    Cadre.mobile,
    Cadre.bank_account,
    Cadre.photo,
)
"""In the order of the fields of `Someone`."""


@dataclass(frozen=True)
class TwoPeople:
    """A pair that somebody found to be two people."""

    uid: str
    """Of the decision."""
    names: tuple[str, str]
    reason: str
    by: str
    at: str


class Duplicates:
    def __init__(self, database: Database) -> None:
        self._database = database

    @collector_paused()
    def scan(self, progress: Progress = silent) -> list[list[Pair]]:
        """Groups of pairs that hang together, the surest first, without those decided to be two people."""
        with self._database.reading() as session:
            people = _everybody(session)
            decided = set(_in_force(session, people))
        return clusters(pair for pair in _pairs(people, progress) if frozenset(pair.uids) not in decided)

    def pair(self, one: str, other: str) -> Pair:
        """Two that somebody wants to compare, alike or not. Raises UserError when one is gone."""
        with self._database.reading() as session:
            people = {person.uid: person for person in _everybody(session, [one, other])}
        if len(people) < 2:
            raise UserError("其中一份档案已经不在了，可能刚被删除或合并。请回到名单重新选。")
        return compared(people[one], people[other]) or Pair(people[one], people[other], "由您选出", 0)

    def not_same(self, pair: Pair, reason: str = "") -> Change:
        """Remembered until name, number or birth of one of them changes."""
        one, other = sorted((pair.one, pair.other), key=lambda person: person.uid)
        about = f"{one.name} 和 {other.name} 不是同一个人"
        with self._database.transaction("accept_warning", about) as session:
            _forget(session, one.uid, other.uid)
            session.add(
                Acceptance(
                    cadre_uid=one.uid,
                    about=ABOUT + other.uid,
                    rule=RULE,
                    field_name=FIELD,
                    seen=_seen(one, other),
                    reason=reason or "已核实，不是同一个人",
                    accepted_by=actor_of(session).name,
                    accepted_at=clock.now().isoformat(),
                )
            )
        return Change("cadre", frozenset(pair.uids))

    def decided(self) -> list[TwoPeople]:
        """The newest first; only those that still hold."""
        with self._database.reading() as session:
            rows = session.scalars(_decisions().order_by(Acceptance.accepted_at.desc())).all()
            involved = {uid for row in rows for uid in _uids(row)}
            people = {person.uid: person for person in _everybody(session, sorted(involved))}
        return [
            TwoPeople(row.uid, (one.name, other.name), row.reason, row.accepted_by, row.accepted_at)
            for row in rows
            if (both := _both(row, people)) and row.seen == _seen(*both)
            for one, other in [both]
        ]

    def undecide(self, uid: str) -> Change:
        """The pair is listed again."""
        with self._database.transaction("accept_warning") as session:
            row = session.get(Acceptance, uid)
            if row is None:
                raise UserError("这条结论已经收回了，没有改动。")
            uids = _uids(row)
            named = session.scalars(select(Cadre.name).where(Cadre.uid.in_(uids)).order_by(Cadre.uid))
            describe(session, f"收回：{' 和 '.join(name or '' for name in named)} 不是同一个人")
            session.delete(row)
        return Change("cadre", frozenset(uids))


def _pairs(people: Sequence[Someone], progress: Progress) -> Iterator[Pair]:
    for number, (one, other) in enumerate(candidates(people)):
        if number % _TELL_EVERY == 0:
            progress(0, 0, "正在查找重复的人")
        if pair := compared(one, other):
            yield pair


def _everybody(session: Session, uids: Sequence[str] | None = None) -> list[Someone]:
    query = select(*_COLUMNS)
    if uids is not None:
        query = query.where(Cadre.uid.in_(uids))
    people = [_someone(line) for line in session.execute(query)]
    names = _other_names(session)
    for person in people if names else ():
        person.other_names = names.get(person.uid, ())
    return people


def _someone(line: Sequence[Any]) -> Someone:
    filled: list[Any] = [value or "" for value in line]
    return Someone(*filled)


def _other_names(session: Session) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for uid, name in session.execute(select(Alias.cadre_uid, Alias.name)):
        found[uid] = (*found.get(uid, ()), name or "")
    return found


def _decisions() -> Select[Acceptance]:
    return select(Acceptance).where(Acceptance.rule == RULE)


def _uids(row: Acceptance) -> tuple[str, str]:
    return row.cadre_uid or "", row.about.removeprefix(ABOUT)


def _both(row: Acceptance, people: dict[str, Someone]) -> tuple[Someone, Someone] | None:
    one, other = _uids(row)
    return (people[one], people[other]) if one in people and other in people else None


def _in_force(session: Session, people: Sequence[Someone]) -> Iterator[frozenset[str]]:
    known = {person.uid: person for person in people}
    for row in session.scalars(_decisions()):
        both = _both(row, known)
        if both and row.seen == _seen(*both):
            yield frozenset(_uids(row))


def _seen(one: Someone, other: Someone) -> str:
    """Whoever of the two stands first."""
    both = sorted((one, other), key=lambda person: person.uid)
    return json.dumps([person.identifying for person in both], ensure_ascii=False)


def _forget(session: Session, one: str, other: str) -> None:
    """A decision of before, which may have lapsed."""
    for mine, theirs in ((one, other), (other, one)):
        session.execute(
            delete(Acceptance).where(
                Acceptance.rule == RULE, Acceptance.cadre_uid == mine, Acceptance.about == ABOUT + theirs
            )
        )
