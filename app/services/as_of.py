"""截至某日: who was on the roster at the end of a day, with the values of then, and how many of each kind.

The log says what was written down by then; the dates of the files say what is only known since: a death that was
entered a month later, a file that was made after the day about somebody retired long before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.fields.addresses import village_in
from app.fields.codes import code_table
from app.fields.rules.groups import PARTY_MEMBERS
from app.models.audit import AUDIT_ACT
from app.models.cadre import CADRE
from app.models.database import Database
from app.services import replay
from app.services.as_of_facts import (
    BANDS,
    age_band,
    begun,
    death_is_unsure,
    is_dead,
    is_running,
    was_here,
)
from app.services.as_of_file import FileThen, file_then
from app.services.paper import Paper

COLUMNS = (
    "name",
    "sex",
    "ethnicity",
    "birth_date",
    "id_number",
    "political_status",
    "party_branch",
    "retirement_kind",
    "retired_on",
    "former_unit",
    "former_post",
    "rank",
    "treatment",
    "village",
    "mobile",
    "health_status",
    "living_arrangement",
)
"""What a line of the list shows."""
_ALSO = ("search_key", "home_address", "relocated", "relocated_on", "counted", "alive", "died_on")
TABLES: Mapping[str, tuple[str, ...]] = {
    "cadre": (*COLUMNS, *_ALSO),
    "special_condition": ("cadre_uid", "condition", "started_on", "ended_on"),
    "hospital_stay": ("cadre_uid", "admitted_on", "discharged_on"),
    "movement": ("cadre_uid", "kind", "happened_on"),
}
ENTERED_LATER, REMOVED_LATER = "后来建的档案，按离退休时间列入", "档案后来删除或并入别人"
IN_HOSPITAL, RELOCATED, NOT_COUNTED = "住院", "易地安置", "不列入统计"


@dataclass(frozen=True)
class PersonThen:
    """One line of the roster on that day."""

    uid: str
    values: Mapping[str, Any]
    age_band: str
    lists: tuple[str, ...]
    dead: bool = False
    note: str = ""

    @property
    def name(self) -> str:
        return str(self.values.get("name") or "")

    @property
    def texts(self) -> list[str]:
        """As people read them, by `COLUMNS`; numbers whole."""
        return [CADRE.field(name).kind.format(self.values.get(name)) for name in COLUMNS]


@dataclass(frozen=True)
class Figure:
    """One number, and whose names are behind it."""

    group: str
    label: str
    uids: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """`people` are those who were here and alive, in the order of the roster; `dead` had died by then."""

    date: str
    people: Sequence[PersonThen]
    dead: Sequence[PersonThen] = ()
    figures: Sequence[Figure] = field(default_factory=tuple)
    notes: Sequence[str] = ()


class AsOf:
    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def first_day(self) -> str:
        """Where the log begins; before it only the dates of the files speak."""
        with self._database.reading() as session:
            at = session.scalar(AUDIT_ACT.select().with_only_columns(AUDIT_ACT.c.at).order_by("seq").limit(1))
        return str(at or "")[:10]

    def at(self, date: str) -> Snapshot:
        """The end of a day, 'YYYY-MM-DD'."""
        with self._database.reading() as session:
            present = replay.now(session, TABLES)
            then = replay.at(session, date, TABLES, present)
        return _Looking(date, present, then).snapshot()

    def file(self, uid: str, date: str) -> FileThen:
        """The whole file of one person."""
        with self._database.reading() as session:
            return file_then(session, uid, date)

    def book(self, snapshot: Snapshot, *, masked: bool) -> Paper:
        """The list as a workbook, with the figures below."""
        from app.services.as_of_book import as_of_book
        from app.services.imprints import Imprints

        return as_of_book(snapshot, masked=masked, imprint=Imprints(self._database).read())


class _Looking:
    """One look at one day."""

    def __init__(
        self, date: str, present: Mapping[str, replay.Rows], then: Mapping[str, replay.Rows]
    ) -> None:
        self._date, self._day = date, dt.date.fromisoformat(date)
        self._now, self._then = present["cadre"], then["cadre"]
        self._movements = _by_person({**then["movement"], **present["movement"]})
        self._stays = _by_person({**then["hospital_stay"], **present["hospital_stay"]})
        self._conditions = _by_person({**then["special_condition"], **present["special_condition"]})
        self._unsure = 0
        self._undated = 0

    def snapshot(self) -> Snapshot:
        found = [one for uid in {**self._then, **self._now} if (one := self._person(uid))]
        found.sort(key=lambda one: (one.values.get("search_key") or "", one.uid))
        living = [one for one in found if not one.dead]
        dead = [one for one in found if one.dead]
        return Snapshot(self._date, living, dead, list(_figures(living, dead)), list(self._notes(found)))

    def _person(self, uid: str) -> PersonThen | None:
        then, known = self._then.get(uid), self._now.get(uid)
        values = then or known or {}
        retired_on = values.get("retired_on") or (known or {}).get("retired_on")
        if then is None and not retired_on:
            self._undated += 1
            return None
        if not was_here(retired_on, self._movements.get(uid, ()), self._day):
            return None
        died_on = (known or {}).get("died_on") or values.get("died_on")
        self._unsure += death_is_unsure(died_on, self._day)
        note = ENTERED_LATER if then is None else REMOVED_LATER if known is None else ""
        village = village_in(values) or None
        return PersonThen(
            uid,
            {**values, "village": village},
            age_band(values.get("birth_date"), self._day),
            tuple(dict.fromkeys(self._lists(uid, values))),
            is_dead(died_on, values.get("alive"), self._day),
            note,
        )

    def _lists(self, uid: str, values: Mapping[str, Any]) -> Iterator[str]:
        """In the order of the code table."""
        table = code_table("special_condition")
        running = {
            row["condition"]
            for row in self._conditions.get(uid, ())
            if is_running(row["started_on"], row["ended_on"], self._day)
            or not (row["started_on"] or row["ended_on"])
        }
        yield from (item.label for item in table.items if item.code in running)
        relocated_on = values.get("relocated_on")
        if values.get("relocated") and (not relocated_on or begun(relocated_on, self._day)):
            yield RELOCATED
        stays = self._stays.get(uid, ())
        if any(is_running(stay["admitted_on"], stay["discharged_on"], self._day) for stay in stays):
            yield IN_HOSPITAL
        if values.get("counted") is False:
            yield NOT_COUNTED

    def _notes(self, found: Sequence[PersonThen]) -> Iterator[str]:
        later = sum(one.note == ENTERED_LATER for one in found)
        gone = sum(one.note == REMOVED_LATER for one in found)
        if later:
            yield f"{later} 人的档案是那天以后才建的，按离退休时间列入，内容是现在的"
        if gone:
            yield f"{gone} 人的档案后来删除或并入别人，按当时列入"
        if self._unsure:
            yield f"{self._unsure} 人的去世时间只到年月，分不清那天在不在，按在世列入"
        if self._undated:
            yield f"{self._undated} 人的档案是那天以后才建的，又没有离退休时间，没有列入"


def _by_person(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows.values():
        found.setdefault(str(row["cadre_uid"]), []).append(row)
    return found


def _coded(name: str) -> Callable[[PersonThen], list[str]]:
    kind = CADRE.field(name).kind
    return lambda one: [kind.format(one.values.get(name)) or "没有填"]


def _member(one: PersonThen) -> list[str]:
    return ["中共党员（含预备）" if one.values.get("political_status") in PARTY_MEMBERS else "其他"]


_GROUPS: Mapping[str, Callable[[PersonThen], Sequence[str]]] = {
    "类别": _coded("retirement_kind"),
    "性别": _coded("sex"),
    "年龄": lambda one: [one.age_band],
    "党员": _member,
    "村（社区）": _coded("village"),
    "专项名单": lambda one: one.lists,
}


def _figures(living: Sequence[PersonThen], dead: Sequence[PersonThen]) -> Iterator[Figure]:
    yield Figure("合计", "在册在世", tuple(one.uid for one in living))
    yield Figure("合计", "已去世", tuple(one.uid for one in dead))
    for group, labels_of in _GROUPS.items():
        counted: dict[str, list[str]] = {label: [] for label in BANDS} if group == "年龄" else {}
        for one in living:
            for label in labels_of(one):
                counted.setdefault(label, []).append(one.uid)
        ordered = (
            counted.items() if group == "年龄" else sorted(counted.items(), key=lambda pair: -len(pair[1]))
        )
        yield from (Figure(group, label, tuple(uids)) for label, uids in ordered if uids)
