"""What waits for the one who is logged in, from every corner of the program: a line each on 今天."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app import clock
from app.fields.masking import covered
from app.services.desk import Desk
from app.services.review_rows import QueueLine


@dataclass(frozen=True)
class Waiting:
    """`words` say how many and what; the verb opens `page` at `about`, the figure the names."""

    key: str
    words: str
    verb: str
    page: str
    about: str = ""
    uids: tuple[str, ...] = ()
    """The people behind the figure."""
    late: bool = False
    """Something of it should have been done by now."""


def waiting(desk: Desk) -> list[Waiting]:
    """Only what there is; in the order in which it is best done."""
    return [line for source in SOURCES for line in source(desk)]


def _events(desk: Desk) -> Iterator[Waiting]:
    steps = desk.events.waiting() if desk.may("edit") else []
    if steps:
        first, uids = steps[0], tuple(dict.fromkeys(step.cadre_uid for step in steps))
        late = bool(first.due) and first.due < clock.today().isoformat()
        words = f"事项还有 {len(steps)} 步没办：{first.name}，{first.title}"
        yield Waiting("events", words, "去办", "roster", first.cadre_uid, uids, late)


def _returned(desk: Desk) -> Iterator[Waiting]:
    found = desk.reviews.queue("returned") if desk.may("edit") else []
    if found:
        words = "，".join(
            filter(None, [f"待更正 {len(found)} 份：{found[0].name}", covered(found[0].remark)])
        )
        yield Waiting("returned", words, "去更正", "check", "review returned", _uids(found))


def _to_approve(desk: Desk) -> Iterator[Waiting]:
    found = desk.reviews.queue("checked") if desk.may("review") else []
    if found:
        words = f"待审核 {len(found)} 份档案"
        yield Waiting("checked", words, "去审核", "check", "review checked", _uids(found))


def _import_doubts(desk: Desk) -> Iterator[Waiting]:
    if desk.may("edit") and (rows := desk.import_doubts.count()):
        yield Waiting("import_doubts", f"导入时待定 {rows} 行", "去定", "import", "doubts")


def _batches(desk: Desk) -> Iterator[Waiting]:
    lines = desk.payments.lines() if desk.may("review") else []
    found = [line for line in lines if not line.review.is_done]
    if found:
        words = f"待审定 {len(found)} 批发放：{found[0].values.get('title') or ''}"
        yield Waiting("batches", words, "去审定", "payments", found[0].uid)


def _uids(lines: Sequence[QueueLine]) -> tuple[str, ...]:
    return tuple(line.uid for line in lines)


SOURCES: Sequence[Callable[[Desk], Iterator[Waiting]]] = (
    _returned,
    _to_approve,
    _batches,
    _events,
    _import_doubts,
)
