"""What is done for people: visits, payment batches and payments (domain.md §5.4, §5.5)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.fields.service_rules import BATCH_RULES, PAYMENT_RULES, VISIT_RULES
from app.models.base import Base, field, record_type


class Visit(Base):
    """One visit, to one person or to several met at the same place."""

    __tablename__ = "visit"

    version: Mapped[int] = mapped_column(Integer, default=1)
    date: Mapped[str | None] = field("走访时间", kinds.PartialDate(), need="always", in_list=True)
    kind: Mapped[str | None] = field("走访类型", kinds.Code("visit_kind"), need="always", in_list=True)
    place: Mapped[str | None] = field("地点", kinds.Text(60), in_list=True, help="家、医院名称或活动室")
    leader: Mapped[str | None] = field("带队领导", kinds.Text(40), in_list=True)
    staff: Mapped[str | None] = field("陪同及工作人员", kinds.Text(80), in_list=True)
    situation: Mapped[str | None] = field("了解的情况", kinds.LongText(1000), in_list=True)
    requests: Mapped[str | None] = field("反映的问题与诉求", kinds.LongText(1000), in_list=True)
    answer: Mapped[str | None] = field("答复或办理结果", kinds.LongText(1000), in_list=True)
    money: Mapped[int | None] = field("慰问金（元）", kinds.Money(), in_list=True)
    goods: Mapped[str | None] = field("慰问品", kinds.Text(120), in_list=True)
    goods_value: Mapped[int | None] = field("折价（元）", kinds.Money())
    remarks: Mapped[str | None] = field("备注", kinds.LongText(500))

    __table_args__ = (Index(None, "date"),)


class VisitedCadre(Base):
    """Who was visited."""

    __tablename__ = "visited_cadre"

    visit_uid: Mapped[str] = mapped_column(ForeignKey("visit.uid", ondelete="CASCADE"), index=True)
    cadre_uid: Mapped[str] = mapped_column(ForeignKey("cadre.uid", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)


class VisitPhoto(Base):
    """A photo taken on a visit; the picture itself is kept by its hash."""

    __tablename__ = "visit_photo"

    visit_uid: Mapped[str] = mapped_column(ForeignKey("visit.uid", ondelete="CASCADE"), index=True)
    picture: Mapped[str] = mapped_column(ForeignKey("picture.sha256"))
    position: Mapped[int] = mapped_column(Integer, default=0)


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


class Payment(Base):
    """What one person gets in a batch."""

    __tablename__ = "payment"

    batch_uid: Mapped[str] = mapped_column(ForeignKey("payment_batch.uid", ondelete="CASCADE"), index=True)
    cadre_uid: Mapped[str] = mapped_column(ForeignKey("cadre.uid", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    standard: Mapped[int | None] = field("发放标准", kinds.Money())
    times: Mapped[int | None] = field("月（次）数", kinds.Number())
    amount: Mapped[int | None] = field("应发金额", kinds.Money(), need="always", in_list=True)
    adjustment: Mapped[int | None] = field("扣减或补发", kinds.SignedMoney(), in_list=True)
    method: Mapped[str | None] = field("发放方式", kinds.Code("payment_method"), in_list=True)
    bank_account: Mapped[str | None] = field("银行卡号", kinds.Text(30), in_list=True)
    bank_name: Mapped[str | None] = field("开户行", kinds.Text(50))
    signer: Mapped[str | None] = field("签领人", kinds.Name(), in_list=True)
    signer_relation: Mapped[str | None] = field("代领人关系及原因", kinds.Text(60))
    signed_on: Mapped[str | None] = field("签领日期", kinds.PartialDate(), in_list=True)
    remarks: Mapped[str | None] = field("备注", kinds.Text(120))


class Picture(Base):
    """The bytes of a photo, once, under their SHA-256."""

    __tablename__ = "picture"

    sha256: Mapped[str] = mapped_column(Text, unique=True)
    content: Mapped[bytes]


VISIT = record_type(Visit, "走访", VISIT_RULES)
BATCH = record_type(PaymentBatch, "发放批次", BATCH_RULES)
PAYMENT = record_type(Payment, "发放", PAYMENT_RULES)
