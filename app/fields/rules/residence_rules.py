"""R-51, R-57: where somebody lives now, and how to reach him."""

from __future__ import annotations

from collections.abc import Iterator

from app.fields.rules.across import is_dead, rule
from app.fields.rules.groups import AT_HOME
from app.fields.spec import Problem, Values


@rule("relocated", reads=("relocation_place",))
def relocation_has_a_place(values: Values) -> Iterator[Problem]:
    if not values.get("relocation_place"):
        text = "易地安置的，要填写安置地"
        yield Problem("relocation_place", "E", "R-51", text, missing=True)


@rule("relocated", reads=("relocation_unit", "remarks"))
def relocation_has_a_unit(values: Values) -> Iterator[Problem]:
    """R-51: whoever receives nobody's help says so in the remarks."""
    if not values.get("relocation_unit") and "安置" not in (values.get("remarks") or ""):
        text = "易地安置的，要填写接收安置单位；没有接收单位的，在备注里写明安置的原因"
        yield Problem("relocation_unit", "E", "R-51", text, missing=True)


@rule("relocated", "residence_class")
def relocated_is_away(values: Values) -> Iterator[Problem]:
    if values["residence_class"] == AT_HOME:
        text = "易地安置填“是”，居住地类别却是“本县（市）”，请改正其中一处"
        yield Problem("residence_class", "E", "R-51", text)


@rule(reads=("mobile", "landline", "contacts", "died_on", "alive"))
def someone_can_be_reached(values: Values) -> Iterator[Problem]:
    """R-57: over-90s often have no mobile, so any number or contact person will do."""
    reached = any(values.get(name) for name in ("mobile", "landline", "contacts"))
    if "contacts" in values and not reached and not is_dead(values):
        text = "没有手机、固定电话，也没有联系人，请至少填一个"
        yield Problem("mobile", "E", "R-57", text, missing=True)


RESIDENCE_RULES = (relocation_has_a_place, relocation_has_a_unit, relocated_is_away, someone_can_be_reached)
