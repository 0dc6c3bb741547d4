"""Upright pages of titled paragraphs and tables that flow on; a table's head is repeated on each of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from app.reports.fonts import FontBook
from app.reports.page import HEADING, SMALL, TEXT, TITLE, Align, Paper, Type
from app.reports.printed import CutText, MissingGlyph, find_missing
from app.reports.wrapping import cut, wrap

LEFT, WIDTH = 22.0, 166.0
FIRST_TOP, TOP, BOTTOM = 44.0, 22.0, 22.0
BODY = Type("song", 10.5)
CELL = Type("song", 9)
PADDING, AIR = 1.2, 1.6
MOST_LINES = 14
SECTION = Type("hei", 12)
SIGNING_HEIGHT = 26.0


@dataclass(frozen=True)
class Column:
    """`width` in shares of the line."""

    title: str
    width: float = 1
    align: Align = "centre"


@dataclass(frozen=True)
class Section:
    """A heading, sentences, a table. `total` is its last line; `empty` stands in for rows that are not there."""

    title: str
    sentences: Sequence[str] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str]] = ()
    total: Sequence[str] = ()
    empty: str = ""


@dataclass(frozen=True)
class SectionPaper:
    """Everything that stands on the pages; `foot` stands at the foot of each."""

    title: str
    unit: str
    under_title: Sequence[str]
    sections: Sequence[Section]
    signing: Sequence[str]
    foot: str = ""

    def missing(self, fonts: FontBook) -> tuple[MissingGlyph, ...]:
        around = [("标题", self.title), *(("表头", text) for text in (*self.under_title, *self.signing))]
        inside = [(section.title, text) for section in self.sections for text in _texts(section)]
        return find_missing(fonts, [*around, *inside])


def _texts(section: Section) -> Iterator[str]:
    yield from (section.title, *section.sentences, *(column.title for column in section.columns))
    for row in (*section.rows, section.total):
        yield from row


@dataclass(frozen=True)
class _Piece:
    """What is not divided; `draw` gets the height of its upper edge in millimetres."""

    height: float
    draw: Callable[[float], None]
    repeated: _Piece | None = None
    """Drawn again above it where it begins a page."""
    leads: bool = False
    """Does not end a page."""


def draw_sections(paper: Paper, content: SectionPaper) -> tuple[CutText, ...]:
    """Draws all pages; says which texts had to be shortened."""
    layout = _Layout(paper)
    pieces = [piece for section in content.sections for piece in layout.section(section)]
    pieces.append(_Piece(SIGNING_HEIGHT, partial(layout.signing, content.signing)))
    pages = list(_paginate(pieces, paper.height))
    for number, page in enumerate(pages, start=1):
        _draw_page(paper, content, page, number, len(pages))
    return tuple(layout.cut)


def _paginate(pieces: Sequence[_Piece], height: float) -> Iterator[list[tuple[float, _Piece]]]:
    page: list[tuple[float, _Piece]] = []
    y = FIRST_TOP
    for place, piece in enumerate(pieces):
        if page and y + _together(pieces, place) > height - BOTTOM:
            yield page
            page, y = [], TOP
            if piece.repeated:
                page.append((y, piece.repeated))
                y += piece.repeated.height
        page.append((y, piece))
        y += piece.height
    yield page


def _together(pieces: Sequence[_Piece], place: int) -> float:
    """A heading takes with it what it leads."""
    needed = pieces[place].height
    while pieces[place].leads and place + 1 < len(pieces):
        place += 1
        needed += pieces[place].height
    return needed


def _draw_page(
    paper: Paper, content: SectionPaper, page: Sequence[tuple[float, _Piece]], number: int, count: int
) -> None:
    if number == 1:
        _draw_head(paper, content)
    else:
        paper.text(LEFT, TOP - 8, f"{content.unit}　{content.title}", SMALL)
        paper.rule(LEFT, TOP - 4.5, LEFT + WIDTH, TOP - 4.5)
    for y, piece in page:
        piece.draw(y)
    foot = paper.height - BOTTOM + 10
    paper.text(LEFT, foot, content.foot, SMALL)
    paper.text(LEFT + WIDTH, foot, f"第 {number} 页 / 共 {count} 页", SMALL, "right")
    paper.next_page()


def _draw_head(paper: Paper, content: SectionPaper) -> None:
    paper.text(LEFT + WIDTH / 2, 24, content.title, TITLE, "centre")
    widths = [paper.measure(text, TEXT) for text in content.under_title]
    gap = (WIDTH - sum(widths)) / max(1, len(widths) - 1)
    x = LEFT
    for text, width in zip(content.under_title, widths, strict=True):
        paper.text(x, 36, text)
        x += width + gap
    paper.rule(LEFT, 40.5, LEFT + WIDTH, 40.5, 0.8)


class _Layout:
    """Turns sections into pieces of known height."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self.cut: list[CutText] = []

    def section(self, section: Section) -> Iterator[_Piece]:
        yield _Piece(11, partial(self._heading, section.title), leads=True)
        for sentence in section.sentences:
            lines = wrap(sentence, WIDTH, partial(self._paper.measure, kind=BODY))
            height = len(lines) * BODY.leading + AIR
            yield _Piece(height, partial(self._sentence, lines), leads=bool(section.columns))
        if section.columns:
            yield from self._table(section)

    def _table(self, section: Section) -> Iterator[_Piece]:
        shares = sum(column.width for column in section.columns)
        widths = [column.width / shares * WIDTH for column in section.columns]
        titles = [column.title for column in section.columns]
        centred = [Column(title) for title in titles]
        head = self._row(section.title, centred, widths, titles, HEADING.sized(9.5))
        yield _Piece(head.height, head.draw, leads=True)
        if not section.rows:
            yield _Piece(9, partial(self._empty, section.empty))
        for row in section.rows:
            piece = self._row(section.title, section.columns, widths, row, CELL)
            yield _Piece(piece.height, piece.draw, head)
        if section.total:
            piece = self._row(section.title, section.columns, widths, section.total, HEADING.sized(9))
            yield _Piece(piece.height, piece.draw, head)

    def _row(
        self,
        where: str,
        columns: Sequence[Column],
        widths: Sequence[float],
        texts: Sequence[str],
        kind: Type,
    ) -> _Piece:
        cells = [
            self._lines(where, column.title, text, width - 2 * PADDING, kind)
            for column, width, text in zip(columns, widths, texts, strict=True)
        ]
        height = max(len(lines) for lines in cells) * kind.leading + 2 * AIR
        return _Piece(height, partial(self._cells, columns, widths, cells, kind, height))

    def _lines(self, where: str, title: str, text: str, width: float, kind: Type) -> list[str]:
        measure = partial(self._paper.measure, kind=kind)
        lines = wrap(text, width, measure)
        if len(lines) > MOST_LINES:
            self.cut.append(CutText(where, title))
        return cut(lines, MOST_LINES, width, measure)

    def _cells(
        self,
        columns: Sequence[Column],
        widths: Sequence[float],
        cells: Sequence[list[str]],
        kind: Type,
        height: float,
        y: float,
    ) -> None:
        x = LEFT
        for column, width, lines in zip(columns, widths, cells, strict=True):
            self._paper.frame(x, y, width, height, 0.4)
            places = {"left": x + PADDING, "centre": x + width / 2, "right": x + width - PADDING}
            self._paper.lines(places[column.align], y + height / 2, lines, kind, column.align)
            x += width

    def _heading(self, title: str, y: float) -> None:
        self._paper.text(LEFT, y + 6.5, title, SECTION)

    def _sentence(self, lines: list[str], y: float) -> None:
        self._paper.lines(LEFT, y + len(lines) * BODY.leading / 2, lines, BODY)

    def _empty(self, text: str, y: float) -> None:
        self._paper.frame(LEFT, y, WIDTH, 9, 0.4)
        self._paper.text(LEFT + WIDTH / 2, y + 4.5, text, CELL, "centre")

    def signing(self, texts: Sequence[str], y: float) -> None:
        """Two lines of signers, the last at the right."""
        half = (len(texts) + 1) // 2
        for line, part in enumerate((texts[:half], texts[half:])):
            for place, text in enumerate(part):
                self._paper.text(LEFT + place * WIDTH / half, y + 12 + line * 11, text, TEXT)
