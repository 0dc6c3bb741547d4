"""R-50: the level of treatment against the level of the post."""

from __future__ import annotations

from collections.abc import Iterator

from app.fields.codes import code_table
from app.fields.rules.across import rule
from app.fields.spec import Problem, Values

_LEVELS = ("111", "112", "121", "122", "131", "132", "141", "142", "150", "160")
"""From the highest; technical posts and 未定级 stand on no ladder with them."""
_APPROVALS = (("treatment_approved_on", "待遇批准时间"), ("treatment_document", "待遇批准文号"))


def level_of(rank: str) -> int | None:
    """The place on the ladder, 0 at the top; None for what cannot be compared."""
    found = _PARENTS.get(rank) or rank
    return _LEVELS.index(found) if found in _LEVELS else None


_PARENTS = {item.code: item.parent for item in code_table("rank").items}


@rule("rank", "treatment")
def treatment_is_not_lower(values: Values) -> Iterator[Problem]:
    own, given = level_of(values["rank"]), level_of(values["treatment"])
    if own is not None and given is not None and given > own:
        text = f"现享受待遇“{_treatment(values)}”低于离退休时的职级“{_rank(values)}”，请照批文核对"
        yield Problem("treatment", "W", "R-50", text)


@rule("rank", "treatment", reads=tuple(name for name, _ in _APPROVALS))
def higher_treatment_was_approved(values: Values) -> Iterator[Problem]:
    own, given = level_of(values["rank"]), level_of(values["treatment"])
    if own is None or given is None or given >= own:
        return
    for name, label in _APPROVALS:
        if not values.get(name):
            text = f"现享受待遇“{_treatment(values)}”高于职级“{_rank(values)}”，请填写“{label}”"
            yield Problem(name, "W", "R-50", text, ("rank", "treatment", name), missing=True)


def _treatment(values: Values) -> str:
    return code_table("treatment").label(values["treatment"])


def _rank(values: Values) -> str:
    return code_table("rank").label(values["rank"])


TREATMENT_RULES = (treatment_is_not_lower, higher_treatment_was_approved)
