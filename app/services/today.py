"""What the officer should see first: birthdays, people not visited, files with gaps, the last delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.fields import dates, identity
from app.models.base import Base
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.delivery import Delivery
from app.models.intake import Intake
from app.models.payments import Payment, PaymentBatch
from app.models.visits import Visit, VisitedCadre
from app.services.cadres import Cadres
from app.services.calendar import next_birthday
from app.services.completeness import with_gaps
from app.services.payment_reviews import in_force

BIRTHDAY_WINDOW = 15
"""Days ahead that a birthday is announced (screens.md)."""


@dataclass(frozen=True)
class ComingBirthday:
    """`age` is the age that the person reaches; None when the year is not known."""

    uid: str
    name: str
    day: dt.date
    lunar: bool
    age: int | None


@dataclass(frozen=True)
class Gaps:
    """A file that is not complete."""

    uid: str
    name: str
    percent: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class LastDelivery:
    name: str
    written_at: str
    people: int
    check_code: str


class Today:
    """Every figure comes with the uids behind it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cadres = Cadres(database)

    def birthdays(self, today: dt.date) -> list[ComingBirthday]:
        """Living people whose birthday is within the window, the nearest first."""
        query = select(Cadre.uid, Cadre.name, Cadre.birth_date, Cadre.id_number, Cadre.birthday)
        with self._database.reading() as session:
            people = session.execute(query.where(_living())).all()
        found = [
            _coming(uid, name or "", _birth(archive, number), custom, today)
            for uid, name, archive, number, custom in people
        ]
        return sorted((coming for coming in found if coming), key=lambda coming: coming.day)

    def unvisited(self, year: int) -> list[tuple[str, str]]:
        """(uid, name) of living people without a visit in the year."""
        visited = (
            select(VisitedCadre.cadre_uid)
            .join(Visit, Visit.uid == VisitedCadre.visit_uid)
            .where(Visit.date.startswith(str(year)))
        )
        query = select(Cadre.uid, Cadre.name).where(_living(), Cadre.uid.not_in(visited))
        with self._database.reading() as session:
            found = session.execute(query.order_by(Cadre.search_key)).all()
        return [(uid, name or "") for uid, name in found]

    def gaps(self) -> list[Gaps]:
        """Living people's files that are not complete, the emptiest first."""
        found = []
        for file, state in with_gaps(self._cadres.read_all()):
            labels = tuple(gap.label for gap in state.gaps)
            found.append(Gaps(file.uid or "", file.values["name"] or "", state.percent, labels))
        return sorted(found, key=lambda gaps: gaps.percent)

    def unsigned(self) -> list[tuple[str, str]]:
        """(batch uid, cadre uid) of payments that nobody has signed for."""
        query = (
            select(Payment.batch_uid, Payment.cadre_uid)
            .join(PaymentBatch, PaymentBatch.uid == Payment.batch_uid)
            .where(Payment.signer.is_(None), in_force())
        )
        with self._database.reading() as session:
            return [(batch, cadre) for batch, cadre in session.execute(query)]

    def living(self) -> int:
        """How many people are looked after."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(Cadre).where(_living())) or 0

    def names(self, uids: Iterable[str]) -> list[tuple[str, str]]:
        """(uid, name), each person once, in the order asked for."""
        with self._database.reading() as session:
            known = {uid: name or "" for uid, name in session.execute(select(Cadre.uid, Cadre.name))}
        return [(uid, known[uid]) for uid in dict.fromkeys(uids) if uid in known]

    def last_delivery(self) -> LastDelivery | None:
        with self._database.reading() as session:
            found = session.scalar(select(Delivery).order_by(Delivery.seq.desc()))
            if found is None:
                return None
            return LastDelivery(found.name, found.written_at, found.people, found.check_code)

    def counts(self) -> dict[str, int]:
        """How much there is of everything, for empty states and the first steps."""
        with self._database.reading() as session:
            return {name: _count(session, model) for name, model in _COUNTED.items()}


_COUNTED: dict[str, type[Base]] = {
    "cadres": Cadre,
    "visits": Visit,
    "payments": Payment,
    "deliveries": Delivery,
    "intakes": Intake,
}


def _count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _living() -> ColumnElement[bool]:
    return Cadre.alive.is_not(False) & Cadre.died_on.is_(None)


def _birth(archive: str | None, number: str | None) -> str | None:
    """The archive's date; its missing day comes from the ID number where the two agree otherwise."""
    inside = identity.birth_date(number) if number else None
    return inside if inside and inside.startswith(archive or "") else archive


def _coming(
    uid: str, name: str, birth: str | None, custom: str | None, today: dt.date
) -> ComingBirthday | None:
    day = next_birthday(birth, custom, today)
    if day is None or (day - today).days > BIRTHDAY_WINDOW:
        return None
    lunar = bool(custom and custom.startswith("农历"))
    age = day.year - dates.first_day(birth).year if birth else None
    return ComingBirthday(uid, name, day, lunar, age)
