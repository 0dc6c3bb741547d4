"""From a workbook to tables whose columns have meanings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.exchange import evidence, headings
from app.exchange.extent import letters
from app.exchange.headings import Column, Meaning
from app.exchange.layout import Block, Line, find_blocks
from app.exchange.vocabulary import TableKind
from app.exchange.workbook import Sheet
from app.fields.kinds import cell_text

SAMPLES = 2
LOOKED_AT = 60
"""Values of a column that are looked at to see what it holds."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?=年|$|\D)")


@dataclass(frozen=True)
class Table:
    """One table: rows with raw cells, columns with meanings."""

    sheet: str
    kind: TableKind
    title: str
    header_rows: Sequence[int]
    first_row: int
    columns: Sequence[Column]
    lines: Sequence[Line]
    skipped: Sequence[tuple[int, str]] = ()
    """Rows that are nobody, and why."""
    above: Sequence[str] = ()
    """All texts over the headings, such as the unit that filled the table in."""
    year: int | None = None
    """The year that the title, the sheet or the file speaks of."""
    notes: Sequence[str] = ()
    head: Sequence[Sequence[Any]] = ()
    """The rows above the first, as they stand: titles and headings."""
    head_merges: Sequence[tuple[int, int, int, int]] = ()
    """Top, left, bottom and right of the merged cells in them, counted from 0."""

    def mapped(self, by_hand: Mapping[int, str | None]) -> Table:
        """The table with columns set by the user: index → field, 'field/part', or None for not kept."""
        return replace(self, columns=[_by_hand(column, by_hand) for column in self.columns])


@dataclass(frozen=True)
class Found:
    """What a workbook holds."""

    tables: Sequence[Table]
    ignored: Sequence[tuple[str, str]] = ()
    """Sheets that hold no table of ours, and why."""
    notes: Sequence[str] = ()
    """What the user should know about the file as a whole."""


def one_person(
    sheet: str,
    title: str,
    cells: list[tuple[str, str, str, Any]],
    photo: bytes | None = None,
    notes: list[str] | None = None,
    places: list[str] | None = None,
) -> Table:
    """A table of one row out of labels, fields, parts and cells; `places` name the cells, else the labels do."""
    columns = [
        Column(
            at,
            places[at] if places else label,
            label,
            "",
            field,
            part,
            "sure",
            samples=(cell_text(text),) if text not in ("", None) else (),
        )
        for at, (label, field, part, text) in enumerate(cells)
    ]
    line = Line(0, [text for *_, text in cells], photo=photo)
    return Table(sheet, "cadres", title, [], 0, columns, [line], notes=notes or [])


def tables_of(sheet: Sheet, file: str) -> list[Table]:
    """Every table of the sheet that headings make recognisable."""
    blocks = find_blocks(sheet)
    ends = [0, *(_last_row(block) for block in blocks)]
    found = (
        (block, headings.kind_of(block.headings), above) for block, above in zip(blocks, ends, strict=False)
    )
    return [_table(sheet, file, block, kind, above) for block, kind, above in found if kind]


def _table(sheet: Sheet, file: str, block: Block, kind: TableKind, above: int) -> Table:
    """`above` is the last row of the table before, counted from 1."""
    return Table(
        sheet=sheet.name,
        kind=kind,
        title=_title(block.above) or sheet.name,
        header_rows=block.header_rows,
        first_row=block.first_row,
        columns=_columns(sheet, block, kind),
        lines=block.lines,
        skipped=block.skipped,
        above=block.above,
        year=_year([*block.above, sheet.name, file]),
        head=[list(row) for row in sheet.rows[above : block.header_rows[-1]]],
        head_merges=[
            (top - above, left, bottom - above, right)
            for top, left, bottom, right in sheet.merges
            if above <= top and bottom < block.header_rows[-1]
        ],
    )


def _last_row(block: Block) -> int:
    return max([line.number for line in block.lines] + [row for row, _ in block.skipped], default=0)


def _title(above: Sequence[str]) -> str:
    return next((text for text in above if not text.startswith("附件") and "：" not in text), "")


def _year(texts: Sequence[str]) -> int | None:
    found = (match for text in texts if (match := _YEAR.search(text)))
    return next((int(match[1]) for match in found), None)


def _columns(sheet: Sheet, block: Block, kind: TableKind) -> list[Column]:
    printed = _with_untitled(block)
    meanings = headings.match(printed, kind)
    values = [_values(block.lines, heading.index) for heading in printed]
    seen = [
        evidence.Seen(heading.text, meaning, shown)
        for heading, meaning, shown in zip(printed, meanings, values, strict=True)
    ]
    findings = evidence.weigh(seen) if kind == "cadres" else [evidence.Finding(each) for each in meanings]
    names = headings.keys_of(printed, {heading.index: letters(heading.index) for heading in printed})
    return [
        _column(heading, name, finding, shown, heading.index in sheet.hidden_columns)
        for heading, name, finding, shown in zip(printed, names, findings, values, strict=True)
    ]


def _with_untitled(block: Block) -> list[headings.Heading]:
    """Also the columns that have values but nothing above them."""
    titled = {heading.index for heading in block.headings}
    width = max((len(line.cells) for line in block.lines), default=0)
    bare = [at for at in range(width) if at not in titled and _values(block.lines, at)]
    return sorted([*block.headings, *(headings.Heading(at, "") for at in bare)], key=lambda each: each.index)


def _values(lines: Sequence[Line], index: int) -> list[object]:
    found: list[object] = []
    for line in lines:
        if index < len(line.cells) and (cell := line.cells[index]) not in ("", None):
            found.append(cell)
            if len(found) == LOOKED_AT:
                break
    return found


def _column(
    heading: headings.Heading, name: str, finding: evidence.Finding, values: Sequence[object], hidden: bool
) -> Column:
    meaning = finding.meaning
    samples = tuple(cell_text(value) for value in values[:SAMPLES])
    return Column(
        heading.index,
        letters(heading.index),
        name,
        heading.group,
        meaning.field,
        meaning.part,
        meaning.certainty,
        hidden,
        samples,
        finding.note,
    )


def _by_hand(column: Column, by_hand: Mapping[int, str | None]) -> Column:
    if column.index not in by_hand:
        return column
    field, _, part = (by_hand[column.index] or "").partition("/")
    chosen = Meaning(field or None, part, "sure")
    return replace(
        column, field=chosen.field, part=chosen.part, certainty=chosen.certainty, note="由用户指定"
    )
