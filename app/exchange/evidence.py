"""What the values of a column say about its heading."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.exchange.headings import UNKNOWN, Meaning
from app.exchange.vocabulary import key, words
from app.fields import identity
from app.fields.codes import code_table
from app.fields.kinds import cell_text

_Value = TypeVar("_Value")
ENOUGH = 3
MOST = 0.8
FEW = 0.3
_CODED = (
    "sex", "ethnicity", "political_status", "retirement_kind", "marital_status", "personnel_kind",
    "health_status", "education", "rank", "treatment", "living_arrangement",
)  # fmt: skip
_TOLD_BY_VALUES = ("sex", "ethnicity", "political_status", "retirement_kind", "marital_status")
"""Lists whose words mean nothing else, so that values alone can name an unknown column."""
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_OLDEST_AGE = 130


@dataclass(frozen=True)
class Seen:
    """One column: its heading, what that means, and some values."""

    heading: str
    meaning: Meaning
    values: Sequence[object]


@dataclass(frozen=True)
class Finding:
    """A meaning, and why it differs from what the heading says."""

    meaning: Meaning
    note: str = ""


def weigh(columns: Sequence[Seen]) -> list[Finding]:
    """The meanings of the columns of a roster after a look at their values."""
    taken = {seen.meaning.field for seen in columns if seen.meaning.field}
    found = []
    for seen in columns:
        finding = _weigh_one(seen, taken)
        if finding.meaning.field:
            taken.add(finding.meaning.field)
        found.append(finding)
    return found


def _weigh_one(seen: Seen, taken: set[str]) -> Finding:
    texts = [cell_text(value).strip() for value in seen.values]
    field = seen.meaning.field
    if len(texts) < ENOUGH:
        return Finding(seen.meaning)
    if field is None:
        return _by_values(seen, texts, taken)
    if field == "birth_date" and _share(seen.values, _is_age) > MOST:
        return Finding(UNKNOWN, "内容像年龄，不是出生日期")
    if field == "professional_title" and "former_post" not in taken and _share(texts, _is_post) >= FEW:
        return Finding(
            Meaning("former_post", "", "likely"), f"列名是“{seen.heading}”，内容多是职务，按职务读取"
        )
    if field in _CODED and seen.meaning.part == "":
        return _weigh_codes(seen, field, texts, taken)
    return Finding(seen.meaning)


def _weigh_codes(seen: Seen, field: str, texts: Sequence[str], taken: set[str]) -> Finding:
    if _share(texts, _in_table(field)) >= FEW:
        return Finding(seen.meaning)
    if field == "rank" and "former_post" not in taken and _share(texts, _is_post) > MOST / 2:
        return Finding(
            Meaning("former_post", "", "likely"), f"列名是“{seen.heading}”，内容是职务，按职务读取"
        )
    for other in _CODED:
        if other not in taken and _share(texts, _in_table(other)) >= MOST:
            return Finding(Meaning(other, "", "likely"), f"列名是“{seen.heading}”，按内容认作另一项")
    return Finding(UNKNOWN if seen.meaning.certainty == "likely" else seen.meaning)


def _by_values(seen: Seen, texts: Sequence[str], taken: set[str]) -> Finding:
    if seen.meaning.certainty != "unknown" or any(
        word in key(seen.heading) for word in words("other_person")
    ):
        return Finding(seen.meaning)
    note = "列名认不出，按内容推断"
    if "id_number" not in taken and _share(texts, _is_identity) >= MOST:
        return Finding(Meaning("id_number", "", "likely"), note)
    if "mobile" not in taken and _share(texts, _is_phone) >= MOST:
        return Finding(Meaning("mobile", "any", "likely"), note)
    for field in _TOLD_BY_VALUES:
        if field not in taken and _share(texts, _in_table(field)) >= MOST:
            return Finding(Meaning(field, "", "likely"), note)
    return Finding(seen.meaning)


def _share(values: Sequence[_Value], test: Callable[[_Value], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _in_table(field: str) -> Callable[[str], bool]:
    table = code_table(field)
    return lambda text: not text.isdigit() and table.find(text) is not None


def _is_identity(text: str) -> bool:
    return identity.is_shaped(identity.clean(text))


def _is_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(text.replace(" ", "")))


def _is_age(value: object) -> bool:
    if isinstance(value, bool | dt.date):
        return False
    text = cell_text(value).strip()
    return text.removesuffix("岁").isdigit() and int(text.removesuffix("岁")) <= _OLDEST_AGE


def _is_post(text: str) -> bool:
    """校长, 指导员; not 中学一级教师 or 高级农艺师, which are titles."""
    return text.endswith(words("post")) and not text.endswith(words("title"))
