"""Why a step of the review may not be taken now. Sentences without a full stop, '' where nothing stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fields.actors import Actor
from app.fields.acts import refusal
from app.fields.review_states import Move, word_of
from app.models.office import Office
from app.models.review import Review
from app.services.findings import Finding
from app.services.review_log import ReviewStep, changed_after, to_take_back

APPROVE: Final = "review_approve"
MOST_NAMED = 3
NOT_LOGGED_IN = "审核要由登录的审核人来做，请用口令登录"
OWN_WORK = "是您自己核对的，要由另一位审核人来审"


def said(finding: Finding) -> str:
    message = finding.problem.message
    return message if finding.label in message else f"{finding.label}：{message}"


def forbidden(actor: Actor, step: Move) -> str:
    if told := refusal(actor, step.act):
        return told
    return NOT_LOGGED_IN if step.act == APPROVE and not actor.uid else ""


def why_not(actor: Actor, step: Move, kept: Review | None, errors: Sequence[str], *, alone: bool) -> str:
    state: str = kept.state if kept else "new"
    if state not in step.sources:
        return f"现在是“{word_of(state)}”，{_first(step)}才能{step.verb}"
    if step.act != APPROVE:
        return ""
    if kept and kept.checked_by == actor.uid and not alone:
        return OWN_WORK
    if errors:
        more = f"等 {len(errors)} 处错误" if len(errors) > MOST_NAMED else ""
        return f"{'；'.join(errors[:MOST_NAMED])}{more}，改好以后再审核"
    return ""


def _first(step: Move) -> str:
    return "或".join(f"“{word_of(each)}”" for each in step.sources)


def works_alone(session: Session) -> bool:
    """Whether the office has written down why one person is both."""
    return bool((session.scalar(select(func.max(Office.one_person_reason))) or "").strip())


def why_not_back(session: Session, actor: Actor, uid: str, steps: Sequence[ReviewStep]) -> str:
    last = to_take_back(steps)
    if last is None:
        if steps and steps[-1].by_itself:
            return f"“{word_of(steps[-1].after)}”是自动记的，没有可以收回的一步"
        return "还没有核对过，没有可以收回的一步"
    if told := refusal(actor, last.code):
        return told
    if changed_after(session, uid, last.act):
        return "这一步以后档案又改过，不能收回，请重新核对"
    return ""
