"""Payments: a batch, and what each person gets in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import InvalidError, UserError
from app.fields.spec import Problem, RecordType
from app.models.base import new_uid, values_of
from app.models.cadre import Cadre
from app.models.database import Database, actor_of
from app.models.payments import BATCH, PAYMENT, Payment, PaymentBatch
from app.services.changes import Change
from app.services.kept_rows import keep_rows
from app.services.payment_reviews import (
    AFTERWARDS,
    FIXED,
    Deed,
    Review,
    in_force,
    is_fixed,
    reviews_of,
    same_money,
    why_not,
)

LONGEST_TITLE, LONGEST_REMARK = 60, 120
_NAMED = 5
"""So many names stand in a refusal; the others are counted."""
_BELOW_ZERO = "R-65"
"""What is taken back is below zero, and must be."""


@dataclass
class BatchFile:
    """A batch with its payments; each payment is its values plus 'cadre_uid'."""

    uid: str | None = None
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    payments: list[dict[str, Any]] = field(default_factory=list)
    review: Review = field(default_factory=Review)

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
    review: Review = field(default_factory=Review)


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
            reviews = reviews_of(session)
            return [
                BatchLine(batch.uid, values_of(batch, BATCH), people, total, signed, reviews[batch.uid])
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
            return BatchFile(uid, batch.version, values_of(batch, BATCH), payments, reviews_of(session)[uid])

    def read_all(self, uids: Iterable[str] | None = None) -> list[BatchFile]:
        """Whole batches, the newest first; all of them, or the named ones."""
        wanted = None if uids is None else set(uids)
        newest_first = select(PaymentBatch).order_by(PaymentBatch.paid_on.desc(), PaymentBatch.title)
        with self._database.reading() as session:
            rows: dict[str, list[dict[str, Any]]] = {}
            reviews = reviews_of(session)
            for payment in session.scalars(select(Payment).order_by(Payment.batch_uid, Payment.position)):
                rows.setdefault(payment.batch_uid, []).append(payment_row(payment))
            return [
                BatchFile(
                    batch.uid,
                    batch.version,
                    values_of(batch, BATCH),
                    rows.get(batch.uid, []),
                    reviews[batch.uid],
                )
                for batch in session.scalars(newest_first)
                if wanted is None or batch.uid in wanted
            ]

    def problems(self, file: BatchFile) -> list[Problem]:
        """The batch first, then each payment with its line number."""
        found = self.record.problems(file.values)
        for number, row in enumerate(file.payments, 1):
            for problem in self.payment.problems(row):
                if problem.code == _BELOW_ZERO and file.review.reverses:
                    continue
                text = f"第 {number} 行：{problem.message}"
                found.append(Problem(problem.field, problem.severity, problem.code, text))
        return found

    def why_not(self, deed: Deed, file: BatchFile) -> str:
        """Why whoever is logged in may not do this with the batch now; '' when he may."""
        return why_not(self._database.actor, deed, file.review)

    def save(self, file: BatchFile) -> Change:
        """Raises InvalidError for what may not be kept: no title, no amount, nobody to pay, somebody twice."""
        refusals = [p for p in self.problems(file) if p.severity == "E" or p.code == "R-00"]
        if refusals := refusals + _twice(file):
            raise InvalidError(refusals)
        with self._database.transaction("save_batch", file.values.get("title") or "") as session:
            if file.review.state == "draft" and (refusals := _paid_before(session, file)):
                raise InvalidError(refusals)
            return Change("payment", frozenset({store_batch(session, file)}))

    def review(self, uid: str, seen: int = 0) -> Change:
        """The reviewer stands for the batch, in the version that he has seen.

        Raises UserError: not whole, changed since, reviewed before, or one's own work.
        """
        file = self.read(uid)
        if told := self.why_not("review_batch", file):
            raise UserError(told)
        wrong = [problem for problem in self.problems(file) if problem.severity == "E"] + _twice(file)
        with self._database.transaction("review_batch", file.values.get("title") or "") as session:
            if wrong := wrong + _paid_before(session, file):
                raise UserError(f"还有问题，不能审定：{'；'.join(problem.message for problem in wrong)}。")
            batch = session.get_one(PaymentBatch, uid)
            if batch.version != (seen or file.version):
                raise UserError("这个批次刚在别处改过，请看过以后再审定。")
            batch.reviewed_by = self._database.actor.uid
            batch.reviewed_at = clock.now().isoformat()
            batch.version += 1  # whoever still has the draft open does not save over it
        return Change("payment", frozenset({uid}))

    def reverse(self, uid: str, reason: str) -> Change:
        """红字冲销: a new batch that takes back every payment of a reviewed one, which stays as it is.

        Raises UserError without a reason, for a batch that is not reviewed, or was taken back before.
        """
        file = self.read(uid)
        if told := self.why_not("reverse_batch", file):
            raise UserError(told)
        if not reason.strip():
            raise UserError("请写明为什么冲销。")
        title = f"冲销：{file.values.get('title') or ''}"[:LONGEST_TITLE]
        day = clock.today().isoformat()
        values = {**file.values, "title": title, "paid_on": day, "remarks": reason.strip()}
        rows = [_taken_back(row, reason.strip()) for row in file.payments]
        with self._database.transaction("reverse_batch", title) as session:
            made = store_batch(session, BatchFile(values=values, payments=rows))
            session.get_one(PaymentBatch, made).reverses = uid
        return Change("payment", frozenset({uid, made}))

    def remove(self, uids: Sequence[str]) -> Change:
        with self._database.transaction("remove_batch", f"{len(uids)} 批") as session:
            session.execute(delete(PaymentBatch).where(PaymentBatch.uid.in_(uids)))
        return Change("payment", frozenset(uids))


def _taken_back(row: Mapping[str, Any], reason: str) -> dict[str, Any]:
    kept = {name: row.get(name) for name in ("cadre_uid", "method", "bank_account", "bank_name")}
    return {**kept, "amount": 0, "adjustment": -paid(row), "remarks": f"冲销：{reason}"[:LONGEST_REMARK]}


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


_WAYS_OUT = "请不选这些人，或把发放期间写得更细；若是补发，请在备注里写明原因"


def _paid_before(session: Session, file: BatchFile) -> list[Problem]:
    """R-61 across batches; a line with a remark is back-pay with its reason."""
    people = [row["cadre_uid"] for row in file.payments if not row.get("remarks")]
    pending = select(PaymentBatch.reverses).where(PaymentBatch.reverses.is_not(None))
    query = (
        select(Cadre.name, PaymentBatch.title, PaymentBatch.uid.in_(pending))
        .join_from(Payment, PaymentBatch, PaymentBatch.uid == Payment.batch_uid)
        .join(Cadre, Cadre.uid == Payment.cadre_uid)
        .where(PaymentBatch.fund == file.values["fund"], PaymentBatch.period == file.values["period"])
        .where(PaymentBatch.uid != (file.uid or ""), Payment.cadre_uid.in_(people), in_force())
        .order_by(Cadre.search_key)
    )
    before = session.execute(query).all()
    if not before:
        return []
    names = "、".join(name or "" for name, *_ in before[:_NAMED])
    more = f" 等 {len(before)} 人" if len(before) > _NAMED else ""
    _, title, is_pending = before[0]
    way_out = "那一批正在冲销，冲销审定以后才能重发" if is_pending else _WAYS_OUT
    text = f"{names}{more}已在“{title}”里领过“{file.values['period']}”的同一项目。{way_out}"
    return [Problem("cadre_uid", "E", "R-61", text)]


def store_batch(session: Session, file: BatchFile) -> str:
    """Writes the batch within a transaction that the caller owns; returns its uid.

    Whoever changes more than signatures is the one who filled it in. Raises UserError where that stands fast.
    """
    batch = session.get(PaymentBatch, file.uid) if file.uid else None
    if batch is None:
        batch = PaymentBatch(uid=file.uid or new_uid(), version=0)
        session.add(batch)
    elif file.version and batch.version != file.version:
        raise UserError("这个批次刚在别处改过，请刷新后再改。")
    if _is_filled_in(session, batch, file):
        if is_fixed(batch):
            raise UserError(f"“{batch.title}”{FIXED}。")
        batch.prepared_by = actor_of(session).uid or None
    for name, value in file.values.items():
        setattr(batch, name, value)
    batch.version = (batch.version or 0) + 1
    session.flush()
    names = ["uid", "cadre_uid", *(field_.name for field_ in PAYMENT.fields)]
    rows = [{name: row.get(name) for name in names} for row in file.payments]
    keep_rows(session, Payment, {"batch_uid": batch.uid}, rows)
    return batch.uid


def _is_filled_in(session: Session, batch: PaymentBatch, file: BatchFile) -> bool:
    """Whether anything changes that a review would stand for."""
    query = select(Payment).where(Payment.batch_uid == batch.uid).order_by(Payment.position)
    if any(getattr(batch, name) != value for name, value in file.values.items() if name not in AFTERWARDS):
        return True
    return not same_money(map(payment_row, session.scalars(query)), file.payments)
