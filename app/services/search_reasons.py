"""The deeper search: everything else that a file says, and why somebody was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exchange.collector import collector_paused
from app.fields import kinds
from app.fields.masking import covered
from app.fields.names import search_name
from app.fields.spec import Field, RecordType
from app.models.alias import ALIAS, Alias
from app.models.cadre import CADRE, Cadre
from app.models.database import Database
from app.models.parts import PART_TYPES, PARTS
from app.services.readings import search_key
from app.services.search import words_of

NAME = "name"
FEW = 20
"""Files that are read again on the spot."""
LONGEST = 24
_WITHOUT = frozenset({"preparer", "reviewer", "confirmed_by", "postcode"})
"""Whose names they are says nothing of the person."""
_TAIL = 6
_BREAK = "\x1f"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a file says: what it is, how it reads, and by what it is found."""

    label: str
    text: str
    keys: str


@dataclass(frozen=True, slots=True)
class _Person:
    name_keys: str
    said: Sequence[Said]
    everything: str


class SearchReasons:
    """Made once, off the window's thread; files that change are read again one by one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._people: dict[str, _Person] | None = None
        self._stale: set[str] = set()

    @property
    def is_ready(self) -> bool:
        return self._people is not None

    @collector_paused()
    def make(self) -> None:
        """Everybody; a second for some thousands."""
        self._stale.clear()
        with self._database.reading() as session:
            self._people = dict(_people(session, None))

    def renew(self, uids: Collection[str]) -> None:
        """After a change; of many files everything is made anew when it is wanted next."""
        self._stale |= set(uids)
        if len(self._stale) > FEW:
            self._people = None

    def find(self, typed: str) -> list[str]:
        """Everybody whose file says all the words, in the order of the roster; nobody until it is made."""
        words = words_of(typed)
        people = self._known
        if not words or people is None:
            return []
        found = list(people.items())
        for word in words:
            found = [pair for pair in found if word in pair[1].everything]
        return [uid for uid, _ in found]

    def by_name(self, uids: Iterable[str], typed: str) -> set[str]:
        """Those whose name alone says all the words; until everything is made, all of them."""
        words, people = words_of(typed), self._known
        if people is None:
            return set(uids)
        named = [(uid, people[uid].name_keys) for uid in uids if uid in people]
        for word in words:
            named = [pair for pair in named if word in pair[1]]
        return {uid for uid, _ in named}

    def reason(self, uid: str, typed: str) -> str:
        """'女儿 李小红': what was found besides the name; '' where the name says it."""
        person = (self._known or {}).get(uid)
        if person is None:
            return ""
        left = [word for word in words_of(typed) if word not in person.name_keys]
        found = [next((said for said in person.said if word in said.keys), None) for word in left]
        shown = dict.fromkeys(_told(said, word) for said, word in zip(found, left, strict=True) if said)
        return "；".join(shown)

    @property
    def _known(self) -> Mapping[str, _Person] | None:
        if self._people is not None and self._stale:
            with self._database.reading() as session:
                again = dict(_people(session, self._stale))
            for uid in self._stale - again.keys():
                self._people.pop(uid, None)
            self._people.update(again)
            self._stale.clear()
        return self._people


def _told(said: Said, word: str) -> str:
    """Of a long text the part around the word; numbers keep their ends."""
    text = said.text
    place = text.casefold().find(word)
    if len(text) > LONGEST:
        start = max(0, place - LONGEST // 3)
        text = ("…" if start else "") + text[start : start + LONGEST] + "…"
    return covered(f"{said.label} {text}".strip())


def _people(session: Session, uids: Collection[str] | None) -> Iterable[tuple[str, _Person]]:
    said: dict[str, list[Said]] = {}
    for part in ("family", "contacts", "survivors"):
        _add_relatives(session, part, uids, said)
    for part, name in (("resume", "text"), ("special_conditions", "evidence"), ("suggestions", "text")):
        _add_texts(session, part, name, uids, said)
    _add_hospital(session, uids, said)
    _add_aliases(session, uids, said)
    fields = _own_fields()
    columns = [getattr(Cadre, field.name) for field in fields]
    query = select(Cadre.uid, Cadre.name, Cadre.search_key, Cadre.id_number, *columns)
    if uids is not None:
        query = query.where(Cadre.uid.in_(uids))
    for uid, name, readings, number, *values in session.execute(query.order_by(Cadre.search_key, Cadre.uid)):
        own = [_said(field.label, value) for field, value in zip(fields, values, strict=True) if value]
        tail = [Said("身份证尾号", number[-4:], number[-_TAIL:].casefold())] if number else []
        yield uid, _person(f"{search_name(name or '')} {readings}", [*own, *tail, *said.get(uid, ())])


def _person(name_keys: str, said: Sequence[Said]) -> _Person:
    return _Person(name_keys, said, _BREAK.join([name_keys, *(one.keys for one in said)]))


def _said(label: str, text: str) -> Said:
    shown = " ".join(text.split())
    keys = shown.casefold()
    return Said(label, shown, f"{keys} {keys.replace('-', '')}" if "-" in keys else keys)


def _own_fields() -> list[Field]:
    """Every text of the file that is neither the name nor a number to be covered."""
    return [
        field
        for field in CADRE.fields
        if isinstance(field.kind, kinds.Text | kinds.Phone)
        and not field.kind.secret
        and field.name != NAME
        and field.name not in _WITHOUT
    ]


Found = dict[str, list[Said]]


def _rows(session: Session, model: Any, names: Sequence[str], uids: Collection[str] | None) -> Iterable[Any]:
    query = select(model.cadre_uid, *(getattr(model, name) for name in names))
    return session.execute(query if uids is None else query.where(model.cadre_uid.in_(uids)))


def _add_relatives(session: Session, part: str, uids: Collection[str] | None, said: Found) -> None:
    """'女儿 李小红', found by her name, its sound and her telephone."""
    record: RecordType = PART_TYPES[part]
    phones = [field.name for field in record.fields if isinstance(field.kind, kinds.Phone)]
    for uid, relation, name, *numbers in _rows(session, PARTS[part], ("relation", NAME, *phones), uids):
        numbers = [number for number in numbers if number]
        if name or numbers:
            text = " ".join([name or "", *numbers]).strip()
            undivided = [number.replace("-", "") for number in numbers]
            keys = [search_name(name or ""), search_key(name or ""), *numbers, *undivided]
            said.setdefault(uid, []).append(Said(relation or record.title, text, " ".join(keys).casefold()))


def _add_texts(session: Session, part: str, name: str, uids: Collection[str] | None, said: Found) -> None:
    for uid, text in _rows(session, PARTS[part], (name,), uids):
        if text:
            said.setdefault(uid, []).append(_said(PART_TYPES[part].title, text))


def _add_hospital(session: Session, uids: Collection[str] | None, said: Found) -> None:
    for uid, *texts in _rows(session, PARTS["hospital_stays"], ("hospital", "illness"), uids):
        if any(texts):
            said.setdefault(uid, []).append(_said("住院", " ".join(filter(None, texts))))


def _add_aliases(session: Session, uids: Collection[str] | None, said: Found) -> None:
    """A file that went into this one is found by what it was called and numbered."""
    for uid, name, number in _rows(session, Alias, (NAME, "id_number"), uids):
        keys = [search_name(name or ""), search_key(name or ""), (number or "")[-_TAIL:]]
        text = f"{name or ''} {('尾号 ' + number[-4:]) if number else ''}".strip()
        said.setdefault(uid, []).append(Said(ALIAS.field(NAME).label, text, " ".join(keys).casefold()))
