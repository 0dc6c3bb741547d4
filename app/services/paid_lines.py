"""Every payment that counts, with the batch it stands in: read once for all rules about money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.payments import PAYMENT, Payment, PaymentBatch
from app.services.payment_reviews import in_force

_NAMES = tuple(field.name for field in PAYMENT.fields)


@dataclass(frozen=True, slots=True)
class PaidLine:
    batch: str
    title: str
    fund: str
    period: str
    paid_on: str | None
    person: str
    values: Mapping[str, Any]

    @property
    def about(self) -> str:
        return f"batch:{self.batch}"


def read_paid(session: Session) -> list[PaidLine]:
    """In the order in which the batches were paid; those taken back, and what takes back, are left out."""
    columns = [getattr(Payment, name) for name in _NAMES]
    query = (
        select(
            PaymentBatch.uid,
            PaymentBatch.title,
            PaymentBatch.fund,
            PaymentBatch.period,
            PaymentBatch.paid_on,
            Payment.cadre_uid,
            *columns,
        )
        .join(Payment, Payment.batch_uid == PaymentBatch.uid)
        .where(in_force())
        .order_by(PaymentBatch.paid_on, PaymentBatch.uid, Payment.position)
    )
    return [
        PaidLine(
            batch, title or "", fund or "", period or "", paid_on, person, dict(zip(_NAMES, row, strict=True))
        )
        for batch, title, fund, period, paid_on, person, *row in session.execute(query)
    ]
