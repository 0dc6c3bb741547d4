"""谁填报谁负责、谁审核谁负责: who filled a batch in, who stands for it, and what may still be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from app.fields.actors import Actor
from app.fields.acts import refusal
from app.models.payments import PAYMENT, PaymentBatch
from app.models.user import User

State = Literal["draft", "reviewed", "reversed", "reversal_draft", "reversal"]
Deed = Literal["save_batch", "remove_batch", "review_batch", "reverse_batch"]

AFTERWARDS = frozenset({"signer", "signer_relation", "signed_on", "remarks"})
"""Of a payment, what may be written when everything else stands fast (`guards.py`)."""
FIXED = "已经审定，金额和名单不能再改；有错请在“发放”里冲销"


@dataclass(frozen=True)
class Review:
    """Who filled a batch in and who stands for it; from the review on its amounts and people stand fast."""

    prepared_by: str = ""
    reviewed_by: str = ""
    reviewed_at: str = ""
    reverses: str = ""
    """The title of the batch that this one takes back."""
    reversed_by: str = ""
    """The title of the batch that takes this one back."""
    is_undone: bool = False
    """The batch that takes this one back was reviewed, too: the money counts as never paid."""

    @property
    def is_done(self) -> bool:
        return bool(self.reviewed_by)

    @property
    def counts(self) -> bool:
        """Neither taken back for good nor taking another one back."""
        return not (self.reverses or self.is_undone)

    @property
    def state(self) -> State:
        if self.reverses:
            return "reversal" if self.is_done else "reversal_draft"
        if self.is_undone:
            return "reversed"
        return "reviewed" if self.is_done else "draft"


NOT_REVIEWED = Review()
_STANDS = "这一批已经审定，不能再改，也不能删除；有错请用冲销。签领情况照样可以记。"
_TAKEN_BACK = "这一批已经冲销，留作凭据，不能再改，也不能删除。"
_REVIEWED = "这一批已经审定过了。"
_NOT_YET = "这一批还没有审定，直接改就可以，不用冲销。"
_COUNTER = "这是冲销批次，不能再冲销。要重新发，请新建发放。"
_WHY_NOT: Mapping[tuple[Deed, State], str] = {
    ("save_batch", "reviewed"): _STANDS,
    ("save_batch", "reversed"): _TAKEN_BACK,
    ("save_batch", "reversal_draft"): "冲销批次照原来那一批做出，不能改；不要了可以删除。",
    ("save_batch", "reversal"): "这是审定了的冲销批次，不能再改，也不能删除。",
    ("remove_batch", "reviewed"): _STANDS,
    ("remove_batch", "reversed"): _TAKEN_BACK,
    ("remove_batch", "reversal"): "这是审定了的冲销批次，不能再改，也不能删除。",
    ("review_batch", "reviewed"): _REVIEWED,
    ("review_batch", "reversed"): _REVIEWED,
    ("review_batch", "reversal"): _REVIEWED,
    ("reverse_batch", "draft"): _NOT_YET,
    ("reverse_batch", "reversed"): "这一批已经由“{review.reversed_by}”冲销过了。",
    ("reverse_batch", "reversal_draft"): _COUNTER,
    ("reverse_batch", "reversal"): _COUNTER,
}


def why_not(actor: Actor, deed: Deed, review: Review) -> str:
    """Why this may not be done with the batch now; '' when it may. Whose work it is, the database looks at."""
    if told := refusal(actor, deed):
        return f"{told}。"
    if deed == "review_batch" and not actor.uid:
        return "审定要由登录的审核人来做，请用口令登录。"
    if deed == "reverse_batch" and review.reversed_by and not review.is_undone:
        return f"已经做了“{review.reversed_by}”，等审核人审定。"
    return _WHY_NOT.get((deed, review.state), "").format(review=review)


def reviews_of(session: Session) -> dict[str, Review]:
    """By the uid of the batch."""
    names: dict[str | None, str] = {
        uid: name or "" for uid, name in session.execute(select(User.uid, User.name))
    }
    columns = (PaymentBatch.uid, PaymentBatch.title, PaymentBatch.prepared_by, PaymentBatch.reviewed_by)
    found = session.execute(select(*columns, PaymentBatch.reviewed_at, PaymentBatch.reverses)).all()
    titles = {uid: title or "" for uid, title, *_ in found}
    back = {reverses: (title or "", bool(by)) for _, title, _, by, _, reverses in found if reverses}
    return {
        uid: Review(
            names.get(prepared, ""),
            names.get(reviewed, "") or reviewed or "",
            at or "",
            titles.get(reverses or "", ""),
            *back.get(uid, ("", False)),
        )
        for uid, _, prepared, reviewed, at, reverses in found
    }


def in_force() -> ColumnElement[bool]:
    """`Review.counts`, for a query over batches."""
    other = aliased(PaymentBatch)
    undone = select(other.reverses).where(other.reverses.is_not(None), other.reviewed_by.is_not(None))
    return PaymentBatch.reverses.is_(None) & PaymentBatch.uid.not_in(undone)


def is_fixed(batch: PaymentBatch) -> bool:
    """Only what comes `AFTERWARDS` may still be written."""
    return batch.reviewed_by is not None or batch.reverses is not None


def same_money(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the payments differ at most in what may be written afterwards."""
    return list(map(_fixed_part, before)) == list(map(_fixed_part, after))


def _fixed_part(row: Mapping[str, Any]) -> list[Any]:
    names = ("uid", "cadre_uid", *(field.name for field in PAYMENT.fields if field.name not in AFTERWARDS))
    return [row.get(name) for name in names]
