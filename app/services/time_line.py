"""Everything dated about one person in one column: his life, and what was done for him."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import dates
from app.fields.acts import ACTS
from app.fields.amounts import yuan
from app.fields.masking import covered
from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.base import values_of
from app.models.cadre import CADRE, Cadre
from app.models.database import Database
from app.models.events import LIFE_EVENT, LifeEvent
from app.models.parts import PART_TYPES, PARTS
from app.models.payments import Payment, PaymentBatch
from app.models.visits import VISIT, Visit, VisitedCadre

LIFE, PARTY, HEALTH, MOVES = "生平", "党务", "健康", "变动"
VISITS, PAYMENTS, EVENTS, REVIEWS, IMPORTS = "走访", "发放", "事项", "核对", "导入"
KINDS = (LIFE, PARTY, HEALTH, MOVES, VISITS, PAYMENTS, EVENTS, REVIEWS, IMPORTS)
_FIELDS: Mapping[str, str] = {
    "birth_date": LIFE,
    "work_started_on": LIFE,
    "retired_on": LIFE,
    "treatment_approved_on": LIFE,
    "died_on": LIFE,
    "pension_paid_on": LIFE,
    "party_joined_on": PARTY,
    "party_full_on": PARTY,
    "lost_contact_on": PARTY,
    "relocated_on": MOVES,
}
"""Dates of the form → the kind; what is said beside them stands in `_BESIDE`."""
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "birth_date": ("birth_place",),
    "retired_on": ("former_unit", "former_post"),
    "treatment_approved_on": ("treatment", "treatment_document"),
    "died_on": ("death_cause",),
    "pension_paid_on": ("pension_receiver",),
    "party_joined_on": ("party_branch",),
    "relocated_on": ("relocation_place",),
}
_PARTS: Mapping[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "resume": (("started_on", LIFE, "任职", ("text",)),),
    "special_conditions": (
        ("started_on", HEALTH, "列入", ("condition", "evidence")),
        ("ended_on", HEALTH, "不再列入", ("condition",)),
    ),
    "check_ups": (("checked_on", HEALTH, "体检", ("hospital", "result")),),
    "hospital_stays": (
        ("admitted_on", HEALTH, "入院", ("hospital", "ward", "illness")),
        ("discharged_on", HEALTH, "出院", ("hospital", "result")),
    ),
    "suggestions": (("given_on", EVENTS, "意见建议", ("topic", "text")),),
    "movements": (("happened_on", MOVES, "", ("kind", "place", "document")),),
    "apps": (("installed_on", LIFE, "装手机应用", ("app",)),),
}
"""Part → its dates: (column, kind, word, what is said beside it)."""
_act, _row = AUDIT_ACT.c, AUDIT_ROW.c


@dataclass(frozen=True)
class Moment:
    """`date` keeps its precision."""

    date: str
    kind: str
    title: str
    text: str = ""

    @property
    def day(self) -> str:
        return dates.show(self.date)


class TimeLine:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, uid: str) -> list[Moment]:
        """The newest first; what has no date is left out."""
        with self._database.reading() as session:
            found = [moment for part in _SOURCES for moment in part(session, uid)]
        return sorted(found, key=lambda moment: moment.date, reverse=True)


def _life(session: Session, uid: str) -> Iterator[Moment]:
    cadre = session.get(Cadre, uid)
    values = values_of(cadre, CADRE) if cadre else {}
    for name, kind in _FIELDS.items():
        if values.get(name):
            beside = _texts(CADRE, values, _BESIDE.get(name, ()))
            yield Moment(values[name], kind, CADRE.field(name).label.removesuffix("时间"), beside)


def _parts(session: Session, uid: str) -> Iterator[Moment]:
    for part, marks in _PARTS.items():
        model, record = PARTS[part], PART_TYPES[part]
        for row in session.scalars(select(model).where(model.cadre_uid == uid).order_by(model.position)):
            values = values_of(row, record)
            for name, kind, word, beside in marks:
                if values.get(name):
                    first, *others = (
                        [word, _texts(record, values, beside)]
                        if word
                        else [
                            _texts(record, values, beside[:1]),
                            _texts(record, values, beside[1:]),
                        ]
                    )
                    yield Moment(values[name], kind, first, *others)


def _texts(record: Any, values: Mapping[str, Any], names: Iterable[str]) -> str:
    return "，".join(text for name in names if (text := record.field(name).kind.format(values.get(name))))


def _visits(session: Session, uid: str) -> Iterator[Moment]:
    query = select(Visit).join(VisitedCadre, VisitedCadre.visit_uid == Visit.uid)
    for visit in session.scalars(query.where(VisitedCadre.cadre_uid == uid)):
        values = values_of(visit, VISIT)
        if values.get("date"):
            title = VISIT.field("kind").kind.format(values.get("kind")) or "走访"
            yield Moment(
                values["date"], VISITS, title, _texts(VISIT, values, ("place", "leader", "situation"))
            )


def _payments(session: Session, uid: str) -> Iterator[Moment]:
    query = select(PaymentBatch, Payment).join(Payment, Payment.batch_uid == PaymentBatch.uid)
    for batch, payment in session.execute(query.where(Payment.cadre_uid == uid)):
        if batch.paid_on:
            paid = (payment.amount or 0) + (payment.adjustment or 0)
            yield Moment(batch.paid_on, PAYMENTS, batch.title or "发放", f"{yuan(paid)} 元")


def _events(session: Session, uid: str) -> Iterator[Moment]:
    for event in session.scalars(select(LifeEvent).where(LifeEvent.cadre_uid == uid)):
        title = LIFE_EVENT.field("kind").kind.format(event.kind)
        yield Moment(event.happened_on or event.recorded_at[:10], EVENTS, title, f"经办 {event.recorded_by}")


def _logged(session: Session, uid: str) -> Iterator[Moment]:
    """What the log knows: steps of the review, and the files that said something about him."""
    query = (
        select(_act.at, _act.act, _act.actor, _act.about)
        .where(_act.seq.in_(select(_row.act).where(_row.person == uid).distinct()))
        .where(_act.act.in_([*_REVIEWED, "import", "undo_import", "merge", "split"]))
    )
    for at, act, actor, about in session.execute(query):
        if act in _REVIEWED:
            yield Moment(at[:10], REVIEWS, ACTS[act].label, actor)
        else:
            yield Moment(at[:10], IMPORTS, ACTS[act].label, f"{covered(about)}，{actor}".lstrip("，"))


_REVIEWED = [act for act in ACTS if act.startswith("review_") and act != "review_batch"]
_SOURCES: tuple[Callable[[Session, str], Iterator[Moment]], ...] = (
    _life,
    _parts,
    _visits,
    _payments,
    _events,
    _logged,
)
