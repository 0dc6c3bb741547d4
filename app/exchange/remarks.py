"""What remarks say in a fixed way: that someone has died, lives alone, or has moved to the children."""

from __future__ import annotations

import re
from typing import Any

from app.errors import UnreadableError
from app.exchange.vocabulary import words
from app.fields import dates
from app.fields.codes import code_table

_CLAUSES = re.compile(r"[，。；;,\n]+|\s{2,}")
_WITH_CHILDREN = re.compile(
    r"(?:现)?(?:随|跟|与)(?:子女|儿女|儿子|女儿|长子|次子|长女|次女|孩子)(?:一起)?(?:居?住|生活)(?P<place>.*)"
)
_WHEN = r"(?P<date>\d{4}\s*[年.\-/]\s*\d{1,2}\s*(?:[月.\-/]\s*(?:\d{1,2}\s*日?)?)?|\d{4}年)?"


def facts_in(text: str) -> list[tuple[str, Any, str]]:
    """Field, value and how that was read, for each clause that says one of these and nothing else."""
    found = []
    for clause in _CLAUSES.split(text):
        if fact := _fact(clause.strip()):
            found.append(fact)
    return found


def _fact(clause: str) -> tuple[str, Any, str] | None:
    if not clause:
        return None
    if any(word in clause for word in words("deceased")):
        return _death(clause)
    table = code_table("living_arrangement")
    if (code := table.find(clause)) and not clause.isdigit():
        return "living_arrangement", code, table.label(code)
    if match := _WITH_CHILDREN.fullmatch(clause):
        code = table.find("随子女异地居住" if match["place"] else "与子女同住")
        return ("living_arrangement", code, table.label(code)) if code else None
    return None


def _death(clause: str) -> tuple[str, Any, str] | None:
    """Only when the clause is about the person: '配偶 2019 年去世' is not."""
    said = "|".join(map(re.escape, words("deceased")))
    match = re.fullmatch(
        rf"(?:本人|已)?于?\s*{_WHEN}\s*(?:因病|因故|因[^，]{{1,8}}?|已)?\s*(?:{said})", clause
    )
    if not match:
        return None
    if not match["date"]:
        return "alive", False, "已去世"
    try:
        return "died_on", dates.read(match["date"].replace(" ", "")), f"{match['date']}去世"
    except UnreadableError:
        return "alive", False, "已去世"
