"""R-43, R-44: branches as the files name them, by those who live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.fields.rules.across import is_dead
from app.fields.rules.groups import COMMITTEE_POSTS, FULL_MEMBER, SECRETARY
from app.fields.spec import Problem
from app.services.cadres import CadreFile
from app.services.findings import Finding

FEWEST, MOST_WITHOUT_COMMITTEE = 3, 7
_LABEL = "所在党支部"


def branch_findings(files: Sequence[CadreFile]) -> Iterator[Finding]:
    branches: dict[str, list[CadreFile]] = defaultdict(list)
    for file in files:
        if (branch := file.values.get("party_branch")) and not is_dead(file.values):
            branches[branch].append(file)
    for name, people in branches.items():
        for problem in (*_secretaries(people), *_size(people)):
            yield Finding("", name, problem, _LABEL, f"branch:{name}")


def _secretaries(people: Sequence[CadreFile]) -> Iterator[Problem]:
    """R-43: a serving cadre may be secretary, so none among the retired is no fault."""
    found = [file.values.get("name") or "" for file in people if file.values.get("party_post") == SECRETARY]
    if len(found) > 1:
        text = f"有 {len(found)} 位书记：{'、'.join(found)}，一个支部只有一位，请改正党内职务"
        yield Problem("party_post", "W", "R-43", text)


def _size(people: Sequence[CadreFile]) -> Iterator[Problem]:
    members = sum(file.values.get("political_status") == FULL_MEMBER for file in people)
    if members < FEWEST:
        text = f"在册的正式党员只有 {members} 人，不足 {FEWEST} 人，请核对支部名称是否写得一致，或报告党委"
        yield Problem("party_branch", "W", "R-44", text)
    elif members > MOST_WITHOUT_COMMITTEE and not any(
        file.values.get("party_post") in COMMITTEE_POSTS for file in people
    ):
        text = (
            f"有 {members} 名正式党员，超过 {MOST_WITHOUT_COMMITTEE} 人应设支部委员会，档案里没有一位支部委员"
        )
        yield Problem("party_post", "W", "R-44", f"{text}，请登记党内职务")
