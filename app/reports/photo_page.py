"""A page with the photos of one visit, and the pictures themselves made fit for paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.reports.imprint import NOBODY, Imprint, draw_imprint
from app.reports.page import A4_LANDSCAPE, HEADING, SMALL, TITLE, Paper
from app.reports.wrapping import wrap

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 4
LONGEST = 1600  # pixels: 150 dots an inch at the full width of the page
LEFT, TOP, GAP = 24.0, 26.0, 4.0
LABEL = 22.0
LINE, FOOT = 9.0, 9.0
UNREADABLE = "照片无法读取"


@dataclass(frozen=True)
class PhotoPage:
    """The photos and what is said below them, as (label, text)."""

    title: str
    unit: str
    captions: tuple[tuple[str, str], ...]
    photos: tuple[Path, ...]
    imprint: Imprint = NOBODY


def draw_photo_page(paper: Paper, page: PhotoPage) -> list[str]:
    """As many sheets as the photos need; the names of those that cannot be read come back."""
    unreadable: list[str] = []
    for start in range(0, len(page.photos), MOST):
        unreadable += _sheet(paper, page, page.photos[start : start + MOST])
    return unreadable


def _sheet(paper: Paper, page: PhotoPage, photos: tuple[Path, ...]) -> list[str]:
    width, height = A4_LANDSCAPE[0] - LEFT - 16, A4_LANDSCAPE[1] - TOP - 14
    paper.text(LEFT + width / 2, 16, page.title, TITLE, "centre")
    below = 3 * LINE
    unreadable = _pictures(paper, photos, (LEFT, TOP, width, height - below - GAP))
    _captions(paper, page, (LEFT, TOP + height - below, width, below))
    draw_imprint(paper, page.imprint, LEFT, LEFT + width, A4_LANDSCAPE[1] - FOOT)
    paper.next_page()
    return unreadable


def _pictures(paper: Paper, photos: tuple[Path, ...], box: tuple[float, float, float, float]) -> list[str]:
    left, top, width, height = box
    columns = 1 if len(photos) == 1 else 2
    lines = -(-len(photos) // columns)
    each = ((width - GAP * (columns - 1)) / columns, (height - GAP * (lines - 1)) / lines)
    unreadable = []
    for n, photo in enumerate(photos):
        x, y = left + n % columns * (each[0] + GAP), top + n // columns * (each[1] + GAP)
        if not draw_photo(paper, photo, x, y, *each):
            unreadable.append(photo.name)
    return unreadable


def _captions(paper: Paper, page: PhotoPage, box: tuple[float, float, float, float]) -> None:
    """Two pairs a line; the last pair takes what is left."""
    left, top, width, height = box
    entries = (*page.captions, ("单位", page.unit))
    half = width / 2
    for n, (label, text) in enumerate(entries):
        x, y = left + n % 2 * half, top + n // 2 * LINE
        paper.frame(x, y, LABEL, LINE, 0.4)
        paper.frame(x + LABEL, y, half - LABEL, LINE, 0.4)
        paper.text(x + LABEL / 2, y + LINE / 2, label, HEADING, "centre")
        lines = wrap(text, half - LABEL - 4, lambda part: paper.measure(part, SMALL))
        paper.lines(x + LABEL + 2, y + LINE / 2, lines[:2], SMALL)
    paper.frame(left, top, width, height)


def draw_photo(paper: Paper, path: Path, x: float, y: float, width: float, height: float) -> bool:
    """False where the file is no picture; its place then says so."""
    image = read_photo(path)
    if image is None:
        paper.frame(x, y, width, height, 0.4)
        paper.text(x + width / 2, y + height / 2, UNREADABLE, SMALL, "centre")
        return False
    paper.picture(image, x, y, width, height)
    return True


def read_photo(path: Path) -> Image | None:
    """Upright, without transparency and not larger than paper needs."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as file:
            image = ImageOps.exif_transpose(file)
            image.thumbnail((LONGEST, LONGEST))
            return image.convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
