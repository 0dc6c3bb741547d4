"""The key file as it stands on the disk: JSON that a person can read, with a sum against damage.

The sum only tells damage from a wrong password; against forgery every sealed content has its own seal. Magic
field and sum stay the same in every later version.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.errors import UserError
from app.vault.costs import Cost
from app.vault.lockout import KEPT, LOCKS, TRIES, Failure, Lockout
from app.vault.sealing import NONCE, SALT, TAG, Sealed

MAGIC = "桑榆"
KIND = "钥匙文件"
VERSION = 1
NOTE = "没有这个文件，任何口令都打不开数据。请勿改动、移动或删除；每份备份里都有一份。"
KEYS_LENGTH = 80
LONGEST_FILE = 1024 * 1024
MOST_SLOTS, LONGEST_TEXT = 200, 200

T = TypeVar("T")
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Slot:
    """One login: whose, and the keys sealed with the password."""

    uid: str
    name: str
    sealed: Sealed


@dataclass(frozen=True)
class Contents:
    """All that the file holds; `cost` is what new slots are sealed with, each slot keeps its own."""

    file_id: str
    salt: bytes
    cost: Cost
    slots: tuple[Slot, ...] = ()
    recovery: Sealed | None = None
    lockout: Lockout = field(default_factory=Lockout)


def write(contents: Contents) -> bytes:
    """Raises ValueError rather than give a file that could not be read back."""
    raw = _written(contents)
    if _contents(_body(raw)) != contents:
        raise ValueError("the key file would be read back as another one")
    return raw


def _written(contents: Contents) -> bytes:
    body = {
        MAGIC: KIND,
        "version": VERSION,
        "note": NOTE,
        "file_id": contents.file_id,
        "salt": contents.salt.hex(),
        "cost": _cost_json(contents.cost),
        "slots": [
            {"uid": slot.uid, "name": slot.name, **_sealed_json(slot.sealed)} for slot in contents.slots
        ],
        "recovery": _sealed_json(contents.recovery) if contents.recovery else None,
        "lockout": _lockout_json(contents.lockout),
    }
    return json.dumps({**body, "sum": _sum(body)}, ensure_ascii=False, indent=1).encode() + b"\n"


def read(raw: bytes, name: str) -> Contents:
    """Raises UserError for anything but a whole key file."""
    try:
        return _contents(_body(raw))
    except _NewerError:
        raise UserError(
            f"“{name}”是更新版本的程序写的，这个版本读不了。请安装最新版本的桑榆后重试，文件没有改动。"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UserError(
            f"钥匙文件“{name}”已损坏或不完整，打不开数据。请从最近一次备份中取回同名文件，"
            "放回数据文件夹后重新打开；口令和数据都没有变。"
        ) from None


class _NewerError(Exception):
    """Written by a program that came later."""


def _body(raw: bytes) -> Json:
    if len(raw) > LONGEST_FILE:
        raise ValueError("too long")
    body = json.loads(raw.decode())
    if body[MAGIC] != KIND:
        raise ValueError("another file")
    if body.pop("sum") != _sum(body):
        raise ValueError("damaged")
    if _whole(body["version"], 1, 10**6) > VERSION:
        raise _NewerError
    return _object(body)


def _sum(body: Json) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _contents(body: Json) -> Contents:
    return Contents(
        file_id=_text(body["file_id"]),
        salt=_bytes(body["salt"], SALT),
        cost=_cost(body["cost"]),
        slots=_list(body["slots"], _slot, MOST_SLOTS),
        recovery=None if body["recovery"] is None else _sealed(body["recovery"]),
        lockout=_lockout(body["lockout"]),
    )


def _slot(value: Json) -> Slot:
    return Slot(_text(value["uid"]), _text(value["name"]), _sealed(value))


def _sealed(value: Json) -> Sealed:
    return Sealed(
        cost=_cost(value["cost"]),
        salt=_bytes(value["kdf_salt"], SALT),
        nonce=_bytes(value["nonce"], NONCE),
        content=_bytes(value["wrapped"], KEYS_LENGTH + TAG),
    )


def _sealed_json(sealed: Sealed) -> Json:
    return {
        "cost": _cost_json(sealed.cost),
        "kdf_salt": sealed.salt.hex(),
        "nonce": sealed.nonce.hex(),
        "wrapped": sealed.content.hex(),
    }


def _cost(value: Json) -> Cost:
    cost = Cost(*(_whole(value[name], 1, 2**32) for name in ("memory_kib", "passes", "lanes")))
    if value["kdf"] != "argon2id" or not cost.possible:
        raise ValueError("cost")
    return cost


def _cost_json(cost: Cost) -> Json:
    return {"kdf": "argon2id", "memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}


def _lockout(value: Json) -> Lockout:
    return Lockout(
        tries=_whole(value["tries"], 0, TRIES - 1),
        locks=_whole(value["locks"], 0, LOCKS),
        since=None if value["since"] is None else _moment(value["since"]),
        failures=_list(value["failures"], _failure, KEPT),
    )


def _lockout_json(lockout: Lockout) -> Json:
    return {
        "tries": lockout.tries,
        "locks": lockout.locks,
        "since": lockout.since.isoformat() if lockout.since else None,
        "failures": [{"at": one.at.isoformat(), "uid": one.uid} for one in lockout.failures],
    }


def _failure(value: Json) -> Failure:
    return Failure(_moment(value["at"]), _text(value["uid"]))


def _object(value: Any) -> Json:
    if not isinstance(value, dict):
        raise TypeError("object")
    return value


def _list(value: Any, read_one: Callable[[Json], T], most: int) -> tuple[T, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError("list")
    return tuple(read_one(_object(one)) for one in value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError("text")
    return value


def _bytes(value: Any, length: int) -> bytes:
    raw = bytes.fromhex(_text(value))
    if len(raw) != length:
        raise ValueError("length")
    return raw


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:  # True is a number to isinstance
        raise ValueError("number")
    return value


def _moment(value: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("moment")
    return moment
