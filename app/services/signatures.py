"""Signing for money: by the payee, or by somebody who stands in and says why (domain.md R-66)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.errors import UserError
from app.services.payments import BatchFile

_UNSIGNED: Mapping[str, Any] = {"signer": None, "signer_relation": None, "signed_on": None}


@dataclass(frozen=True)
class Signature:
    """`signer` empty: everybody signs for themselves."""

    signed_on: str | None
    signer: str | None = None
    relation: str | None = None


def sign(file: BatchFile, people: Iterable[str], names: Mapping[str, str], signature: Signature) -> BatchFile:
    """The batch with these people's money signed for. Raises UserError for what a sheet would not accept."""
    chosen = set(people)
    if not chosen:
        raise UserError("请先在名单里选中已经签领的人。")
    if not signature.signed_on:
        raise UserError("请填写签领日期。")
    if signature.signer and not signature.relation:
        raise UserError(f"由 {signature.signer} 代领，请写明关系和原因。")
    return _with(file, chosen, lambda uid: _signed(names.get(uid), signature))


def unsign(file: BatchFile, people: Iterable[str]) -> BatchFile:
    """The batch with these signatures taken back."""
    return _with(file, set(people), lambda _uid: _UNSIGNED)


def _signed(payee: str | None, signature: Signature) -> Mapping[str, Any]:
    relation = signature.relation if signature.signer else None
    return {
        "signer": signature.signer or payee,
        "signer_relation": relation,
        "signed_on": signature.signed_on,
    }


def _with(file: BatchFile, chosen: set[str], values: Callable[[str], Mapping[str, Any]]) -> BatchFile:
    rows = [
        {**row, **values(row["cadre_uid"])} if row["cadre_uid"] in chosen else row for row in file.payments
    ]
    return replace(file, payments=rows)
