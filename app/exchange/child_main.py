"""The process that reads: one request after the other from its standard input, answers on its standard output.

Whatever it is handed is hostile until it has been read, so it limits itself first (docs/decisions/0012).
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Protocol

from app.errors import UserError
from app.exchange.answers import found_as_bytes
from app.exchange.child_limits import allow_seconds, limit_itself, peak_memory
from app.exchange.collector import collector_paused
from app.exchange.contents import contents_of
from app.exchange.frames import Target, read_frame, write_frame
from app.exchange.limits import LARGEST_FILE
from app.exchange.photos import portrait_jpeg, upright_jpeg
from app.exchange.requests import Answer, Request

Read = Callable[[Request, bytes], bytes]
WORKS: dict[str, Read] = {
    "document": lambda request, content: found_as_bytes(contents_of(request.name, content)),
    "picture": lambda request, content: upright_jpeg(request.name, content),
    "portrait": lambda request, content: portrait_jpeg(request.name, content, request.how),
}
LIKE_ANY = "姓名,性别\n某人,男\n"


class _Pipe(Protocol):
    def read(self, size: int, /) -> bytes: ...


def serve() -> int:
    """Until the program closes the pipe. Returns the exit code."""
    limit_itself()
    source, target = _pipes()
    _get_ready()
    while True:
        try:
            request = Request.from_bytes(read_frame(source, LARGEST_FILE))
            content = read_frame(source, LARGEST_FILE)
        except EOFError:
            return 0
        allow_seconds(request.seconds)
        _answer(target, *_outcome(request, content))


def _get_ready() -> None:
    """While the user still looks for his file: what every table needs is loaded by reading one."""
    importlib.import_module("python_calamine")
    contents_of("名册.csv", LIKE_ANY.encode())


def _pipes() -> tuple[_Pipe, Target]:
    """The two ends as they were given; what a library prints goes nowhere instead of into an answer."""
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (0, 1):
            msvcrt.setmode(descriptor, os.O_BINARY)
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    with FileIO(os.devnull, "r+") as nowhere:
        for descriptor in (0, 1):
            os.dup2(nowhere.fileno(), descriptor)
    return source, target


def _outcome(request: Request, content: bytes) -> tuple[Answer, bytes]:
    try:
        with collector_paused():
            return Answer("read"), WORKS[request.work](request, content)
    except UserError as told:
        return Answer("refused", str(told)), b""
    except MemoryError:
        return Answer("memory"), b""
    except Exception as fault:  # noqa: BLE001 - a fault of ours, told with its place and without what stood in the file
        return Answer("fault", _place(fault)), b""


def _place(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno}"


def _answer(target: Target, answer: Answer, content: bytes) -> None:
    write_frame(target, answer.with_peak(peak_memory()).to_bytes())
    write_frame(target, content)


if __name__ == "__main__":
    raise SystemExit(serve())
