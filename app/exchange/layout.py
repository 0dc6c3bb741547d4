"""Where the tables of a sheet are: titles, headings of one to three rows, rows that are nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.exchange.headings import Heading, kind_of
from app.exchange.vocabulary import LONGEST_HEADING, all_keys, key, spellings, without_hints, words
from app.exchange.workbook import Merge, Row, Sheet

MOST_HEADING_ROWS = 3
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]+[、.．)）]|第[一二三四五六七八九十\d]+[部章组类])"
)
_BETWEEN_DIGITS = str.maketrans("", "", " .,-/")
_SENTENCE = re.compile(r"[。；]|^\s*\d+\s*[.、．]\s*\S{6,}")


@dataclass
class Line:
    """One row of people, visits or payments."""

    number: int
    """As the sheet numbers it, from 1."""
    cells: Row
    section: str = ""
    continued: list[tuple[int, Row]] = field(default_factory=list)
    """Rows below that the merged name cell also covers."""
    photo: bytes | None = None


@dataclass
class Block:
    """One table as it is laid out, before anything is known about its columns."""

    header_rows: list[int]
    first_row: int
    headings: list[Heading]
    above: list[str]
    """Titles and lines between the table before and this one."""
    lines: list[Line] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    """Rows that are nobody, and why."""


@dataclass(frozen=True)
class _Grid:
    sheet: Sheet
    spans: dict[tuple[int, int], Merge]
    """Every cell of a merge inside the rows that may be headings → its merge."""

    def text(self, row: int, column: int) -> str:
        """The printed text of a cell; all cells of a merge show the one text."""
        if own := cell_text(self.sheet.rows[row], column):
            return own
        if span := self.spans.get((row, column)):
            row, column = span.top, span.left
        return cell_text(self.sheet.rows[row], column)


def cell_text(row: Row, column: int) -> str:
    cell = row[column] if column < len(row) else ""
    return cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)


def find_blocks(sheet: Sheet) -> list[Block]:
    """The tables of a sheet from top to bottom."""
    grid = _Grid(sheet, {})
    blocks: list[Block] = []
    above: list[str] = []
    at = 0
    while at < len(sheet.rows):
        block = _block_at(grid, at, above) if _may_be_headings(sheet.rows[at]) else None
        if block and kind_of(block.headings):
            at = _read_lines(grid, block)
            blocks.append(block)
            above = _titles_of_next(sheet, block, at)
        else:
            above += _texts(sheet.rows[at])
            at += 1
    return blocks


def _titles_of_next(sheet: Sheet, block: Block, at: int) -> list[str]:
    """The texts right above the next table, which looked like people with nothing but a name."""
    if at >= len(sheet.rows):
        return []
    while block.lines and len(_texts(block.lines[-1].cells)) == 1:
        block.lines.pop()
    last = block.lines[-1].number if block.lines else block.first_row - 1
    return [text for row in sheet.rows[last:at] for text in _texts(row)]


def _texts(row: Row) -> list[str]:
    return [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]


def is_known(text: str) -> bool:
    """Whether a text is a heading as offices print them."""
    if not text or len(text) > LONGEST_HEADING:
        return False
    return any(spelling in all_keys() for spelling in (*spellings(text), without_hints(text)[0]))


def _may_be_headings(row: Row) -> bool:
    filled = [cell for cell in row if cell not in ("", None)]
    texts = [cell for cell in filled if isinstance(cell, str) and cell.strip()]
    if len(texts) < 2 or len(texts) * 2 < len(filled):
        return False
    known = {key(text) for text in texts if is_known(text) and not text.rstrip().endswith((":", "："))}
    return len(known) >= (3 if len(texts) > 3 else 2) and len(known) * 2 >= len(texts)


def _block_at(grid: _Grid, at: int, above: list[str]) -> Block:
    sheet = grid.sheet
    _spread(grid, at)
    top, bottom = _group_row_above(grid, at), at
    while bottom - top + 1 < MOST_HEADING_ROWS and _heads_go_on(grid, at, bottom + 1):
        bottom += 1
    rows = range(top, bottom + 1)
    width = max(len(sheet.rows[row]) for row in rows)
    headings = [heading for column in range(width) if (heading := _heading(grid, rows, column)).text]
    first = [text for text in above if text not in _texts(sheet.rows[top])]
    return Block([row + 1 for row in rows], bottom + 2, headings, first)


def _spread(grid: _Grid, at: int) -> None:
    """Notes which cells around the headings belong to a merge; merges elsewhere may be huge."""
    near = range(max(at - 1, 0), at + MOST_HEADING_ROWS)
    width = max((len(row) for row in grid.sheet.rows[near.start : near.stop]), default=0)
    for merge in grid.sheet.merges:
        if merge.bottom - merge.top >= MOST_HEADING_ROWS:
            continue
        for row in range(max(merge.top, near.start), min(merge.bottom + 1, near.stop)):
            for column in range(merge.left, min(merge.right + 1, width)):
                grid.spans[row, column] = merge


def _group_row_above(grid: _Grid, at: int) -> int:
    """The row above belongs to the headings when it names groups of columns, unlike a title over all."""
    if at == 0:
        return at
    groups = {
        span
        for column in range(len(grid.sheet.rows[at - 1]))
        if (span := grid.spans.get((at - 1, column))) and span.right > span.left
    }
    filled = sum(1 for cell in grid.sheet.rows[at] if cell not in ("", None))
    named = [span for span in groups if grid.text(span.top, span.left) and _width(span) < max(filled, 2)]
    beside = sum(1 for cell in grid.sheet.rows[at - 1] if cell not in ("", None))
    return (
        at - 1
        if named and beside > len(named) - 1 and beside >= 2 and not _is_form_head(grid, at - 1)
        else at
    )


def _width(span: Merge) -> int:
    return span.right - span.left + 1


def _is_form_head(grid: _Grid, row: int) -> bool:
    """填报单位：… 填报日期：… above a table is no group of headings."""
    return any("：" in text or ":" in text for text in _texts(grid.sheet.rows[row]))


def _heads_go_on(grid: _Grid, at: int, row: int) -> bool:
    if row >= len(grid.sheet.rows):
        return False
    if any(
        (span := grid.spans.get((at, column))) and span.top <= at and span.bottom >= row > span.top
        for column in range(len(grid.sheet.rows[at]))
    ):
        return True
    texts = _texts(grid.sheet.rows[row])
    filled = sum(1 for cell in grid.sheet.rows[row] if cell not in ("", None))
    known = [text for text in texts if is_known(text) and not _is_above(grid, row, text)]
    return len(known) >= 2 and len(known) * 2 >= filled and filled == len(texts)


def _is_above(grid: _Grid, row: int, text: str) -> bool:
    """A heading printed again below itself is the next page's, not a second heading row."""
    return key(text) in {key(each) for each in _texts(grid.sheet.rows[row - 1])}


def _heading(grid: _Grid, rows: range, column: int) -> Heading:
    printed = [grid.text(row, column) or _group_to_the_left(grid, rows, row, column) for row in rows]
    texts = [text for text in dict.fromkeys(printed) if text]
    return Heading(column, texts[-1] if texts else "", "·".join(texts[:-1]))


def _group_to_the_left(grid: _Grid, rows: range, row: int, column: int) -> str:
    """A group whose cells were not merged stands over its first column only."""
    if row == rows[-1] or not grid.text(row + 1, column):
        return ""
    while column and not grid.text(row, column):
        column -= 1
        if not grid.text(row + 1, column) or (row + 1, column) in grid.spans:
            return ""
    return grid.text(row, column)


def _read_lines(grid: _Grid, block: Block) -> int:
    """Sorts the rows below the headings; returns the row where the next table may begin."""
    sorter = _Sorter(grid.sheet, block)
    at = block.first_row - 1
    while at < len(grid.sheet.rows):
        row = grid.sheet.rows[at]
        if sorter.may_repeat_headings(row) and _may_be_headings(row):
            again = _block_at(grid, at, [])
            if [each.text for each in again.headings] == [each.text for each in block.headings]:
                block.skipped += [(number, "重复的表头") for number in again.header_rows]
                at = again.first_row - 1
                continue
            if kind_of(again.headings):
                break
        sorter.take(at, row)
        at += 1
    sorter.finish()
    return at


class _Sorter:
    """Tells people from sections, totals, notes and blank rows."""

    def __init__(self, sheet: Sheet, block: Block) -> None:
        self._block = block
        columns = [heading.index for heading in block.headings]
        self._names = _name_columns(block.headings)
        self._numbers = {heading.index for heading in block.headings if key(heading.text) in _NUMBER_KEYS}
        self._width = columns[-1] + 1 if columns else 0
        self._merged = _MergedDown(sheet, block.first_row - 1, self._width)
        self._covered = {
            row: merge.top
            for merge in sheet.merges
            if merge.left in self._names and merge.right == merge.left and merge.top >= block.first_row - 1
            for row in range(merge.top + 1, min(merge.bottom + 1, len(sheet.rows)))
        }
        self._by_row: dict[int, Line] = {}
        self._section = ""
        self._open_sections: list[tuple[int, str]] = []
        self._wide = {
            merge.top for merge in sheet.merges if merge.right - merge.left + 1 > max(self._width // 2, 1)
        }

    def may_repeat_headings(self, row: Row) -> bool:
        """Cheap: asked of every row."""
        return any(
            not row[at] or (isinstance(row[at], str) and key(row[at]) in all_keys())
            for at in self._names
            if at < len(row)
        )

    def take(self, at: int, row: Row) -> None:
        filled = [column for column, cell in enumerate(row) if cell != "" and cell is not None]
        if len(filled) <= 2:
            filled = [column for column in filled if not _is_blank(row[column])]
        if not filled or self._only_number(row, filled):
            return
        if self._covered.get(at) in self._by_row:
            self._add_line(at, row)
            return
        first = next((row[column] for column in filled if column not in self._numbers), row[filled[0]])
        if isinstance(row[filled[0]], str):
            first = row[filled[0]]
        if isinstance(first, str) and (why := self._why_nobody(at, row, filled, first.strip())):
            self._block.skipped.append((at + 1, why))
        else:
            self._add_line(at, row)

    def _only_number(self, row: Row, filled: list[int]) -> bool:
        """A numbered line that nobody has filled in yet."""
        return all(column in self._numbers and cell_text(row, column)[:1].isdigit() for column in filled)

    def _why_nobody(self, at: int, row: Row, filled: list[int], text: str) -> str:
        if text and is_total(text):
            return "合计行"
        if is_sample(text) or any(is_sample(cell_text(row, column)) for column in self._names):
            return "填写示例"
        named = any(cell_text(row, column) for column in self._names)
        if len(filled) <= 2 and is_note(text):
            return "表下说明"
        if (
            len(filled) == 1
            and not is_number(text)
            and (not named or at in self._wide or _NUMBERED.match(text))
        ):
            return self._section_or_note(at, text)
        if not named and len(filled) <= 2 and is_note(text):
            return "表下说明"
        return ""

    def _section_or_note(self, at: int, text: str) -> str:
        if _SENTENCE.search(text):
            return "表下说明"
        self._section = text
        self._open_sections.append((at + 1, text))
        return "分类行"

    def _add_line(self, at: int, row: Row) -> None:
        self._open_sections.clear()
        cells = self._merged.fill(at, row)
        if (top := self._covered.get(at)) is not None and top in self._by_row:
            self._by_row[top].continued.append((at + 1, row))
            self._block.skipped.append((at + 1, f"第 {top + 1} 行的续行"))
            return
        line = Line(at + 1, cells, self._section)
        self._by_row[at] = line
        self._block.lines.append(line)

    def finish(self) -> None:
        """A section with nobody in it is a note at the foot."""
        empty = {number for number, _ in self._open_sections}
        self._block.skipped[:] = [
            (number, "表下说明" if number in empty else why) for number, why in self._block.skipped
        ]


_NUMBER_KEYS = {"序号", "编号", "序", "no", "顺序号", "行号"}
_NAME_KEYS = ("姓名", "走访对象", "慰问对象", "对象", "领取人", "户名", "收款人")


def _name_columns(headings: Sequence[Heading]) -> set[int]:
    """The column of names: exact, else the first heading that speaks of names."""
    for wanted in _NAME_KEYS:
        for heading in headings:
            if without_hints(heading.text)[0].endswith(wanted) and not heading.group:
                return {heading.index}
    for heading in headings:
        if "姓名" in key(heading.text):
            return {heading.index}
    return set()


def is_number(text: str) -> bool:
    """Digits with what stands between the parts of dates, numbers and amounts."""
    return text.translate(_BETWEEN_DIGITS).isdigit()


def _is_blank(cell: Any) -> bool:
    return isinstance(cell, str) and not cell.strip()


def is_total(text: str) -> bool:
    plain = key(text)
    return any(
        plain == word or (plain.startswith(word) and len(plain) <= len(word) + 8) for word in words("total")
    )


def is_note(text: str) -> bool:
    head = re.split(r"[:：]", text, maxsplit=1)[0]
    has_colon = head != text
    plain = key(head)
    return (has_colon and any(plain.startswith(word) or plain.endswith(word) for word in words("note"))) or (
        text.startswith(("注", "说明", "备注")) and len(text) > 6
    )


def is_sample(text: str) -> bool:
    plain = key(text)
    return (bool(plain) and any(plain == word for word in words("sample"))) or "示例" in plain


class _MergedDown:
    """Values of cells merged over several rows, for the rows below the first."""

    def __init__(self, sheet: Sheet, first: int, width: int) -> None:
        self._values: dict[int, list[tuple[int, Any]]] = {}
        left = len(sheet.rows) * max(width, 1)  # merges do not overlap, so together they cover no more
        for merge in sheet.merges:
            if (
                merge.top < first
                or merge.bottom == merge.top
                or merge.left >= width
                or merge.top >= len(sheet.rows)
            ):
                continue
            value = sheet.rows[merge.top][merge.left] if merge.left < len(sheet.rows[merge.top]) else ""
            bottom = min(merge.bottom, len(sheet.rows) - 1)
            left -= bottom - merge.top
            if value in ("", None) or left < 0:
                continue
            for row in range(merge.top + 1, bottom + 1):
                self._values.setdefault(row, []).append((merge.left, value))

    def fill(self, at: int, row: Row) -> Row:
        if at not in self._values:
            return row
        cells = list(row)
        for column, value in self._values[at]:
            if column < len(cells) and cells[column] in ("", None):
                cells[column] = value
        return cells
