"""Rows of visit ledgers and payment tables against what is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields.spec import Field, Problem, RecordType
from app.models.base import values_of
from app.models.payments import BATCH, PAYMENT, Payment, PaymentBatch
from app.models.visits import VISIT, Visit, VisitedCadre, VisitPhoto
from app.services.import_preview import Decision, Difference, PreviewRow
from app.services.matching import Known, People, known_people
from app.services.payment_reviews import AFTERWARDS, FIXED, in_force, is_fixed
from app.services.payments import BatchFile, payment_row, store_batch
from app.services.visits import VisitFile, met_after_death, store_visit, the_dead


def find_people(row: PreviewRow, names: Sequence[str], people: People) -> None:
    """Puts the uids of the named people on the row; a double or unknown name is asked about."""
    for name in names:
        found = people.named(name)
        if len(found) == 1:
            row.people.append(found[0].uid)
        elif not found:
            row.problems.append(Problem("names", "E", "R-67", f"花名册里没有“{name}”"))
            row.doubt(f"花名册里没有“{name}”，请先补上这个人，或改正姓名")
        else:
            _ask_which(row, name, found)


def _ask_which(row: PreviewRow, name: str, found: Sequence[Known]) -> None:
    shown = "、".join(known.described for known in found)
    row.problems.append(Problem("names", "E", "R-67", f"有 {len(found)} 个“{name}”"))
    row.doubt(f"有 {len(found)} 个“{name}”：{shown}，请指明是哪一个", tuple(found))


class VisitRows:
    """Visits have no number of their own: the same day, kind and people is the same visit."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._people = known_people(session)
        self._kept: dict[tuple[Any, ...], list[Visit]] = defaultdict(list)
        self._seen: dict[tuple[Any, ...], int] = {}
        self._dead = the_dead(session)

    def load(self, rows: Sequence[PreviewRow]) -> None:
        self._read_kept()
        for row in rows:
            find_people(row, row.values.get("names") or [], self._people)
            self._check_alive(row)
            for problem in row.problems:
                if problem.severity == "E" and problem.field != "names":
                    row.doubt(problem.message)
            if row.pile != "doubtful":
                self._compare(row)

    def _check_alive(self, row: PreviewRow) -> None:
        told = met_after_death(row.values, row.people, self._dead)
        row.problems += [Problem("date", "E", "R-67", sentence) for sentence in told]

    def _read_kept(self) -> None:
        met: dict[str, set[str]] = defaultdict(set)
        for visit_uid, cadre_uid in self._session.execute(
            select(VisitedCadre.visit_uid, VisitedCadre.cadre_uid)
        ):
            met[visit_uid].add(cadre_uid)
        for visit in self._session.scalars(select(Visit).order_by(Visit.uid)):
            self._kept[visit.date, visit.kind, frozenset(met[visit.uid])].append(visit)

    def _compare(self, row: PreviewRow) -> None:
        key = (row.values.get("date"), row.values.get("kind"), frozenset(row.people))
        if key in self._seen:
            first = self._seen[key]
            row.problems.append(
                Problem("date", "W", "R-61", f"与第 {first} 行是同一天、同一人、同一类型，请确认不是重复登记")
            )
        self._seen.setdefault(key, row.row)
        if not self._kept[key]:
            row.pile = "new"
            return
        visit = self._nearest(key, row)
        row.uid = visit.uid
        row.differences = differences(VISIT, row, values_of(visit, VISIT))
        row.pile = "changed" if row.differences else "same"

    def _nearest(self, key: tuple[Any, ...], row: PreviewRow) -> Visit:
        """Of several alike, the one that the row changes least and says most about; each is used once."""
        alike = self._kept[key]
        best = min(alike, key=lambda visit: _distance(row, values_of(visit, VISIT)))
        alike.remove(best)
        return best


def _distance(row: PreviewRow, kept: Mapping[str, Any]) -> tuple[int, int]:
    unsaid = sum(1 for name, value in kept.items() if value is not None and row.values.get(name) is None)
    return len(differences(VISIT, row, kept)), unsaid


def differences(record: RecordType, row: PreviewRow, kept: Mapping[str, Any]) -> list[Difference]:
    """Fields that the row would change; an empty cell never beats a value."""
    return [
        _difference(record.field(name), kept.get(name), value)
        for name, value in row.values.items()
        if record.has(name) and value is not None and value != kept.get(name)
    ]


def _difference(field: Field, old: Any, new: Any) -> Difference:
    return Difference(field.name, field.label, field.kind.format(old), field.kind.format(new))


def apply_visit(session: Session, row: PreviewRow, decision: Decision | None) -> None:
    """Writes one visit within the caller's transaction; a decision names who was meant."""
    people = [*row.people, *(decision.people if decision else ())]
    values = _wanted(VISIT, row, decision)
    if not people or (row.uid is None and decision and _is_kept(session, row, people)):
        return
    store_visit(session, VisitFile(row.uid, 0, values, people, _photos(session, row.uid)))


def _wanted(record: RecordType, row: PreviewRow, decision: Decision | None) -> dict[str, Any]:
    without = decision.without if decision else ()
    return {
        name: value
        for name, value in row.values.items()
        if record.has(name) and value is not None and name not in without
    }


def _is_kept(session: Session, row: PreviewRow, people: Sequence[str]) -> bool:
    """Whether a decided row only says again what the same decision wrote the last time."""
    query = select(Visit).where(Visit.date == row.values.get("date"), Visit.kind == row.values.get("kind"))
    for visit in session.scalars(query):
        met = session.scalars(select(VisitedCadre.cadre_uid).where(VisitedCadre.visit_uid == visit.uid))
        if set(met) == set(people) and not differences(VISIT, row, values_of(visit, VISIT)):
            return True
    return False


def _photos(session: Session, uid: str | None) -> list[str]:
    query = (
        select(VisitPhoto.picture).where(VisitPhoto.visit_uid == (uid or "")).order_by(VisitPhoto.position)
    )
    return list(session.scalars(query))


class PaymentRows:
    """One table is one batch, known by its title; in it a person is paid once."""

    def __init__(self, session: Session, title: str) -> None:
        self._session = session
        self._people = known_people(session)
        batch = batch_named(session, title)
        self._kept = self._read_kept(batch.uid if batch else "")
        self._fixed = f"“{title}”{FIXED}" if batch and is_fixed(batch) else ""
        self._seen: dict[str, int] = {}

    def _read_kept(self, batch_uid: str) -> dict[str, dict[str, Any]]:
        query = select(Payment).where(Payment.batch_uid == batch_uid)
        return {payment.cadre_uid: payment_row(payment) for payment in self._session.scalars(query)}

    def load(self, rows: Sequence[PreviewRow]) -> None:
        for row in rows:
            self._find(row)
            for problem in row.problems:
                if problem.severity == "E":
                    row.doubt(problem.message)
            if row.pile != "doubtful":
                self._compare(row)

    def _find(self, row: PreviewRow) -> None:
        """The number decides; without one, the name must be alone."""
        match = self._people.match(row.values)
        alone = self._people.named(row.values.get("name") or "")
        if match.uid:
            row.people = [match.uid]
        elif len(alone) == 1 and not row.values.get("id_number"):
            row.people = [alone[0].uid]
        elif match.doubt:
            row.doubt(match.doubt, match.candidates)
        else:
            row.doubt(f"花名册里没有“{row.label}”，请先补上这个人，或改正姓名和身份证号")

    def _compare(self, row: PreviewRow) -> None:
        uid = row.people[0]
        if uid in self._seen:
            row.doubt(f"{row.label} 在第 {self._seen[uid]} 行已经有一笔，同一批次不能发两次")
            return
        self._seen[uid] = row.row
        kept = self._kept.get(uid)
        if kept is None:
            row.pile = "new"
        else:
            row.uid = kept["uid"]
            row.differences = differences(PAYMENT, row, kept)
            row.pile = "changed" if row.differences else "same"
        if self._fixed and not _only_signed(row):
            row.doubt(self._fixed)


def _only_signed(row: PreviewRow) -> bool:
    """Whether the row brings nothing that a review stands for."""
    return row.pile != "new" and {each.field for each in row.differences} <= AFTERWARDS


def batch_named(session: Session, title: str) -> PaymentBatch | None:
    """One that was taken back makes room for the right one under the same name."""
    named = select(PaymentBatch).where(PaymentBatch.title == title, in_force())
    return session.scalar(named.order_by(PaymentBatch.paid_on.desc()))


def apply_payments(
    session: Session,
    batch_values: Mapping[str, Any],
    rows: Sequence[PreviewRow],
    decisions: Mapping[int, Decision],
) -> None:
    """Adds to the batch of this title, or makes it, within the caller's transaction.

    Raises UserError when it was reviewed and the rows say more than who signed.
    """
    batch = batch_named(session, batch_values["title"])
    file = BatchFile(values=dict(batch_values))
    if batch is not None:
        query = select(Payment).where(Payment.batch_uid == batch.uid).order_by(Payment.position)
        kept = [payment_row(payment) for payment in session.scalars(query)]
        file = BatchFile(batch.uid, batch.version, values_of(batch, BATCH), kept)
    by_person = {row["cadre_uid"]: row for row in file.payments}
    for row in rows:
        _add_payment(file, by_person, row, decisions.get(id(row)))
    store_batch(session, file)


def _add_payment(
    file: BatchFile, by_person: dict[str, dict[str, Any]], row: PreviewRow, decision: Decision | None
) -> None:
    uid = decision.uid if decision and decision.uid else (row.people[0] if row.people else None)
    if uid is None:
        return
    values = _wanted(PAYMENT, row, decision)
    if uid in by_person:
        by_person[uid].update(values)
        return
    by_person[uid] = {"cadre_uid": uid, **values}
    file.payments.append(by_person[uid])
