"""Where a batch stands between being filled in and being taken back, in words; no Qt here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.fields.amounts import yuan
from app.services.payment_reviews import Review, State
from app.services.payments import BatchFile

WORDS: Mapping[State, str] = {
    "draft": "○ 草稿",
    "reversal_draft": "○ 冲销草稿",
    "reviewed": "✓ 已审定",
    "reversed": "× 已冲销",
    "reversal": "－ 冲销",
}
"""The sign is seen where colours are not; in the order of what is still to be done."""
_PLACES = {word: place for place, word in enumerate(WORDS.values())}
UNKNOWN = "未记"


def place_of(word: str) -> int:
    """For sorting."""
    return _PLACES[word]


def responsible(review: Review) -> str:
    """'填报：林晓芸　审核：周光　2026-11-22 14:03' and what was taken back."""
    said = [f"填报：{review.prepared_by or UNKNOWN}"]
    if review.is_done:
        said += [f"审核：{review.reviewed_by}", _minute(review.reviewed_at)]
    else:
        said.append("还没有审定")
    return "　".join(filter(None, [*said, _taken_back(review)]))


def _taken_back(review: Review) -> str:
    if review.reverses:
        return f"冲销的是“{review.reverses}”"
    if review.reversed_by:
        return "已经冲销" if review.is_undone else "冲销等审核人审定"
    return ""


def _minute(at: str) -> str:
    return f"{dt.datetime.fromisoformat(at):%Y-%m-%d %H:%M}" if at else ""


def summed(file: BatchFile) -> str:
    """'“春节慰问金”，49 人，25,100.00 元'."""
    return f"“{file.values.get('title') or ''}”，{len(file.payments)} 人，{yuan(file.total)} 元"


def afterwards(file: BatchFile) -> str:
    """What stands fast once the batch is reviewed."""
    said = f"填报：{file.review.prepared_by or UNKNOWN}。审定以后名单、金额、银行卡号、发放日期都不能再改，也不能删除；"
    if file.review.reverses:
        return f"{said}“{file.review.reverses}”从此作废，这些人可以重新发放。"
    return f"{said}有错只能冲销。签领情况照样可以记。"
