"""R-05, R-06, R-10: the identity number against what else the file says.

What is wrong with a number by itself stands in `app/fields/kinds.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.fields import dates, identity
from app.fields.rules.across import rule
from app.fields.spec import Problem, Values

_WHY_NONE = re.compile("身份证|证件|户口|户籍|国籍|境外")


@rule("birth_date", "id_number", reads=("birth_note",))
def id_matches_birth(values: Values) -> Iterator[Problem]:
    """R-05: archive date and ID date may lawfully differ (组通字〔2006〕41号); the difference wants a note."""
    born, inside = values["birth_date"], identity.birth_date(values["id_number"])
    if inside and not inside.startswith(born) and not values.get("birth_note"):
        text = f"档案出生日期 {dates.show(born)} 与身份证 {dates.show(inside)} 不一致，请核对并写明原因"
        yield Problem("birth_date", "W", "R-05", text)


@rule("sex", "id_number")
def id_matches_sex(values: Values) -> Iterator[Problem]:
    sex, number = values["sex"], values["id_number"]
    if sex in {"1", "2"} and identity.is_shaped(number) and identity.sex(number) != sex:
        shown, inside = ("男", "女") if sex == "1" else ("女", "男")
        yield Problem("sex", "W", "R-06", f"性别填“{shown}”，身份证第 17 位表示“{inside}”，请核对")


@rule("name", reads=("id_number", "remarks"))
def number_is_there(values: Values) -> Iterator[Problem]:
    """R-10: somebody abroad, or with household papers that were never put right, may have none."""
    if not values.get("id_number") and not _WHY_NONE.search(values.get("remarks") or ""):
        text = "身份证号没有填，请补上；确实没有的，在备注里写明没有身份证的原因"
        yield Problem("id_number", "W", "R-10", text, missing=True)


NUMBER_RULES = (id_matches_birth, id_matches_sex, number_is_there)
