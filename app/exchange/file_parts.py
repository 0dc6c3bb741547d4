"""Family and résumé as they stand in forms and .lrmx files: one text, a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from app.errors import UnreadableError
from app.exchange.cells import DOUBTFUL, NOTHING, Outcome, Reader, refused
from app.exchange.contacts import phones_in
from app.exchange.vocabulary import words
from app.fields import dates, names
from app.fields.codes import code_table
from app.fields.kinds import Flaw, cell_text

FAMILY = ("relation", "name", "birth_date", "political_status", "work", "phone")
BETWEEN = "\t"
_PERIOD = re.compile(
    r"\s*(?P<from>\d{4}(?:\s*[.\-/年]\s*\d{1,2})?)\s*月?\s*(?:-{1,2}|[—–－~～至]+)"
    r"\s*(?P<to>\d{4}(?:\s*[.\-/年]\s*\d{1,2})?\s*月?|至今|今)?\s*(?P<text>.*)"
)


def family_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows in the order of FAMILY as one text for `family_reader`; empty rows left out."""
    listed = [[cell.strip() for cell in row] for row in rows]
    return "\n".join(BETWEEN.join(row) for row in listed if any(row))


def family_reader(field: str) -> Reader:
    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip("\n ")
        if BETWEEN not in text:
            return (), (Flaw("W", DOUBTFUL, "家庭成员写在一格里，没有读入，请逐人填写"),) if text else ()
        flaws: list[Flaw] = []
        found = [_member(line.split(BETWEEN), flaws) for line in text.split("\n")]
        return ((field, found),), tuple(flaws)

    return read


def _member(cells: list[str], flaws: list[Flaw]) -> dict[str, Any]:
    given = {name: text for name, text in zip(FAMILY, cells, strict=False) if text}
    found: dict[str, Any] = dict(given)
    who = given.get("name", given.get("relation", ""))
    if "name" in given:
        found["name"] = names.clean_name(given["name"])
    if "birth_date" in given:
        found["birth_date"] = _born(who, given["birth_date"], flaws)
    if "political_status" in given:
        found["political_status"] = code_table("political_status").find(given["political_status"])
        if found["political_status"] is None:
            flaws.append(
                Flaw("W", DOUBTFUL, f"家庭成员{who}的政治面貌“{given['political_status']}”不在可选的项目里")
            )
    if "phone" in given:
        found["phone"] = _phone(who, given["phone"], flaws)
    work = given.get("work", "")
    if any(word in work for word in words("deceased")):
        found["alive"] = False
    if {work, work.removeprefix("已")} & set(words("deceased")):
        del found["work"]  # it says no more than that
    return {name: value for name, value in found.items() if value is not None}


def _phone(who: str, text: str, flaws: list[Flaw]) -> str | None:
    numbers, _ = phones_in(text)
    if len(numbers) == 1:
        return numbers[0]
    flaws.append(Flaw("W", DOUBTFUL, f"家庭成员{who}的联系方式“{text}”不像一个电话号码"))
    return None


def _born(who: str, text: str, flaws: list[Flaw]) -> str | None:
    try:
        return dates.read(text)
    except UnreadableError:
        flaws.append(Flaw("W", DOUBTFUL, f"家庭成员{who}的出生年月“{text}”读不出来"))
        return None


def resume_reader(field: str) -> Reader:
    """One segment a line; a line that does not begin with a date belongs to the one before."""

    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip()
        if not text:
            return NOTHING
        found: list[dict[str, str]] = []
        for line in filter(str.strip, text.splitlines()):
            if (period := _period(line)) is not None:
                found.append(period)
            elif found:
                found[-1]["text"] = f"{found[-1].get('text', '')}\n{line.strip()}".strip()
            else:
                return refused("简历的第一行没有起止年月，没有读入")
        return ((field, found),), ()

    return read


def _period(line: str) -> dict[str, str] | None:
    match = _PERIOD.fullmatch(line)
    if not match:
        return None
    ended = match["to"] or ""
    try:
        parts = {
            "started_on": dates.read(_dotted(match["from"])),
            "ended_on": None if "今" in ended or not ended else dates.read(_dotted(ended)),
            "text": match["text"].strip(),
        }
    except UnreadableError:
        return None
    return {name: value for name, value in parts.items() if value}


def _dotted(text: str) -> str:
    return re.sub(r"\s|月", "", text).replace("年", ".").rstrip(".")
