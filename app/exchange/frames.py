"""What goes through the pipe between the program and the process that reads: its length, then its bytes."""

from __future__ import annotations

import struct
from typing import Protocol

_LENGTH = struct.Struct("<Q")


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Target(Protocol):
    def write(self, content: bytes, /) -> object: ...

    def flush(self) -> object: ...


def write_frame(target: Target, content: bytes) -> None:
    target.write(_LENGTH.pack(len(content)))
    target.write(content)
    target.flush()


def read_frame(source: Source, largest: int) -> bytes:
    """Raises EOFError where the other end has gone, and ValueError where it wants to say more than `largest`."""
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
    if length > largest:
        raise ValueError(f"a frame of {length} bytes")
    return _exactly(source, length)


def _exactly(source: Source, size: int) -> bytes:
    content = source.read(size)
    if len(content) != size:
        raise EOFError
    return content
