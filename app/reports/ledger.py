"""A ruled table over many landscape pages: headings repeated, rows whole, sums on each page.

The layout is computed first, so that every page knows how many there are; it takes time in proportion to the
rows (platypus.LongTable: 0.65 s for 2,000 rows, 26 s for 20,000).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from app.reports.fonts import FontBook
from app.reports.imprint import NOBODY, Imprint, draw_imprint, draw_sentence
from app.reports.page import (
    HEADING,
    MM,
    SMALL,
    TEXT,
    TITLE,
    Align,
    Paper,
    Type,
)
from app.reports.printed import CutText, MissingGlyph, find_missing
from app.reports.wrapping import Measure, balanced, cut, wrap

TOP, BOTTOM, SIDE = 11.0, 13.0, 10.0
TITLE_HEIGHT = 12.0
HEADING_LINE = 6.0
BAND_HEIGHT = 8.5
SIGNING_HEIGHT = 13.0
PADDING = 1.0
SIZES = (10.0, 9.0, 8.0, 7.0)  # long texts are set smaller before anything is cut
COMFORTABLE = 0.4  # of a page: the height up to which a row keeps larger type
FIGURES = Type("song", 10, bold=True)
NARROWEST = 7.0
FOOT = 9.0  # from the lower edge


@dataclass(frozen=True)
class Column:
    """`width` in millimetres before the table is stretched to the page; without `wrap`, text shrinks."""

    title: str
    width: float
    align: Align = "centre"
    wrap: bool = True


@dataclass(frozen=True)
class Row:
    """One line of the ledger; `where` names it in messages."""

    cells: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Span:
    """A cell of a sum line, over several columns."""

    columns: int
    text: str = ""
    align: Align = "centre"


Band = tuple[Span, ...]


@dataclass(frozen=True)
class PageSetup:
    """What the user chooses in the preview."""

    binder: float = 8.0  # millimetres added on the bound side
    two_sided: bool = False  # the bound side changes with every page
    rows_per_page: int | None = None
    row_height: float = 10.0  # room for a signature written by hand


@dataclass(frozen=True)
class Ledger:
    """Everything that stands on the pages. The sum functions get indexes into `rows`."""

    title: str
    heading: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    empty: str
    subtotal: Callable[[Sequence[int]], Band]
    total: Band
    signing: tuple[str, ...]
    setup: PageSetup = field(default_factory=PageSetup)
    imprint: Imprint = NOBODY

    def missing(self, fonts: FontBook) -> tuple[MissingGlyph, ...]:
        head = [("标题", self.title), *(("表头", text) for line in self.heading for text in line)]
        foot = [("落款", text) for text in (*self.signing, self.imprint.text)]
        rows = ((row.where, "".join(row.cells)) for row in self.rows)
        return find_missing(fonts, [*head, *rows, *foot])


@dataclass(frozen=True)
class LaidCell:
    """A cell's lines and the size they are set in."""

    lines: list[str]
    size: float
    shortened: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * TEXT.sized(self.size).leading


@dataclass(frozen=True)
class LaidRow:
    """A row as it will stand on its page."""

    index: int
    cells: tuple[LaidCell, ...]
    height: float


def draw_ledger(paper: Paper, ledger: Ledger) -> tuple[CutText, ...]:
    """Draws all pages; says which texts had to be shortened."""
    geometry = Geometry(paper, ledger)
    rows = [geometry.lay(index) for index in range(len(ledger.rows))]
    pages = list(paginate(rows, geometry.room, ledger.setup.rows_per_page))
    for number, page in enumerate(pages, start=1):
        _Sheet(paper, ledger, geometry, number).draw(page, count=len(pages))
    return tuple(_shortened(ledger, rows))


def paginate(rows: Sequence[LaidRow], room: float, most: int | None = None) -> Iterator[list[LaidRow]]:
    """Whole rows to pages; the last page keeps room for the line of the total."""
    page: list[LaidRow] = []
    used = 0.0
    for row in rows:
        if page and (used + row.height > room or len(page) == most):
            yield page
            page, used = [], 0.0
        page.append(row)
        used += row.height
    if used + BAND_HEIGHT > room and len(page) > 1:
        yield page[:-1]
        page = page[-1:]
    yield page


def _shortened(ledger: Ledger, rows: Iterable[LaidRow]) -> Iterator[CutText]:
    for row in rows:
        for column, cell in zip(ledger.columns, row.cells, strict=True):
            if cell.shortened:
                yield CutText(ledger.rows[row.index].where, column.title.replace("\n", ""))


class Geometry:
    """Where things stand, equal on all pages but for the bound side."""

    def __init__(self, paper: Paper, ledger: Ledger) -> None:
        self._ledger = ledger
        self._paper = paper
        self.width = paper.width - 2 * SIDE - ledger.setup.binder
        stretch = self.width / sum(column.width for column in ledger.columns)
        self.widths = [column.width * stretch for column in ledger.columns]
        self._measures: dict[float, Measure] = {size: partial(self._measured, size) for size in SIZES}
        self.titles = [self._title(n) for n in range(len(ledger.columns))]
        self.table_top = TOP + TITLE_HEIGHT + HEADING_LINE * len(ledger.heading)
        self.titles_height = max(len(lines) for lines in self.titles) * HEADING.leading + 2.5
        above = self.table_top + self.titles_height
        self.room = paper.height - above - BAND_HEIGHT - SIGNING_HEIGHT - BOTTOM

    @property
    def tallest(self) -> float:
        """A row must leave room for the total, lest the total stand alone on a page."""
        return self.room - BAND_HEIGHT

    def lay(self, index: int) -> LaidRow:
        cells = self._ledger.rows[index].cells
        laid = tuple(self._cell(n, text) for n, text in enumerate(cells))
        height = max([self._ledger.setup.row_height, *(cell.height + 2 * PADDING for cell in laid)])
        return LaidRow(index, laid, height)

    def _cell(self, column: int, text: str) -> LaidCell:
        width = self.widths[column] - 2 * PADDING
        if not self._ledger.columns[column].wrap:
            return self._squeezed(text, width)
        broken = balanced if self._ledger.columns[column].align == "centre" else wrap
        for size in SIZES:
            cell = LaidCell(broken(text, width, self._measures[size]), size)
            if cell.height + 2 * PADDING <= self.tallest * (COMFORTABLE if size > SIZES[2] else 1):
                return cell
        return self._cut(cell, width)

    def _squeezed(self, text: str, width: float) -> LaidCell:
        """One line, in smaller type where it must; below the narrowest size it breaks after all."""
        needed = self._measured(SIZES[0], text)
        size = SIZES[0] if needed <= width else max(NARROWEST, SIZES[0] * width / needed * 0.995)
        return LaidCell(wrap(text, width, partial(self._measured, size)), size)

    def _cut(self, cell: LaidCell, width: float) -> LaidCell:
        count = int((self.tallest - 2 * PADDING) / TEXT.sized(cell.size).leading)
        return LaidCell(cut(cell.lines, count, width, self._measures[cell.size]), cell.size, shortened=True)

    def _title(self, column: int) -> list[str]:
        measure = partial(self._paper.measure, kind=HEADING)
        return wrap(self._ledger.columns[column].title, self.widths[column] - 1, measure)

    def _measured(self, size: float, text: str) -> float:
        return self._paper.fonts.width(text, TEXT.style, size) / MM


class _Sheet:
    """One page being drawn."""

    def __init__(self, paper: Paper, ledger: Ledger, geometry: Geometry, number: int) -> None:
        self._paper, self._ledger, self._geometry, self._number = paper, ledger, geometry, number
        bound_right = ledger.setup.two_sided and number % 2 == 0
        self._left = SIDE if bound_right else SIDE + ledger.setup.binder
        self._y = geometry.table_top

    @property
    def _right(self) -> float:
        return self._left + self._geometry.width

    def draw(self, rows: list[LaidRow], count: int) -> None:
        last = self._number == count
        self._head()
        self._titles()
        self._rows(rows)
        self._band(self._ledger.subtotal([row.index for row in rows]))
        if last:
            self._band(self._ledger.total)
        top = self._geometry.table_top
        self._paper.frame(self._left, top, self._geometry.width, self._y - top)
        self._signing()
        self._foot(count)
        self._paper.next_page()

    def _head(self) -> None:
        middle = self._left + self._geometry.width / 2
        self._paper.text(middle, TOP + 5, self._ledger.title, TITLE, "centre")
        for n, line in enumerate(self._ledger.heading):
            self._spread(TOP + TITLE_HEIGHT + HEADING_LINE * (n + 0.45), line)

    def _spread(self, y: float, texts: Sequence[str]) -> None:
        """The first text at the left edge, the last at the right one, equal gaps between."""
        widths = [self._paper.measure(text, TEXT) for text in texts]
        gap = (self._geometry.width - sum(widths)) / max(1, len(texts) - 1)
        x = self._left
        for text, width in zip(texts, widths, strict=True):
            self._paper.text(x, y, text)
            x += width + gap

    def _titles(self) -> None:
        height = self._geometry.titles_height
        for x, width, lines in zip(self._edges(), self._geometry.widths, self._geometry.titles, strict=True):
            self._paper.lines(x + width / 2, self._y + height / 2, lines, HEADING, "centre")
        self._close_line(height)

    def _rows(self, rows: list[LaidRow]) -> None:
        top = self._geometry.table_top
        for row in rows:
            self._row(row)
        if not rows:
            self._paper.text((self._left + self._right) / 2, self._y + 5, self._ledger.empty, align="centre")
        for x in list(self._edges())[1:]:
            bottom = self._y if rows else top + self._geometry.titles_height
            self._paper.rule(x, top, x, bottom)
        if not rows:
            self._close_line(self._ledger.setup.row_height)

    def _row(self, row: LaidRow) -> None:
        columns = self._ledger.columns
        for x, width, column, cell in zip(
            self._edges(), self._geometry.widths, columns, row.cells, strict=True
        ):
            self._text(x, width, row.height, cell.lines, column.align, TEXT.sized(cell.size))
        self._close_line(row.height)

    def _band(self, band: Band) -> None:
        """A line of sums; the rules between its cells."""
        x, taken = self._left, 0
        for span in band:
            width = sum(self._geometry.widths[taken : taken + span.columns])
            kind = self._fitting(span.text, width, FIGURES if span.align == "right" else HEADING)
            self._text(x, width, BAND_HEIGHT, [span.text], span.align, kind)
            if taken:
                self._paper.rule(x, self._y, x, self._y + BAND_HEIGHT)
            x, taken = x + width, taken + span.columns
        self._close_line(BAND_HEIGHT)

    def _fitting(self, text: str, width: float, kind: Type) -> Type:
        needed = self._paper.measure(text, kind)
        return kind.sized(kind.size * min(1.0, (width - 2 * PADDING) / needed)) if needed else kind

    def _text(
        self, x: float, width: float, height: float, lines: list[str], align: Align, kind: Type
    ) -> None:
        place = {"left": x + PADDING, "centre": x + width / 2, "right": x + width - PADDING}[align]
        self._paper.lines(place, self._y + height / 2, lines, kind, align)

    def _close_line(self, height: float) -> None:
        self._y += height
        self._paper.rule(self._left, self._y, self._right, self._y)

    def _edges(self) -> Iterator[float]:
        x = self._left
        for width in self._geometry.widths:
            yield x
            x += width

    def _signing(self) -> None:
        """Every sheet is signed: loose sheets could be exchanged."""
        self._spread(self._y + 7, self._ledger.signing)
        draw_sentence(
            self._paper, self._ledger.imprint.one_person, self._left, self._y + 10, self._geometry.width
        )

    def _foot(self, count: int) -> None:
        middle = self._left + self._geometry.width / 2
        y = self._paper.height - FOOT
        self._paper.text(middle, y, f"第 {self._number} 页/共 {count} 页", SMALL, "centre")
        draw_imprint(self._paper, self._ledger.imprint, self._left, self._right, y)
