"""What is asked of the process that reads, and how it says what came of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Literal, cast

Work = Literal["document", "picture", "portrait"]
Outcome = Literal["read", "refused", "memory", "fault"]
OUTCOMES = ("read", "refused", "memory", "fault")
MOST = 64 * 2**10
"""Bytes of an answer beside what was read."""


@dataclass(frozen=True)
class Request:
    """A file to be read; its bytes follow."""

    work: Work
    name: str
    seconds: int
    """So much computing at most."""
    how: tuple[float, ...] = ()
    """What the work needs to know beside the file, such as where a portrait is cut."""

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Request:
        return cls(**json.loads(content))


@dataclass(frozen=True)
class Answer:
    """What came of it; what was read follows, and is empty unless the outcome is 'read'."""

    outcome: Outcome
    text: str = ""
    """The sentence of a refusal; the place of a fault in our code."""
    peak: int = 0
    """Bytes of memory the process has taken at most; 0 where the system does not say."""

    def with_peak(self, peak: int) -> Answer:
        return replace(self, peak=peak)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Answer:
        """Raises ValueError for anything that is no answer: whoever wrote it may have been taken over."""
        try:
            outcome, text, peak = (json.loads(content)[name] for name in ("outcome", "text", "peak"))
        except (TypeError, KeyError, RecursionError) as error:
            raise ValueError("no answer of ours") from error
        if outcome not in OUTCOMES or type(text) is not str or type(peak) is not int:
            raise ValueError("no answer of ours")
        return cls(cast("Outcome", outcome), text, peak)
