"""Visits as the ledger and the one-page records print them: plain values in, lines of the report out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.fields import dates
from app.models.cadre import CADRE
from app.models.visits import VISIT
from app.reports.imprint import NOBODY, Imprint
from app.reports.visit_ledger import LedgerHead, LedgerLine, Visited
from app.reports.visit_record import VisitRecord
from app.services.office import unit_of
from app.services.visits import VisitLine

PERSON_FIELDS = (
    "name", "sex", "birth_date", "retirement_kind", "treatment", "residence_address", "home_address", "mobile",
    "landline", "health_status", "illnesses", "living_arrangement", "self_care",
)  # fmt: skip
Person = Mapping[str, Any]


def ledger_head(
    profile: Mapping[str, Any], period: str, printed_on: str, imprint: Imprint = NOBODY
) -> LedgerHead:
    return LedgerHead(
        unit=unit_of(profile),
        period=period,
        preparer=profile.get("preparer") or "",
        reviewer=profile.get("reviewer") or "",
        printed_on=printed_on,
        imprint=imprint,
    )


def ledger_line(line: VisitLine, people: Mapping[str, Person], photos: Sequence[Path] = ()) -> LedgerLine:
    values, texts = line.values, VISIT.texts(line.values)
    met = [(name, people.get(uid, {})) for uid, name in line.people]
    return LedgerLine(
        on=values.get("date") or "",
        people=tuple(
            Visited(name, CADRE.text(own, "sex"), _age(own, values.get("date"))) for name, own in met
        ),
        category="\n".join(dict.fromkeys(filter(None, (_standing(own) for _, own in met)))),
        kind=texts["kind"],
        place=texts["place"],
        leader=texts["leader"],
        staff=texts["staff"],
        money=values.get("money"),
        goods=_goods(texts),
        situation=_told(texts),
        answer=texts["answer"],
        remarks=texts["remarks"],
        photos=tuple(photos),
    )


def visit_record(
    line: VisitLine,
    person: Person,
    profile: Mapping[str, Any],
    photos: Sequence[Path] = (),
    imprint: Imprint = NOBODY,
) -> VisitRecord:
    """The sheet for one of those met; a sum for several is said to be one."""
    values, texts = line.values, VISIT.texts(line.values)
    return VisitRecord(
        unit=unit_of(profile),
        on=values.get("date") or "",
        name=person.get("name") or "",
        sex=CADRE.text(person, "sex"),
        born=person.get("birth_date"),
        category=CADRE.text(person, "retirement_kind"),
        treatment=CADRE.text(person, "treatment"),
        address=person.get("residence_address") or person.get("home_address") or "",
        phone=person.get("mobile") or person.get("landline") or "",
        kind=texts["kind"],
        place=texts["place"],
        leader=texts["leader"],
        staff=texts["staff"],
        money=values.get("money"),
        goods=_goods(texts),
        health=_joined(person, "health_status", "illnesses"),
        living=_joined(person, "living_arrangement", "self_care"),
        situation=_told(texts),
        answer=texts["answer"],
        remarks=_remarks(line, texts),
        preparer=profile.get("preparer") or "",
        reviewer=profile.get("reviewer") or "",
        photos=tuple(photos),
        imprint=imprint,
    )


def _remarks(line: VisitLine, texts: Mapping[str, str]) -> str:
    shared = len(line.people) > 1 and (line.values.get("money") or texts["goods"])
    told = f"慰问金、慰问品为本次走访 {len(line.people)} 人合计（{line.names}）" if shared else ""
    return "；".join(filter(None, (told, texts["remarks"])))


def _told(texts: Mapping[str, str]) -> str:
    return "；".join(filter(None, (texts["situation"].rstrip("。；"), texts["requests"])))


def _goods(texts: Mapping[str, str]) -> str:
    worth = f"（折价 {texts['goods_value']} 元）" if texts["goods_value"] else ""
    return texts["goods"] + worth if texts["goods"] else ""


def _standing(person: Person) -> str:
    """Kind and treatment, each on its line."""
    return "\n".join(filter(None, (CADRE.text(person, "retirement_kind"), CADRE.text(person, "treatment"))))


def _joined(person: Person, *names: str) -> str:
    return "；".join(filter(None, (CADRE.text(person, name) for name in names)))


def _age(person: Person, on: str | None) -> int | None:
    birth = person.get("birth_date")
    return dates.age(birth, dates.first_day(on)) if birth and on else None
