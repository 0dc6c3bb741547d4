"""Payments, handed out in batches (domain.md §5.4)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.fields.service_rules import PAYMENT_RULES
from app.models.base import Base, field, record_type
from app.models.cadre import Cadre


class PaymentBatch(Base):
    """One hand-out: what fund, for which period, on what ground."""

    __tablename__ = "payment_batch"

    version: Mapped[int] = mapped_column(Integer, default=1)
    fund: Mapped[str | None] = field("补助项目", kinds.Code("fund"), need="always", in_list=True)
    title: Mapped[str | None] = field("名称", kinds.Text(60), need="always", in_list=True)
    period: Mapped[str | None] = field("发放期间", kinds.Text(30), need="always", in_list=True)
    source: Mapped[str | None] = field("资金来源（科目）", kinds.Text(60))
    document: Mapped[str | None] = field("依据文号", kinds.Text(60))
    paid_on: Mapped[str | None] = field("发放日期", kinds.PartialDate(), in_list=True)
    remarks: Mapped[str | None] = field("备注", kinds.LongText(500))
    prepared_by: Mapped[str | None] = mapped_column(Text)
    """The uid of who filled it in; whoever reviews it is somebody else (`guards.py`)."""
    reviewed_by: Mapped[str | None] = mapped_column(Text)
    """From here on amounts and people stand fast; only what is signed may still be written."""
    reviewed_at: Mapped[str | None] = mapped_column(Text)
    reverses: Mapped[str | None] = mapped_column(Text, unique=True)
    """The reviewed batch that this one takes back (冲销)."""


class Payment(Base):
    """What one person gets in a batch."""

    __tablename__ = "payment"

    batch_uid: Mapped[str] = mapped_column(ForeignKey(PaymentBatch.uid, ondelete="CASCADE"), index=True)
    cadre_uid: Mapped[str] = mapped_column(ForeignKey(Cadre.uid, ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    standard: Mapped[int | None] = field("发放标准", kinds.Money())
    times: Mapped[int | None] = field("月（次）数", kinds.Number())
    amount: Mapped[int | None] = field("应发金额", kinds.Money(), need="always", in_list=True)
    adjustment: Mapped[int | None] = field("扣减或补发", kinds.SignedMoney(), in_list=True)
    method: Mapped[str | None] = field("发放方式", kinds.Code("payment_method"), in_list=True)
    bank_account: Mapped[str | None] = field("银行卡号", kinds.BankCard(), in_list=True)
    bank_name: Mapped[str | None] = field("开户行", kinds.Text(50))
    signer: Mapped[str | None] = field("签领人", kinds.Name(), in_list=True)
    signer_relation: Mapped[str | None] = field("代领人关系及原因", kinds.Text(60))
    signed_on: Mapped[str | None] = field("签领日期", kinds.PartialDate(), in_list=True)
    remarks: Mapped[str | None] = field("备注", kinds.Text(120))


BATCH = record_type(PaymentBatch, "发放批次")
PAYMENT = record_type(Payment, "发放", PAYMENT_RULES)
