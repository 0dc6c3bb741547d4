"""How long work tells how far it is, without knowing of threads or windows."""

from __future__ import annotations

from typing import Protocol


class CancelledError(Exception):
    """The user has stopped the work."""


class Progress(Protocol):
    """Called between steps; raises CancelledError when the user has stopped."""

    def __call__(self, done: int, total: int, text: str) -> None: ...


def silent(done: int, total: int, text: str) -> None:
    """Progress that nobody watches."""
