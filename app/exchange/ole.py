"""Compound files (OLE2): only enough of them to find one stream by name."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import islice

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_HEADER_FAT = 109


class DamagedError(Exception):
    """The file contradicts itself."""


class CompoundFile:
    """The streams of a compound file by name. Chains that loop or leave the file are refused."""

    def __init__(self, content: bytes) -> None:
        try:
            self._open(content)
        except (struct.error, IndexError, ValueError) as error:
            raise DamagedError(str(error)) from error

    def _open(self, content: bytes) -> None:
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or small_shift > shift:
            raise DamagedError("sector size")
        self._size, self._small_size = 1 << shift, 1 << small_shift
        directory, self._cutoff, small_fat, _, difat, _ = struct.unpack_from("<I4xIIIII", content, 48)
        self._fat = self._read_fat(difat)
        self._small_fat = self._numbers(self._chain(small_fat, self._fat))
        self._entries = self._read_directory(b"".join(map(self._sector, self._chain(directory, self._fat))))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def _numbers(self, sectors: Sequence[int]) -> list[int]:
        joined = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))

    def _read_fat(self, difat: int) -> list[int]:
        sectors = list(struct.unpack_from(f"<{_HEADER_FAT}I", self._content, 76))
        for _ in range(len(self._content) // self._size):
            if difat >= _END:
                break
            *more, difat = self._numbers([difat])
            sectors += more
        return self._numbers([sector for sector in sectors if sector < _END])

    @staticmethod
    def _chain(start: int, table: Sequence[int]) -> list[int]:
        found: list[int] = []
        while start < _END:
            if start >= len(table) or len(found) > len(table):
                raise DamagedError("chain")
            found.append(start)
            start = table[start]
        return found

    def _read_directory(self, joined: bytes) -> dict[str, tuple[int, int]]:
        entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(joined) - 127, 128):
            length, kind = struct.unpack_from("<HB", joined, at + 64)
            start, size = struct.unpack_from("<II", joined, at + 116)
            name = joined[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind == 5:
                self._root = (start, size)
            elif kind == 2:
                entries[name.casefold()] = (start, size)
        return entries

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; KeyError when there is none of this name."""
        start, size = self._entries[name.casefold()]
        if size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(start, self._fat)))[:size]
        whole = b"".join(map(self._sector, self._chain(self._root[0], self._fat)))
        width = self._small_size
        pieces = (whole[at * width : (at + 1) * width] for at in self._chain(start, self._small_fat))
        return b"".join(islice(pieces, len(whole) // width + 1))[:size]
