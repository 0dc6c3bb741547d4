"""Tables inside a form, a line for each: relatives, contacts, periods of the résumé."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.exchange import file_parts
from app.exchange.form_areas import Area, Areas
from app.exchange.form_labels import meaning_of
from app.exchange.form_values import date_text, without_phone
from app.exchange.vocabulary import key
from app.paths import resource

Kind = Literal["family", "contacts", "resume"]
_NEEDED: Mapping[Kind, Sequence[frozenset[str]]] = {
    "resume": (frozenset({"period", "started"}), frozenset({"text"})),
    "family": (frozenset({"name"}), frozenset({"relation"})),
    "contacts": (frozenset({"name"}), frozenset({"phone"})),
}
_OF_RELATIVES = frozenset({"birth_date", "political_status", "work"})
MOST_LINES = 60


@dataclass(frozen=True)
class Block:
    """A heading line and the lines below it; each line by part."""

    kind: Kind
    place: str
    rows: range
    first_column: int
    lines: Sequence[Mapping[str, str]]

    @property
    def text(self) -> str:
        """As `family_reader` and `resume_reader` take it."""
        return _family_text(self.lines) if self.kind == "family" else _resume_text(self.lines)


def blocks_in(areas: Areas) -> list[Block]:
    found: list[Block] = []
    row = 0
    while row < len(areas.rows):
        block = _block_at(areas, row)
        if block:
            found.append(block)
        row = block.rows.stop if block else row + 1
    return found


def continued_resume(areas: Areas) -> str:
    """The periods below 简历（续）, dates and text side by side; '' where the page has no such part."""
    lines: list[str] = []
    begun = False
    for row in range(len(areas.rows)):
        texts = [area.text for area in areas.in_row(row) if area.text]
        if begun and len(texts) == 2:
            lines.append("  ".join(texts))
        elif begun and texts:
            break
        begun = begun or any(key(text).startswith(key("简历（续")) for text in texts[:1])
    return "\n".join(lines)


def _block_at(areas: Areas, row: int) -> Block | None:
    """The headings of a block stand side by side with nothing between; on its left may be its name."""
    line = areas.in_row(row)
    for kind in _NEEDED:
        headed = {area.left: part for area in line if (part := _part(kind, area.text)) is not None}
        if not all(needed & set(headed.values()) for needed in _NEEDED[kind]):
            continue
        if _is_block(kind, line, headed):
            return _read(areas, kind, row, headed)
    return None


def _is_block(kind: Kind, line: Sequence[Area], headed: Mapping[int, str]) -> bool:
    parts = set(headed.values())
    if kind == "family" and not parts & _OF_RELATIVES and "phone" in parts:
        return False
    if kind == "contacts" and parts & _OF_RELATIVES:
        return False
    between = [area for area in line if min(headed) <= area.left <= max(headed)]
    return all(area.left in headed for area in between)


def _read(areas: Areas, kind: Kind, head: int, headed: Mapping[int, str]) -> Block:
    first, lines = min(headed), list[Mapping[str, str]]()
    row = head + 1
    while row < len(areas.rows) and len(lines) < MOST_LINES and not _ends(areas, kind, head, row, first):
        cells = {area.left: area.text for area in areas.in_row(row)}
        line: dict[str, str] = {}
        for column, part in headed.items():
            if part and (text := cells.get(column, "")):
                line[part] = text
        if line:
            lines.append(line)
        row += 1
    place = areas.at(head, first)
    return Block(kind, place.place if place else "", range(head, row), first, lines)


def _ends(areas: Areas, kind: Kind, head: int, row: int, first: int) -> bool:
    """A text on the left of the block that begins below its head, a label, or the next block's head."""
    for column in range(first):
        area = areas.at(row, column)
        if area and area.text and area.top > head:
            return True
    starting = areas.in_row(row)
    begins = next((area.text for area in starting if area.text and area.left <= first), "")
    return bool(begins) and (":" in begins or "：" in begins or _is_label(kind, begins))


def _is_label(kind: Kind, text: str) -> bool:
    """A relation such as 配偶 is no label here."""
    meaning = meaning_of(text)
    return meaning is not None and not (kind != "resume" and meaning.field in {"family", "contacts", "name"})


def _part(kind: Kind, text: str) -> str | None:
    return _parts().get((kind, key(text)))


@cache
def _parts() -> Mapping[tuple[str, str], str]:
    with resource("headings/form_blocks.csv").open(encoding="utf-8", newline="") as file:
        return {(row["block"], key(row["heading"])): row["part"] for row in csv.DictReader(file)}


def _family_text(lines: Sequence[Mapping[str, str]]) -> str:
    rows = []
    for line in lines:
        work, phone = line.get("work", ""), line.get("phone", "")
        if not phone:
            work, phone = without_phone(work)
        told = {**line, "work": work, "phone": phone}
        rows.append([" ".join(told.get(part, "").split()) for part in file_parts.FAMILY])
    return file_parts.family_text(rows)


def _resume_text(lines: Sequence[Mapping[str, str]]) -> str:
    return "\n".join(filter(None, map(_period, lines)))


def _period(line: Mapping[str, str]) -> str:
    """'1972.01--1993.03  单位 职务'; a line without dates goes on with the one before."""
    dated = line.get("period", "")
    if line.get("started"):
        dated = f"{date_text(line['started'])}--{date_text(line.get('ended', ''))}"
    text = " ".join(filter(None, (line.get("text", ""), line.get("post", ""))))
    return f"{' '.join(dated.split())}  {text}" if dated else text
