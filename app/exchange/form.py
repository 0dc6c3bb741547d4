"""Filled forms of any layout: labels with their answers beside, below or behind a colon; one person a sheet.

What a label means decides, never where it stands: `form_page` finds labels and answers, `form_labels` knows the
words, `form_areas` the neighbours, `form_blocks` the tables inside, `form_values` how answers are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.exchange import form_values
from app.exchange.form_blocks import Block
from app.exchange.form_page import FormPage, read_page
from app.exchange.form_pictures import Pictures, Placed, photo_at
from app.exchange.tables import Table, one_person
from app.exchange.vocabulary import key, vocabulary
from app.exchange.workbook import Row, Sheet
from app.fields.kinds import cell_text

_LABELLED_ROWS = 5
_FIELDS = 8
_MOST_IN_ROW = 6
_BANDS, _FIELDS_OF_BAND = 3, 3
_CONTINUED = "续页"
_MOST_ROWS = 150
"""The headings of a list stand above."""
_JOINED = frozenset({"special_conditions", "resume", "family"})
"""Fields that several cells of a form add to."""

Answer = tuple[str, str, str, Any, str]
"""Label, field, part, value, place."""


def is_form(sheet: Sheet) -> bool:
    """Whether labels run down the sheet, as on a form, instead of along one row."""
    page = read_page(sheet)
    bands, seen = list[int](), set[str]()
    for row in sorted({label.area.top for label in page.labels}):
        new = {label.meaning.field or "" for label in page.labels if label.area.top == row} - seen
        seen |= new
        bands.append(len(new))
    if len(seen) < _FIELDS or sum(1 for new in bands if new) < _LABELLED_ROWS - 2:
        return False
    if sum(1 for new in bands if new >= _FIELDS_OF_BAND) >= _BANDS:
        return True
    return not _is_list(sheet) and sum(1 for new in bands if new) >= _LABELLED_ROWS


def _known(row: Row) -> int:
    """How many headings a row holds; the head of a list has more than a form puts into one row."""
    return sum(1 for cell in row if isinstance(cell, str) and key(cell) in vocabulary("cadres").by_key)


def _is_list(sheet: Sheet) -> bool:
    return any(_known(row) > _MOST_IN_ROW for row in sheet.rows[:_MOST_ROWS])


def continues(sheet: Sheet) -> bool:
    """A page that goes on with the form before it: it says so, or it asks for no name."""
    if any(_CONTINUED in text for row in sheet.rows[:2] for text in map(cell_text, row[:3])):
        return True
    page = read_page(sheet)
    return (len(page.fields) >= 2 or bool(page.blocks)) and "name" not in page.fields and not _is_list(sheet)


def form_table(
    sheet: Sheet,
    more: Sequence[Sheet] = (),
    pictures: Mapping[str, Sequence[Placed]] | None = None,
    source: Pictures | None = None,
) -> Table | None:
    """The person on a form and the pages that go on with it; None when nobody's name is filled in."""
    pages = [read_page(each) for each in (sheet, *more)]
    if not pages[0].names:
        return None
    found = _joined([answer for page in pages for answer in _answers(page)])
    photo = _photo(pages, pictures or {}, source)
    title = next((text for row in sheet.rows[:3] if (text := cell_text(row[0] if row else "").strip())), "")
    cells = [(label, name, part, value) for label, name, part, value, _ in found]
    return one_person(sheet.name, title or sheet.name, cells, photo, places=[place for *_, place in found])


def _answers(page: FormPage) -> Iterator[Answer]:
    has_family = any(block.kind == "family" for block in page.blocks)
    for label in page.labels:
        name = label.meaning.field or ""
        if (name == "family" and has_family) or (name == "resume" and page.periods):
            continue
        text = "".join(label.text.split())
        for each, part, value in form_values.read_cells(name, label.meaning.part, label.value):
            yield text, each, part, value, label.place
    if page.periods:
        yield "简历", "resume", "text", page.periods, "A1"
    for block in page.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Answer]:
    if block.kind == "family":
        yield "家庭主要成员及重要社会关系", "family", "text", block.text, block.place
    elif block.kind == "resume":
        yield "简历", "resume", "text", block.text, block.place
    else:
        for line in block.lines:
            for part in ("name", "relation", "phone"):
                yield "联系人", "contacts", part, line.get(part, ""), block.place


def _joined(found: list[Answer]) -> list[Answer]:
    """Cells that say parts of one answer as one; an empty cell gives way to a filled one of the same field."""
    joined: list[Answer] = []
    for label, name, part, value, place in found:
        at = next((n for n, (_, each, *_) in enumerate(joined) if each == name), None)
        if at is None or name == "contacts":
            joined.append((label, name, part, value, place))
            continue
        before = joined[at]
        if name in _JOINED:
            mark = "、" if name == "special_conditions" else "\n"
            text = mark.join(filter(None, (cell_text(before[3]), cell_text(value))))
            joined[at] = (*before[:3], text, before[4])
        elif value not in ("", None):
            if before[3] in ("", None):
                joined[at] = (label, name, part, value, place)
            elif value != before[3]:
                joined.append((label, name, part, value, place))
    return joined


def _photo(
    pages: Sequence[FormPage], pictures: Mapping[str, Sequence[Placed]], source: Pictures | None
) -> bytes | None:
    for page in pages:
        area = page.photo_area
        if area is not None and source is not None and (photo := source.in_cell(area.text)):
            return photo
        if photo := photo_at(pictures.get(page.sheet.name, ()), area):
            return photo
    return None
