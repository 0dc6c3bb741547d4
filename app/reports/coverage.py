"""Which characters a font file has, read from its tables without loading the glyphs."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

PLANES = 0x40000  # room for the planes that hold Chinese


def read_coverage(path: Path, index: int = 0) -> bytes | None:
    """One byte a code point, 1 where the face has it; None for PostScript outlines and unreadable files."""
    try:
        with path.open("rb") as file:
            tables = _tables(file, index)
            if b"glyf" not in tables or b"cmap" not in tables:
                return None
            return _coverage(_characters(_read(file, *tables[b"cmap"])))
    except (OSError, struct.error, IndexError):
        return None


def _tables(file: BinaryIO, index: int) -> dict[bytes, tuple[int, int]]:
    start = 0
    if _read(file, 0, 4) == b"ttcf":
        (start,) = struct.unpack(">I", _read(file, 12 + 4 * index, 4))
    (count,) = struct.unpack(">H", _read(file, start + 4, 2))
    directory = _read(file, start + 12, 16 * count)
    entries = (struct.unpack_from(">4sIII", directory, 16 * n) for n in range(count))
    return {tag: (offset, length) for tag, _, offset, length in entries}


def _read(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)


def _coverage(ranges: Iterator[tuple[int, int]]) -> bytes:
    flags = bytearray(PLANES)
    for first, last in ranges:
        end = min(last + 1, PLANES)
        flags[first:end] = b"\x01" * max(0, end - first)
    return bytes(flags)


def _characters(cmap: bytes) -> Iterator[tuple[int, int]]:
    start = _chosen(cmap)
    (shape,) = struct.unpack_from(">H", cmap, start)
    if shape == 12:
        yield from _long_ranges(cmap, start)
    elif shape == 4:
        yield from _short_ranges(cmap, start)


def _chosen(cmap: bytes) -> int:
    """The subtable reportlab will use: the last one for Windows, else the last plain Unicode one."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    entries = [struct.unpack_from(">HHI", cmap, 4 + 8 * n) for n in range(count)]
    usable = [e for e in entries if e[0] == 3] or [e for e in entries if e[0] == 0 and e[1] != 5]
    return int(usable[-1][2])


def _long_ranges(cmap: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", cmap, start + 12)
    for n in range(count):
        first, last, glyph = struct.unpack_from(">III", cmap, start + 16 + 12 * n)
        yield (first, last) if glyph else (first + 1, last)


def _short_ranges(cmap: bytes, start: int) -> Iterator[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", cmap, start + 6)
    size = double // 2
    read = struct.Struct(f">{size}H").unpack_from
    lasts, firsts = read(cmap, start + 14), read(cmap, start + 16 + double)
    offsets_at = start + 16 + 3 * double
    for n, (first, last, offset) in enumerate(zip(firsts, lasts, read(cmap, offsets_at), strict=True)):
        if not offset:
            yield first, last
            continue
        glyphs = struct.Struct(f">{last - first + 1}H")
        place = offsets_at + 2 * n + offset
        if place + glyphs.size <= len(cmap):
            filled = glyphs.unpack_from(cmap, place)
            yield from ((first + k, first + k) for k, glyph in enumerate(filled) if glyph)
