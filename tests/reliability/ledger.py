"""Steps of an office's work, and what the data must hold after each: no more, no less.

Every step is one transaction of the program's own: a new person with a family, a batch that pays the newest three,
the count of steps in the office's settings, and now and then the removal of an earlier batch. So whatever a crash
leaves must be, to the last row, what some whole number of steps leaves.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import delete, event, func, select, text
from sqlalchemy.orm import Session

from app.fields.actors import Keys
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.migrate import migrate
from app.models.office import Office
from app.models.parts import FamilyMember
from app.models.payments import Payment, PaymentBatch
from app.services.cadres import CadreFile, store
from app.services.payments import BatchFile, store_batch

KEYS = Keys.from_bytes(bytes(range(80)))
FAMILY = 3
PAID = 3
REMOVED_EVERY, REMOVED_BACK = 5, 3
OFFICE = "office"


class BrokenError(Exception):
    """The data is not what any number of whole steps leaves."""


def make(path: Path, keys: Keys | None = KEYS) -> None:
    """An empty ledger, folded into one file."""
    with closing(Database(path, keys)) as database:
        migrate(database, path.with_name("before.sqlite"))
        with database.transaction("save_office") as session:
            session.add(Office(uid=OFFICE, officer="0"))


def opened(path: Path, keys: Keys | None = KEYS, **settings: object) -> Database:
    """As the program opens it, but for settings that a test wants otherwise."""
    database = Database(path, keys)

    @event.listens_for(database.engine, "connect")
    def _set(connection, _record) -> None:
        for name, value in settings.items():
            connection.execute(f"PRAGMA {name} = {value}").close()

    return database


def step(database: Database) -> int:
    """Does the next one; returns its number."""
    with database.transaction("import") as session:
        office = session.get_one(Office, OFFICE)
        number = int(office.officer or 0) + 1
        office.officer = str(number)
        store(session, _person(number))
        store_batch(session, _batch(session, number))
        if number % REMOVED_EVERY == 0:
            session.execute(delete(PaymentBatch).where(PaymentBatch.uid == f"batch-{number - REMOVED_BACK}"))
    return number


def steps_in(database: Database) -> int:
    """How many whole steps the data holds. Raises BrokenError when it is anything else."""
    with database.reading() as session:
        number = int(session.scalar(select(Office.officer)) or 0)
        held = (_people(session), _batches(session))
    if held != _expected(number):
        raise BrokenError(f"not what {number} steps leave")
    return number


def judged(path: Path, keys: Keys = KEYS) -> int:
    """Opens the file as the program would, and has everything checked that the program can check."""
    with closing(Database(path, keys)) as database:
        if problems := database.integrity():
            raise BrokenError("; ".join(problems))
        if problems := database.verify_log().problems:
            raise BrokenError("; ".join(problems))
        with database.reading() as session:
            acts = session.scalar(text("SELECT count(*) FROM audit_act WHERE act = 'import'"))
        number = steps_in(database)
    if acts != number:
        raise BrokenError(f"{number} steps, {acts} in the log")
    return number


def _person(number: int) -> CadreFile:
    family = [{"relation": "子女", "name": f"子女{number}之{child}"} for child in range(FAMILY)]
    values = {
        "name": f"老人{number}",
        "home_address": f"卫城镇东门村{number}号",
        "remarks": "退休。" * (number % 40),
    }
    return CadreFile(values=values, parts={"family": family})


def _batch(session: Session, number: int) -> BatchFile:
    named = [f"老人{each}" for each in range(max(1, number - PAID + 1), number + 1)]
    people = session.scalars(select(Cadre.uid).where(Cadre.name.in_(named)))
    values = {"title": f"第{number}批", "fund": "spring", "period": f"第{number}期", "paid_on": "2026-02-01"}
    payments = [{"cadre_uid": uid, "amount": number} for uid in people]
    return BatchFile(f"batch-{number}", 0, values, payments)


def _people(session: Session) -> dict[str, int]:
    query = select(Cadre.name, func.count(FamilyMember.uid)).outerjoin(FamilyMember).group_by(Cadre.uid)
    return {str(name): count for name, count in session.execute(query)}


def _batches(session: Session) -> dict[str, int]:
    query = select(PaymentBatch.uid, func.sum(Payment.amount)).outerjoin(Payment).group_by(PaymentBatch.uid)
    return {uid: int(total or 0) for uid, total in session.execute(query)}


def _expected(number: int) -> tuple[dict[str, int], dict[str, int]]:
    people = {f"老人{each}": FAMILY for each in range(1, number + 1)}
    removed = {each - REMOVED_BACK for each in range(REMOVED_EVERY, number + 1, REMOVED_EVERY)}
    batches = {
        f"batch-{each}": each * min(each, PAID) for each in range(1, number + 1) if each not in removed
    }
    return people, batches
