"""R-60 … R-66: payments against the people who got them, and against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.fields import dates
from app.fields.codes import code_table
from app.fields.free_periods import months_of, overlap
from app.fields.rules.groups import VETERAN_KINDS
from app.fields.spec import Problem
from app.models.payments import BATCH, PAYMENT
from app.services.cadres import CadreFile
from app.services.findings import Finding
from app.services.paid_lines import PaidLine

People = Mapping[str, CadreFile]

LINES = "payments"
"""What a batch consists of; a sentence about it is judged by the lines, not by one field."""
NURSING, HIRED_HELP, SPECIAL = "nursing", "hired_help", "special"
FOR_FAMILIES = frozenset({"survivor", "funeral", "pension", "hardship", "medical", "other"})
"""May be paid after a death: to the family, or for bills from before."""
ONCE = frozenset({"condolence", "hospital", "goods"})
"""Handed over on a day; the others are due month by month."""
FOR_VETERANS = frozenset({"living", HIRED_HELP, "transport", SPECIAL, NURSING})
_HELPLESS = "3"


def money_findings(lines: Sequence[PaidLine], people: People) -> Iterator[Finding]:
    known = [line for line in lines if line.person in people]
    for line in known:
        for problem in _of_line(line, people[line.person]):
            yield _finding(line, people, problem)
    yield from _paid_twice(known, people)
    yield from _nursed_twice(known, people)
    yield from _shared_out_evenly(known)


def _finding(line: PaidLine, people: People, problem: Problem) -> Finding:
    record = PAYMENT if PAYMENT.has(problem.field) else BATCH
    label = record.field(problem.field).label
    return Finding(line.person, people[line.person].values.get("name") or "", problem, label, line.about)


def _of_line(line: PaidLine, file: CadreFile) -> Iterator[Problem]:
    yield from _to_the_dead(line, file)
    yield from _to_others_than_veterans(line, file)
    payee = file.values.get("name")
    for problem in PAYMENT.across({**line.values, "payee": payee}):
        yield replace(problem, message=f"“{line.title}”：{problem.message}")


def _to_the_dead(line: PaidLine, file: CadreFile) -> Iterator[Problem]:
    """R-60: monthly money stops the month after the death; what is handed over needs a living hand."""
    died = file.values.get("died_on")
    due = _due(line)
    if not died or not due or line.fund in FOR_FAMILIES or not dates.surely_before(died, due):
        return
    text = (
        f"{dates.show(died)} 已去世，“{line.title}”还发了这一笔，请核对；"
        "发错的请冲销追回，发给家属的请改用遗属或丧葬的项目"
    )
    yield Problem("fund", "E", "R-60", text, ("fund", "period", "paid_on"))


def _due(line: PaidLine) -> str | None:
    """The day or month from which the payee must have been alive."""
    months = months_of(line.period)
    if line.fund in ONCE and line.paid_on:
        return line.paid_on
    return months[0] if months else line.paid_on


def _to_others_than_veterans(line: PaidLine, file: CadreFile) -> Iterator[Problem]:
    """R-60: offices have funds of their own rules, so here it only asks."""
    kind = file.values.get("retirement_kind")
    if line.fund not in FOR_VETERANS or not kind or kind in VETERAN_KINDS:
        return
    if line.fund == NURSING and file.values.get("self_care") == _HELPLESS:
        return
    fund, label = code_table("fund").label(line.fund), code_table("retirement_kind").label(kind)
    also = "和不能自理的人" if line.fund == NURSING else ""
    text = f"“{line.title}”是{fund}，一般只发给离休干部{also}，这一位是“{label}”，请核对依据"
    yield Problem("fund", "W", "R-60", text, ("fund", "retirement_kind"))


def _paid_twice(lines: Sequence[PaidLine], people: People) -> Iterator[Finding]:
    """R-61: a line with a remark is back-pay with its reason."""
    first: dict[tuple[str, str, str], PaidLine] = {}
    for line in lines:
        if line.values.get("remarks") or not line.period:
            continue
        before = first.setdefault((line.person, line.fund, line.period), line)
        if before is not line:
            text = (
                f"“{line.period}”的{code_table('fund').label(line.fund)}已在“{before.title}”里领过，"
                f"“{line.title}”又发了一次，请冲销一笔；是补发的，在备注里写明原因"
            )
            yield _finding(line, people, Problem("period", "E", "R-61", text, ("fund", "period")))


def _nursed_twice(lines: Sequence[PaidLine], people: People) -> Iterator[Finding]:
    """R-63: who is paid for a helper of his own gets no 护理费 for the same time."""
    helped: dict[str, list[PaidLine]] = defaultdict(list)
    for line in lines:
        if line.fund == HIRED_HELP:
            helped[line.person].append(line)
    for line in lines:
        if line.fund != NURSING:
            continue
        for other in helped.get(line.person, ()):
            if overlap(line.period, other.period):
                text = (
                    f"“{line.title}”发了护理费，“{other.title}”又发了自雇费，两项一般不能同时享受，请核对依据"
                )
                yield _finding(line, people, Problem("fund", "W", "R-63", text, ("fund", "period")))
                break


def _shared_out_evenly(lines: Sequence[PaidLine]) -> Iterator[Finding]:
    batches: dict[str, list[PaidLine]] = defaultdict(list)
    for line in lines:
        if line.fund == SPECIAL:
            batches[line.batch].append(line)
    for found in batches.values():
        if len(found) > 1 and len({line.values.get("amount") for line in found}) == 1:
            text = f"特需经费发给 {len(found)} 人，每人一样多；这笔钱用于特殊需要，不能平均发放，请核对用途"
            problem = Problem("fund", "W", "R-64", text, ("fund", LINES))
            yield Finding("", found[0].title, problem, BATCH.field("fund").label, found[0].about)
