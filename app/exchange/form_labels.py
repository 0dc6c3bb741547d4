"""Which texts of a form are labels, and what they ask for: `resources/headings/form.csv`, then the roster's list."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache

from app.exchange import headings
from app.exchange.headings import Heading, Meaning
from app.exchange.vocabulary import LONGEST_HEADING, key, vocabulary, without_hints, words
from app.fields.codes import CodeTable, code_table
from app.paths import resource

_NUMBERED = re.compile(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]\s*")
_COLON = re.compile(r"[:：]")
_HINTS = frozenset(
    {"续", "续页", "可多选", "必填", "选填", "岁", "年龄", "公历", "全称", "18位", "盖章", "联系电话"}
)
"""Words in the brackets of a label that do not change what it asks for."""
_NEXT_LABEL = re.compile(r"([^\s:：，,；;。]{2,14})\s*[:：]")


def meaning_of(text: str, group: str = "") -> Meaning | None:
    """What a label asks for; None for what is no label. `field` is None where it is understood and not kept."""
    plain = _COLON.sub("", _NUMBERED.sub("", text)) if text else ""
    if not plain or len("".join(plain.split())) > LONGEST_HEADING:
        return None
    bare, hint = without_hints(plain)
    for found in (key(plain), bare if key(hint) in _HINTS else ""):
        if found in _own():
            return _own()[found]
        if found in vocabulary("cadres").by_key:
            return headings.match([Heading(0, bare if found == bare else plain, group)], "cadres")[0]
    return None


@cache
def _own() -> Mapping[str, Meaning]:
    with resource("headings/form.csv").open(encoding="utf-8", newline="") as file:
        return {
            key(row["heading"]): Meaning(row["field"] or None, row["part"], "sure")
            for row in csv.DictReader(file)
        }


def answers(meaning: Meaning, text: str) -> bool:
    """Whether a text that could be a label is an answer here, as 中共党员 is behind 政治面貌."""
    if meaning.field == "contacts":
        return meaning.part == "relation" and code_table("family_relation").find(text) is not None
    codes = codes_of(meaning.field or "")
    return codes is not None and codes.find(text) is not None


@cache
def codes_of(field: str) -> CodeTable | None:
    """The code table of a field that has one of its own name."""
    return code_table(field) if field and resource(f"codes/{field}.csv").is_file() else None


def is_about_another(text: str) -> bool:
    """A cell beside several lines that says whose they are: 紧急联系人, 家属."""
    return any(word in text for word in words("other_person"))


def inside(text: str) -> list[tuple[str, str]]:
    """Labels with what stands behind their colons in the same cell: '填表人：张某某   审核人：李某某'."""
    found = [match for match in _NEXT_LABEL.finditer(text) if meaning_of(match[1])]
    if not found:
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [(match[1], text[match.end() : end].strip()) for match, end in zip(found, ends, strict=True)]
