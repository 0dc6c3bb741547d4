"""R-31, R-53: marriage, widowhood and who lives together, against the family members of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.fields.codes import code_table
from app.fields.rules.across import is_dead, rule
from app.fields.rules.groups import DIVORCED, MARRIED, UNMARRIED, WIDOWED
from app.fields.spec import Problem, Values

_SPOUSES = frozenset({"10", "11", "12"})
_CHILDREN = frozenset({"2", "3"})
"""First digits of GB/T 4761."""
_MORE_SPOUSES = frozenset({"爱人", "老公", "老婆", "丈夫", "妻子", "老伴", "配偶", "夫", "妻"})
_ALONE, _WITHOUT_ANYBODY = "4", "9"
_WITH_SPOUSE = frozenset({"1", "3"})
Row = Mapping[str, Any]


def relation_code(row: Row) -> str:
    """GB/T 4761 as far as the printed word says it; '' for any other word."""
    word = str(row.get("relation") or "").strip()
    return "10" if word in _MORE_SPOUSES else code_table("family_relation").find(word) or ""


def spouses(values: Values) -> list[Row]:
    return [row for row in values.get("family") or () if relation_code(row) in _SPOUSES]


def is_open(values: Values, condition: str) -> bool:
    """Whether the special condition has begun and not ended."""
    rows = values.get("special_conditions") or ()
    return any(row.get("condition") == condition and not row.get("ended_on") for row in rows)


@rule("marital_status", "family", reads=("died_on", "alive"))
def marriage_fits_the_spouse(values: Values) -> Iterator[Problem]:
    """R-31: a family member has no day of death, so 是否在世 stands for it."""
    status, found = values["marital_status"], spouses(values)
    if not found or is_dead(values):
        return
    living = any(row.get("alive") is True for row in found)
    if status in MARRIED and all(row.get("alive") is False for row in found):
        text = "家庭成员里的配偶已不在世，婚姻状况还是“已婚”，请改成“丧偶”，再婚的请补上现在的配偶"
        yield Problem("marital_status", "W", "R-31", text)
    elif status in {UNMARRIED, WIDOWED, DIVORCED} and living:
        label = code_table("marital_status").label(status)
        text = f"婚姻状况是“{label}”，家庭成员里却有在世的配偶，请改正其中一处"
        yield Problem("marital_status", "W", "R-31", text)


@rule("marital_status", "family", reads=("died_on", "alive"))
def the_late_spouse_is_marked(values: Values) -> Iterator[Problem]:
    if values["marital_status"] != WIDOWED or is_dead(values):
        return
    found = spouses(values)
    if found and all(row.get("alive") is None for row in found):
        text = "婚姻状况是“丧偶”，请在家庭成员里把配偶的“是否在世”填成“否”"
        yield Problem("family", "W", "R-31", text, missing=True)


@rule("living_arrangement", "family", reads=("died_on", "alive"))
def who_lives_alone_has_nobody(values: Values) -> Iterator[Problem]:
    """R-53: family members have no address, so it can only ask."""
    arrangement = values["living_arrangement"]
    if is_dead(values):
        return
    living = [relation_code(row) for row in values["family"] if row.get("alive") is True]
    has_spouse = any(code in _SPOUSES for code in living)
    has_child = any(code[:1] in _CHILDREN for code in living)
    if arrangement == _ALONE and has_spouse:
        text = "居住状况是“独居”，家庭成员里配偶在世，请核对；确实分开住的，核实后可以不再提示"
        yield Problem("living_arrangement", "W", "R-53", text)
    elif arrangement == _WITHOUT_ANYBODY and (has_spouse or has_child):
        text = "居住状况是“孤寡”，家庭成员里却有在世的配偶或子女，请核对"
        yield Problem("living_arrangement", "W", "R-53", text)


@rule("living_arrangement", "marital_status", reads=("died_on", "alive"))
def who_lives_with_a_spouse_has_one(values: Values) -> Iterator[Problem]:
    status = values["marital_status"]
    if is_dead(values) or values["living_arrangement"] not in _WITH_SPOUSE:
        return
    if status in {UNMARRIED, WIDOWED, DIVORCED}:
        label = code_table("marital_status").label(status)
        text = f"居住状况写着与配偶同住，婚姻状况却是“{label}”，请改正其中一处"
        yield Problem("living_arrangement", "W", "R-53", text)


@rule("marital_status", "special_conditions", reads=("died_on", "alive"))
def the_widowed_are_widowed(values: Values) -> Iterator[Problem]:
    status = values["marital_status"]
    if is_open(values, "widowed") and status != WIDOWED and not is_dead(values):
        label = code_table("marital_status").label(status)
        text = f"特殊情况里有“丧偶”，婚姻状况却是“{label}”；已再婚的请给“丧偶”填上止期"
        yield Problem("marital_status", "W", "R-53", text)


FAMILY_RULES = (
    marriage_fits_the_spouse,
    the_late_spouse_is_marked,
    who_lives_alone_has_nobody,
    who_lives_with_a_spouse_has_one,
    the_widowed_are_widowed,
)
