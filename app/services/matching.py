"""Whom a row of somebody's table means among the people who are already kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import dates, identity
from app.fields.spec import Values
from app.models.alias import Alias
from app.models.cadre import Cadre


@dataclass(frozen=True)
class Known:
    """What a person is recognised by."""

    uid: str
    name: str
    birth_date: str | None
    id_number: str | None
    mobile: str | None
    former_unit: str | None

    @property
    def described(self) -> str:
        """'廖应（1960.07，卫城派出所）': enough to tell two of a name apart."""
        facts = [dates.show(self.birth_date) if self.birth_date else "", self.former_unit or ""]
        told = "，".join(fact for fact in facts if fact)
        return f"{self.name}（{told}）" if told else self.name


@dataclass(frozen=True)
class Match:
    """`uid` is who is meant, None for somebody new; a doubt leaves it to a person, who may be a candidate."""

    uid: str | None = None
    doubt: str = ""
    candidates: tuple[Known, ...] = ()


@dataclass
class People:
    """Everybody, by number and by name."""

    by_number: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, known: Iterable[Known]) -> People:
        people = cls()
        for person in known:
            people.add(person)
        return people

    def add(self, person: Known) -> None:
        if person.id_number:
            self.by_number[person.id_number] = person
        self.by_name[person.name].append(person)

    def add_other_name(self, person: Known, name: str, id_number: str | None) -> None:
        """Under the name and number of a file that went into his he is found too, once under each."""
        other = replace(person, name=name, id_number=id_number or person.id_number)
        if id_number:
            self.by_number.setdefault(id_number, other)
        if all(known.uid != person.uid for known in self.by_name[name]):
            self.by_name[name].append(other)

    def match(self, values: Values) -> Match:
        """By number first, then by name with birth, then by name alone where something else agrees."""
        number = values.get("id_number")
        if number and (found := self.by_number.get(number)):
            return self._by_number(found, values)
        namesakes = self.by_name.get(values.get("name") or "", [])
        if not namesakes:
            return Match()
        return self._by_name(namesakes, values)

    def _by_number(self, found: Known, values: Values) -> Match:
        if not values.get("name") or found.name == values["name"]:
            return Match(found.uid)
        doubt = f"身份证号与 {found.described} 相同，姓名却不同"
        return Match(doubt=doubt, candidates=(found,))

    def _by_name(self, namesakes: list[Known], values: Values) -> Match:
        possible = [known for known in namesakes if not _is_somebody_else(known, values)]
        if not possible:
            return Match()
        sure = [known for known in possible if _agrees(known, values)]
        if len(sure) == 1 and not _numbers_differ(sure[0], values):
            return Match(sure[0].uid)
        shown = "、".join(known.described for known in possible)
        doubt = f"名单里已有同名的 {shown}，不能确定是不是同一个人"
        return Match(doubt=doubt, candidates=tuple(possible))

    def named(self, name: str) -> list[Known]:
        return self.by_name.get(name, [])


def _is_somebody_else(known: Known, values: Values) -> bool:
    """Another number and another birth: only the name is shared. One of them alone may be a slip."""
    birth = values.get("birth_date")
    other_birth = bool(birth and known.birth_date and not same_date(birth, known.birth_date))
    return other_birth and _numbers_differ(known, values)


def _agrees(known: Known, values: Values) -> bool:
    birth = values.get("birth_date")
    if birth and known.birth_date:
        return same_date(birth, known.birth_date)
    number = values.get("id_number")
    if birth and known.id_number and (inside := identity.birth_date(known.id_number)):
        return same_date(birth, inside)
    if number and known.birth_date and (inside := identity.birth_date(number)):
        return same_date(inside, known.birth_date)
    return any(
        values.get(name) and values.get(name) == getattr(known, name) for name in ("mobile", "former_unit")
    )


def _numbers_differ(known: Known, values: Values) -> bool:
    """Two well-formed numbers that differ are two people, or a slip that a person must look at."""
    number = values.get("id_number")
    return bool(number and known.id_number and number != known.id_number)


def same_date(one: str, other: str) -> bool:
    """Whether one date only says more precisely what the other says."""
    return one.startswith(other) or other.startswith(one)


def known_people(session: Session) -> People:
    query = select(Cadre.uid, Cadre.name, Cadre.birth_date, Cadre.id_number, Cadre.mobile, Cadre.former_unit)
    known = {
        uid: Known(uid, name or "", birth, number, mobile, unit)
        for uid, name, birth, number, mobile, unit in session.execute(query)
    }
    people = People.of(known.values())
    for uid, name, number in session.execute(select(Alias.cadre_uid, Alias.name, Alias.id_number)):
        people.add_other_name(known[uid], name or "", number)
    return people
