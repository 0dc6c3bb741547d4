"""A one-page upright form: lines of labelled cells, given as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.reports.page import HEADING, TEXT, Align, Paper
from app.reports.photo_page import draw_photo
from app.reports.wrapping import cut, wrap

SIZES = (10.5, 9.5, 8.5, 7.5)
PADDING = 1.6


@dataclass(frozen=True)
class Cell:
    """A label, a text or a picture; `width` in shares of the line. `name` is how messages call it."""

    text: str = ""
    width: float = 1
    label: bool = False
    align: Align = "centre"
    at_top: bool = False
    photo: Path | None = None
    name: str = ""


@dataclass(frozen=True)
class Line:
    """Cells of one height in millimetres."""

    height: float
    cells: tuple[Cell, ...]


def label(text: str, width: float = 1) -> Cell:
    return Cell(text, width, label=True)


@dataclass(frozen=True)
class Box:
    """Where a cell stands, in millimetres."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class Drawn:
    """The lower edge of the grid, the cells whose text was shortened, the photos that could not be read."""

    bottom: float
    cut: list[str]
    unreadable: list[str]


def draw_grid(paper: Paper, x: float, y: float, width: float, lines: Sequence[Line]) -> Drawn:
    drawn = Drawn(y, [], [])
    for line in lines:
        _line(paper, x, width, line, drawn)
    paper.frame(x, y, width, drawn.bottom - y)
    return drawn


def _line(paper: Paper, x: float, width: float, line: Line, drawn: Drawn) -> None:
    share = width / sum(cell.width for cell in line.cells)
    for cell in line.cells:
        box = Box(x, drawn.bottom, cell.width * share, line.height)
        paper.frame(box.x, box.y, box.width, box.height, 0.4)
        _cell(paper, box, cell, drawn)
        x += box.width
    drawn.bottom += line.height


def _cell(paper: Paper, box: Box, cell: Cell, drawn: Drawn) -> None:
    if cell.photo:
        readable = draw_photo(paper, cell.photo, box.x + 1, box.y + 1, box.width - 2, box.height - 2)
        drawn.unreadable += [] if readable else [cell.photo.name]
    elif cell.label:
        paper.lines(box.x + box.width / 2, box.y + box.height / 2, cell.text.split("\n"), HEADING, "centre")
    elif _text(paper, box, cell):
        drawn.cut.append(cell.name)


def _text(paper: Paper, box: Box, cell: Cell) -> bool:
    """True where the text had to be shortened although set in the smallest type."""
    width = box.width - 2 * PADDING
    for size in SIZES:
        kind = TEXT.sized(size)
        measure = partial(paper.measure, kind=kind)
        lines = wrap(cell.text, width, measure)
        most = int((box.height - 2) / kind.leading)
        if len(lines) <= most:
            break
    shown = cut(lines, most, width, measure)
    height = len(shown) * kind.leading
    middle = box.y + PADDING + height / 2 if cell.at_top else box.y + box.height / 2
    places = {"left": box.x + PADDING, "centre": box.x + box.width / 2, "right": box.x + box.width - PADDING}
    paper.lines(places[cell.align], middle, shown, kind, cell.align)
    return len(lines) > most
