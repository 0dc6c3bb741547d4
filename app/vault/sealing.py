"""Bytes that only a secret opens: Argon2id makes a key of the secret, AES-256-GCM seals with it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import UserError
from app.vault.costs import Cost, derive

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SALT, NONCE, TAG = 16, 12, 16
NO_MEMORY = "电脑的内存不够，暂时打不开数据。请关闭其他程序后重试。"


class WrongSecretError(Exception):
    """The secret is another one, or the sealed bytes belong elsewhere."""


@dataclass(frozen=True)
class Sealed:
    """What may lie open to everybody."""

    cost: Cost
    salt: bytes
    nonce: bytes
    content: bytes


def seal(content: bytes, secret: str, belonging: bytes, cost: Cost) -> Sealed:
    """`belonging` is not kept; whoever opens must name the same."""
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    return Sealed(cost, salt, nonce, _cipher(secret, salt, cost).encrypt(nonce, content, belonging))


def unseal(sealed: Sealed, secret: str, belonging: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    cipher = _cipher(secret, sealed.salt, sealed.cost)
    try:
        return cipher.decrypt(sealed.nonce, sealed.content, belonging)
    except InvalidTag:
        raise WrongSecretError from None


def _cipher(secret: str, salt: bytes, cost: Cost) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        # A lone surrogate, as some input methods leave behind, is still a character typed.
        return AESGCM(derive(secret.encode("utf-8", "surrogatepass"), salt, cost))
    except MemoryError:
        raise UserError(NO_MEMORY) from None
