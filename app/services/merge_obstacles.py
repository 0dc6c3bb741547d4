"""What stands in the way of a merge, and what somebody should know before it: money above all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.draft import Draft
from app.models.payments import Payment, PaymentBatch
from app.services.cadres import CadreFile

FEW_BATCHES = 3
_BOTH_PAID = (
    "两份档案都领过已经审定的款项（{keep}；{other}），审定后的领款人不能改，所以不能合并。"
    "请留着两份，把不再用的一份改为不列入统计，并在备注里写明和谁是同一个人。"
)
_MUST_KEEP = "“{name}”的这份领过已经审定的款项（{batches}），审定后的领款人不能改，所以保留这一份。"


def reviewed_batches(session: Session, uid: str) -> list[str]:
    query = (
        select(PaymentBatch.title)
        .join(Payment, Payment.batch_uid == PaymentBatch.uid)
        .where(Payment.cadre_uid == uid, PaymentBatch.reviewed_by.is_not(None))
        .order_by(PaymentBatch.paid_on, PaymentBatch.uid)
    )
    return list(dict.fromkeys(title or "没有名称的一批" for title in session.scalars(query)))


def _named(titles: Sequence[str]) -> str:
    more = f"等 {len(titles)} 批" if len(titles) > FEW_BATCHES else ""
    return "、".join(titles[:FEW_BATCHES]) + more


def must_keep(keep: CadreFile, paid: Mapping[str, list[str]]) -> str:
    batches = paid[str(keep.uid)]
    return _MUST_KEEP.format(name=keep.values.get("name") or "", batches=_named(batches)) if batches else ""


def refusal(keep: CadreFile, other: CadreFile, paid: Mapping[str, list[str]]) -> str:
    mine, theirs = paid[str(keep.uid)], paid[str(other.uid)]
    return _BOTH_PAID.format(keep=_named(mine), other=_named(theirs)) if mine and theirs else ""


def must_swap(session: Session, other_uid: str) -> str:
    """A batch was reviewed while the two were being compared."""
    paid = reviewed_batches(session, other_uid)
    if not paid:
        return ""
    return f"“{_named(paid)}”刚刚审定，领款人不能再改，没有合并。请重新打开对照。"


def notes(session: Session, keep: CadreFile, other: CadreFile) -> Iterator[str]:
    if twice := _paid_twice(session, str(keep.uid), str(other.uid)):
        yield f"“{_named(twice)}”里两份档案各有一笔，合并后两笔都在，请到发放里核对是不是发重了。"
    drafts = [f"cadre:{file.uid}" for file in (keep, other)]
    if session.scalar(select(func.count()).select_from(Draft).where(Draft.about.in_(drafts))):
        yield "其中一份有没保存的草稿，请先到花名册里处理。"


def _paid_twice(session: Session, keep_uid: str, other_uid: str) -> list[str]:
    own = select(Payment.batch_uid).where(Payment.cadre_uid == keep_uid)
    query = (
        select(PaymentBatch.title)
        .join(Payment, Payment.batch_uid == PaymentBatch.uid)
        .where(Payment.cadre_uid == other_uid, Payment.batch_uid.in_(own))
        .order_by(PaymentBatch.paid_on, PaymentBatch.uid)
        .distinct()
    )
    return [title or "没有名称的一批" for title in session.scalars(query)]
