"""How long work tells how far it is, without knowing of threads or windows."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], object]
"""Called between steps with (done, total, text); raises when the user has stopped, and the work lets it pass."""


def silent(done: int, total: int, text: str) -> None:
    """Progress that nobody watches."""
