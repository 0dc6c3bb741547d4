"""Who acts, and the keys that open what he acts on: plain values that every part may carry."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

Source = Literal["window", "command", "program"]
"""Where an act comes from: the window, the command line, or the program by itself."""

DATABASE_KEY, SALT, AUDIT_KEY = 32, 16, 32
"""Bytes of each."""


@dataclass(frozen=True)
class Keys:
    """What the key file keeps: the database's key and salt, and the key of the audit chain."""

    database: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    """Kept beside the key: without it a torn first sector would cost the whole file (reliability.md finding 4)."""
    audit: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Keys:
        return cls.from_bytes(secrets.token_bytes(DATABASE_KEY + SALT + AUDIT_KEY))

    @classmethod
    def from_bytes(cls, raw: bytes) -> Keys:
        """Raises ValueError for any other length."""
        if len(raw) != DATABASE_KEY + SALT + AUDIT_KEY:
            raise ValueError("keys have 80 bytes")
        return cls(raw[:DATABASE_KEY], raw[DATABASE_KEY:-AUDIT_KEY], raw[-AUDIT_KEY:])

    def to_bytes(self) -> bytes:
        return self.database + self.salt + self.audit


@dataclass(frozen=True)
class Actor:
    """Who stands in the log for what is done now. An empty uid is the program itself."""

    uid: str
    name: str
    roles: tuple[str, ...]
    source: Source


PROGRAM = Actor("", "程序", (), "program")
