"""The Chinese TrueType faces of this computer, and which of them draws a character."""

from __future__ import annotations

import csv
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from app.errors import UserError
from app.paths import resource
from app.reports.coverage import read_coverage

if TYPE_CHECKING:
    from app.reports.embedding import EmbeddedFont

ORDER = "fonts/order.csv"
STYLES = ("song", "fang", "hei")
SUFFIXES = {".ttf", ".ttc"}
FOLDERS = (
    "%WINDIR%/Fonts",
    "%LOCALAPPDATA%/Microsoft/Windows/Fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
# What printers set where a character could not be had; it stands out and is in every Chinese face.
SUBSTITUTE = "〓"
NO_FONT = (
    "这台电脑上没有可用的中文字体，无法生成 PDF。"
    "请安装字体后重试：统信、麒麟、Debian 执行 "
    "apt install fonts-arphic-uming fonts-wqy-zenhei fonts-babelstone-han；"
    "Windows 请在“设置－可选功能”中添加“中文（简体）补充字体”。"
)


@dataclass(frozen=True)
class Face:
    """One face of a font file on this computer."""

    path: Path
    index: int = 0
    without: str = ""  # characters taken from another face if one has them

    @property
    def name(self) -> str:
        return f"{self.path.name}#{self.index}"


@dataclass(frozen=True)
class Glyph:
    """How a character is drawn: the font's name and its advance for a type of size 1."""

    font: str
    width: float
    text: str


class FontBook:
    """Finds for each character the first face that has it; a face is loaded when a character needs it."""

    def __init__(self, chains: Mapping[str, Sequence[Face]], others: Iterable[Face] = ()) -> None:
        self._chains = chains
        self._others = list(others)
        self._coverage: dict[Face, bytes | None] = {}
        self._fonts: dict[Face, EmbeddedFont | None] = {}
        self._glyphs: dict[str, dict[str, Glyph | None]] = {style: {} for style in STYLES}
        # Held while a PDF is put together too: reportlab reads a face through one file position.
        self.lock = RLock()
        if not self._drawn("song", "中"):
            raise UserError(NO_FONT)

    @property
    def loaded(self) -> list[str]:
        """The names of the faces in memory."""
        return [face.name for face, font in self._fonts.items() if font]

    def faces(self, style: str) -> list[Face]:
        """The faces of a style in the order they are asked."""
        return list(self._chains[style])

    def missing(self, text: str) -> list[str]:
        """The characters no face has, each once, in the order they are met."""
        return [c for c in dict.fromkeys(text) if not is_silent(c) and not self._drawn("song", c)]

    def width(self, text: str, style: str, size: float) -> float:
        return size * sum(self._glyph(style, character).width for character in text)

    def runs(self, text: str, style: str) -> Iterator[tuple[str, str]]:
        """The text as pieces of one font each: (name of the font, piece)."""
        glyphs = (self._glyph(style, character) for character in text)
        for font, piece in groupby(glyphs, key=lambda glyph: glyph.font):
            if drawn := "".join(glyph.text for glyph in piece):
                yield font, drawn

    def _glyph(self, style: str, character: str) -> Glyph:
        known = self._glyphs[style].get(character)
        return known or self._drawn(style, character) or self._substitute(style, character)

    def _substitute(self, style: str, character: str) -> Glyph:
        mark = self._drawn(style, SUBSTITUTE) or self._drawn(style, "中")
        if mark is None:
            raise UserError(NO_FONT)
        glyph = Glyph(mark.font, 0, "") if is_silent(character) else mark
        self._glyphs[style][character] = glyph
        return glyph

    def _drawn(self, style: str, character: str) -> Glyph | None:
        known = self._glyphs[style]
        if character not in known:
            with self.lock:
                known[character] = None if is_silent(character) else self._find(style, character)
        glyph = known[character]
        return glyph if glyph and glyph.text == character else None

    def _find(self, style: str, character: str) -> Glyph | None:
        if unicodedata.category(character) == "Co":  # each font draws its own sign at a private code point
            return None
        faces = [face for face in (*self._chains[style], *self._others) if self._covers(face, ord(character))]
        for face in sorted(faces, key=lambda face: character in face.without):
            if (font := self._font(face)) and font.draws(character):
                return Glyph(face.name, font.stringWidth(character, 1), character)
        return None

    def _covers(self, face: Face, point: int) -> bool:
        if face not in self._coverage:
            self._coverage[face] = read_coverage(face.path, face.index)
        flags = self._coverage[face]
        return flags is not None and point < len(flags) and flags[point] == 1

    def _font(self, face: Face) -> EmbeddedFont | None:
        if face not in self._fonts:
            self._fonts[face] = _load(face)
        return self._fonts[face]


def is_silent(character: str) -> bool:
    """Nothing to draw: line ends, marks of direction and joining, variation selectors."""
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}


@cache
def system_fonts() -> FontBook:
    """The faces of this computer in the order of resources/fonts/order.csv, then whatever else there is."""
    files = {path.name.lower(): path for path in reversed(list(_font_files()))}
    listed = [
        (row["style"], Face(files[row["file"].lower()], int(row["index"]), row["without"]))
        for row in _order()
        if row["file"].lower() in files
    ]
    chains = {style: _chain(listed, style) for style in STYLES}
    named = {face.path for _, face in listed}
    return FontBook(chains, (Face(path) for _, path in sorted(files.items()) if path not in named))


def _chain(listed: Sequence[tuple[str, Face]], style: str) -> list[Face]:
    """The style's own faces first, then those of the other styles, then those for rare characters."""
    own = [face for named, face in listed if named == style]
    return own + [face for named, face in listed if named != style]


def _order() -> list[dict[str, str]]:
    with resource(ORDER).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _font_files() -> Iterator[Path]:
    named = (Path(os.path.expandvars(folder)).expanduser() for folder in FOLDERS)
    for folder in (resource("fonts"), *named):
        if folder.is_absolute() and folder.is_dir():
            yield from sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)


def _load(face: Face) -> EmbeddedFont | None:
    from reportlab.pdfbase.ttfonts import TTFError

    from app.reports.embedding import EmbeddedFont

    try:
        return EmbeddedFont(face.name, face.path, face.index)
    except TTFError:  # PostScript outlines, or a licence that forbids embedding
        return None
