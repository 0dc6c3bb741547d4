"""Payments: a batch, and what each person gets in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.errors import InvalidError, UserError
from app.fields.spec import Problem, RecordType
from app.models.base import new_uid, values_of
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.payments import BATCH, PAYMENT, Payment, PaymentBatch
from app.services.changes import Change

_NAMED = 5
"""So many names stand in a refusal; the others are counted."""


@dataclass
class BatchFile:
    """A batch with its payments; each payment is its values plus 'cadre_uid'."""

    uid: str | None = None
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    payments: list[dict[str, Any]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What is really paid, in 分."""
        return sum(map(paid, self.payments))


@dataclass(frozen=True)
class BatchLine:
    """A batch in a list; `total` in 分, `signed` counts who has signed."""

    uid: str
    values: Mapping[str, Any]
    people: int
    total: int
    signed: int


class Payments:
    """The payment ledger."""

    record: RecordType = BATCH
    payment: RecordType = PAYMENT

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self) -> list[BatchLine]:
        """All batches, the newest first."""
        got = func.coalesce(Payment.amount, 0) + func.coalesce(Payment.adjustment, 0)
        query = (
            select(
                PaymentBatch,
                func.count(Payment.uid),
                func.coalesce(func.sum(got), 0),
                func.count(Payment.signer),
            )
            .join(Payment, Payment.batch_uid == PaymentBatch.uid, isouter=True)
            .group_by(PaymentBatch.uid)
            .order_by(PaymentBatch.paid_on.desc(), PaymentBatch.title)
        )
        with self._database.reading() as session:
            return [
                BatchLine(batch.uid, values_of(batch, BATCH), people, total, signed)
                for batch, people, total, signed in session.execute(query)
            ]

    def of_cadre(self, cadre_uid: str) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """(batch values, payment values) of one person, the newest first."""
        query = (
            select(PaymentBatch, Payment)
            .join(Payment, Payment.batch_uid == PaymentBatch.uid)
            .where(Payment.cadre_uid == cadre_uid)
            .order_by(PaymentBatch.paid_on.desc())
        )
        with self._database.reading() as session:
            return [
                (values_of(batch, BATCH), values_of(payment, PAYMENT))
                for batch, payment in session.execute(query)
            ]

    def read(self, uid: str) -> BatchFile:
        """Raises UserError when the batch is gone."""
        with self._database.reading() as session:
            batch = session.get(PaymentBatch, uid)
            if batch is None:
                raise UserError("这个发放批次已经不在了。请刷新列表。")
            query = select(Payment).where(Payment.batch_uid == uid).order_by(Payment.position)
            payments = [payment_row(payment) for payment in session.scalars(query)]
            return BatchFile(uid, batch.version, values_of(batch, BATCH), payments)

    def read_all(self, uids: Iterable[str] | None = None) -> list[BatchFile]:
        """Whole batches, the newest first; all of them, or the named ones."""
        wanted = None if uids is None else set(uids)
        newest_first = select(PaymentBatch).order_by(PaymentBatch.paid_on.desc(), PaymentBatch.title)
        with self._database.reading() as session:
            rows: dict[str, list[dict[str, Any]]] = {}
            for payment in session.scalars(select(Payment).order_by(Payment.batch_uid, Payment.position)):
                rows.setdefault(payment.batch_uid, []).append(payment_row(payment))
            return [
                BatchFile(batch.uid, batch.version, values_of(batch, BATCH), rows.get(batch.uid, []))
                for batch in session.scalars(newest_first)
                if wanted is None or batch.uid in wanted
            ]

    def problems(self, file: BatchFile) -> list[Problem]:
        """The batch first, then each payment with its line number."""
        found = self.record.problems(file.values)
        for number, row in enumerate(file.payments, 1):
            for problem in self.payment.problems(row):
                text = f"第 {number} 行：{problem.message}"
                found.append(Problem(problem.field, problem.severity, problem.code, text))
        return found

    def save(self, file: BatchFile) -> Change:
        """Raises InvalidError for what may not be kept: no title, no amount, nobody to pay, somebody twice."""
        refusals = [p for p in self.problems(file) if p.severity == "E" or p.code == "R-00"]
        if refusals := refusals + _twice(file):
            raise InvalidError(refusals)
        with self._database.transaction() as session:
            if refusals := _paid_before(session, file):
                raise InvalidError(refusals)
            return Change("payment", frozenset({store_batch(session, file)}))

    def remove(self, uids: Sequence[str]) -> Change:
        with self._database.transaction() as session:
            session.execute(delete(PaymentBatch).where(PaymentBatch.uid.in_(uids)))
        return Change("payment", frozenset(uids))


def paid(values: Mapping[str, Any]) -> int:
    """What one person really gets, in 分."""
    return (values.get("amount") or 0) + (values.get("adjustment") or 0)


def payment_row(payment: Payment) -> dict[str, Any]:
    """The values with what they belong to."""
    return {"uid": payment.uid, "cadre_uid": payment.cadre_uid, **values_of(payment, PAYMENT)}


def _twice(file: BatchFile) -> list[Problem]:
    """R-61: one payment per person, fund and period."""
    people = [row["cadre_uid"] for row in file.payments]
    if not people:
        return [Problem("cadre_uid", "E", "R-61", "请至少选择一个人")]
    if len(people) != len(set(people)):
        return [Problem("cadre_uid", "E", "R-61", "同一批次里有人重复，请删去重复的一行")]
    return []


def _paid_before(session: Session, file: BatchFile) -> list[Problem]:
    """R-61 across batches; a line with a remark is back-pay with its reason."""
    people = [row["cadre_uid"] for row in file.payments if not row.get("remarks")]
    query = (
        select(Cadre.name, PaymentBatch.title)
        .join_from(Payment, PaymentBatch, PaymentBatch.uid == Payment.batch_uid)
        .join(Cadre, Cadre.uid == Payment.cadre_uid)
        .where(PaymentBatch.fund == file.values["fund"], PaymentBatch.period == file.values["period"])
        .where(PaymentBatch.uid != (file.uid or ""), Payment.cadre_uid.in_(people))
        .order_by(Cadre.search_key)
    )
    before = session.execute(query).all()
    if not before:
        return []
    names = "、".join(name or "" for name, _ in before[:_NAMED])
    more = f" 等 {len(before)} 人" if len(before) > _NAMED else ""
    text = (
        f"{names}{more}已在“{before[0][1]}”里领过“{file.values['period']}”的同一项目。"
        "请不选这些人，或把发放期间写得更细；若是补发，请在备注里写明原因"
    )
    return [Problem("cadre_uid", "E", "R-61", text)]


def store_batch(session: Session, file: BatchFile) -> str:
    """Writes the batch within a transaction that the caller owns; returns its uid."""
    batch = session.get(PaymentBatch, file.uid) if file.uid else None
    if batch is None:
        batch = PaymentBatch(uid=file.uid or new_uid(), version=0)
        session.add(batch)
    elif file.version and batch.version != file.version:
        raise UserError("这个批次刚在别处改过，请刷新后再改。")
    for name, value in file.values.items():
        setattr(batch, name, value)
    batch.version = (batch.version or 0) + 1
    session.flush()
    session.execute(delete(Payment).where(Payment.batch_uid == batch.uid))
    for position, row in enumerate(file.payments):
        session.add(_payment(batch.uid, position, row))
    return str(batch.uid)


def _payment(batch_uid: str, position: int, row: Mapping[str, Any]) -> Payment:
    values = {field_.name: row.get(field_.name) for field_ in PAYMENT.fields}
    uid = row.get("uid") or new_uid()
    return Payment(uid=uid, batch_uid=batch_uid, cadre_uid=row["cadre_uid"], position=position, **values)
