"""What a report says about the paper it wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.reports.fonts import FontBook


@dataclass(frozen=True)
class MissingGlyph:
    """A character that no font can draw; 〓 stands in its place. `where` names line and person."""

    character: str
    where: str


@dataclass(frozen=True)
class CutText:
    """A text that did not fit even in small type and ends in ……."""

    where: str
    column: str


@dataclass(frozen=True)
class Printed:
    """A finished file; what is not empty here is to be said before it is printed."""

    pages: int
    missing: tuple[MissingGlyph, ...] = ()
    cut: tuple[CutText, ...] = ()
    unreadable_photos: tuple[str, ...] = ()


def find_missing(fonts: FontBook, texts: Iterable[tuple[str, str]]) -> tuple[MissingGlyph, ...]:
    """Pairs of (where, text) in; each missing character once for each place."""
    found = (MissingGlyph(character, where) for where, text in texts for character in fonts.missing(text))
    return tuple(dict.fromkeys(found))
