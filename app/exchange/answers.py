"""What the process that reads hands back, as JSON: data only, built here field by field.

Nothing in it can name a class or a function, so a reader that a hostile file has taken over can lie about the
cells of that file and do nothing else.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from app.exchange.tables import Found

_Record = TypeVar("_Record")
_Reader = Callable[[Any], Any]
_CELLS = frozenset(
    {str, int, float, bool, type(None), dt.date, dt.datetime, dt.time, dt.timedelta},
)
_MOST_SECONDS = 1e12


def found_as_bytes(found: Found) -> bytes:
    said = json.dumps(found, ensure_ascii=False, default=_as_json, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")


def found_of(answer: bytes) -> Found:
    """Raises ValueError for anything that is not what `found_as_bytes` writes."""
    try:
        data = json.loads(answer.decode("utf-8", "surrogatepass"), object_hook=_untagged)
        return _reader(Found)(data)  # type: ignore[no-any-return]
    except (TypeError, KeyError, OverflowError, RecursionError) as error:
        raise ValueError("no answer of ours") from error


def _as_json(value: Any) -> Any:
    """Records become lists of their fields, and what JSON does not know gets its name."""
    if is_dataclass(value) and not isinstance(value, type):
        return _all_fields(type(value))(value)
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, dt.timedelta):
        return {"span": [value.days, value.seconds, value.microseconds]}
    for name, kind in (("moment", dt.datetime), ("day", dt.date), ("time", dt.time)):
        if isinstance(value, kind):
            return {name: value.isoformat()}
    raise TypeError(f"{type(value)} does not go through the pipe")


@cache
def _all_fields(record: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(record)))


def _untagged(found: dict[str, Any]) -> Any:
    ((name, value),) = found.items()
    return _UNTAG[name](value)


def _span(parts: Any) -> dt.timedelta:
    days, seconds, microseconds = (_whole(part) for part in parts)
    return dt.timedelta(days, seconds, microseconds)


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > _MOST_SECONDS:
        raise ValueError("no number of ours")
    return value


_UNTAG: dict[str, Callable[[Any], Any]] = {
    "bytes": lambda text: base64.b64decode(text, validate=True),
    "span": _span,
    "moment": dt.datetime.fromisoformat,
    "day": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
}


def _row(cells: Any) -> list[Any]:
    if type(cells) is not list or not _CELLS.issuperset(map(type, cells)):
        raise ValueError("no row of ours")
    return cells


@cache
def _reader(hint: Any) -> _Reader:
    """How a value of this type is taken out of the answer; anything of another type is a ValueError."""
    if hint == Sequence[Any]:
        return _row
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of([_reader(each) for each in inside])
    if origin is Literal:
        return _exactly(lambda value: value in inside)
    if is_dataclass(hint):
        return _record_reader(hint)  # type: ignore[arg-type]
    if origin is tuple and inside[-1] is not Ellipsis:
        return _tuple_reader([_reader(each) for each in inside])
    if origin is not None:
        return _sequence_reader(tuple if origin is tuple else list, _reader(inside[0]))
    return _exactly(lambda value: type(value) is hint)


def _exactly(is_right: Callable[[Any], bool]) -> _Reader:
    def read(value: Any) -> Any:
        if not is_right(value):
            raise ValueError("no value of ours")
        return value

    return read


def _one_of(readers: Sequence[_Reader]) -> _Reader:
    def read(value: Any) -> Any:
        for reader in readers:
            try:
                return reader(value)
            except ValueError:
                continue
        raise ValueError("no value of ours")

    return read


def _sequence_reader(kind: type, reader: _Reader) -> _Reader:
    def read(values: Any) -> Any:
        if type(values) is not list:
            raise ValueError("no list of ours")
        return kind(map(reader, values))

    return read


def _tuple_reader(readers: Sequence[_Reader]) -> _Reader:
    def read(values: Any) -> Any:
        if type(values) is not list or len(values) != len(readers):
            raise ValueError("no tuple of ours")
        return tuple([reader(value) for reader, value in zip(readers, values)])  # noqa: B905 as long as each other

    return read


def _record_reader(record: type[_Record]) -> Callable[[Any], _Record]:
    hints = get_type_hints(record)
    read = _tuple_reader([_reader(hints[field.name]) for field in fields(record)])  # type: ignore[arg-type]
    return lambda values: record(*read(values))
