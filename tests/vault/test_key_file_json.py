"""Key files that a bad stick, an editor or an enemy has touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.vault import key_file_json
from app.vault.key_file import KeyFile
from tests.vault.key_files import KEYS, NOON, PASSWORD, key_file

WHOLE = key_file().failed(NOON, "u1").with_recovery(KEYS)[0].to_bytes()
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**40,
    10**400,
    1.5,
    float("nan"),
    "",
    "x" * 300,
    "\ud800",
    [],
    [[]],
    {},
)


def damaged(raw: bytes) -> bool:
    """Refused with a sentence that says what to do."""
    try:
        KeyFile.read(raw, "sangyu.key.json")
    except UserError as error:
        return str(error).startswith(
            "钥匙文件“sangyu.key.json”已损坏或不完整，打不开数据。请从最近一次备份中取回"
        )
    return False


def test_every_truncation_is_noticed() -> None:
    whole = WHOLE.rstrip()
    assert not damaged(whole)
    assert [length for length in range(len(whole)) if not damaged(whole[:length])] == []


def test_every_flipped_bit_is_noticed() -> None:
    def flipped(bit: int) -> bytes:
        raw = bytearray(WHOLE)
        raw[bit // 8] ^= 1 << bit % 8
        return bytes(raw)

    assert [bit for bit in range(len(WHOLE) * 8) if not damaged(flipped(bit))] == []


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*path, key)
        yield from places(one, (*path, key))


def forged(path: tuple[Any, ...], value: Any) -> bytes:
    """Another value in one place, and a sum that fits; the value itself stands for removing it."""
    body = json.loads(WHOLE)
    del body["sum"]
    inner = body
    for key in path[:-1]:
        inner = inner[key]
    if value is forged:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    try:
        return json.dumps({**body, "sum": key_file_json._sum(body)}).encode()
    except UnicodeEncodeError:
        return json.dumps({**body, "sum": ""}).encode()


PLACES = [path for path in places(json.loads(WHOLE)) if path != ("sum",)]


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_odd_values_are_refused_or_harmless(path: tuple[Any, ...]) -> None:
    """Whatever is taken in can be written and read again."""
    for value in (*ODD, forged):
        try:
            file = KeyFile.read(forged(path, value))
        except UserError:
            continue
        assert KeyFile.read(file.to_bytes()) == file


@pytest.mark.parametrize("name", ["memory_kib", "passes", "lanes"])
@pytest.mark.parametrize("value", [2**20 + 1, 2**31, 10**30, 0, -1, "3", 3.0, True, None])
def test_costs_that_would_stop_the_computer_are_refused(name: str, value: object) -> None:
    assert damaged(forged(("slots", 0, "cost", name), value))
    assert damaged(forged(("recovery", "cost", name), value))


def test_the_largest_cost_allowed_is_a_gibibyte_and_ten_passes() -> None:
    assert not damaged(forged(("cost", "memory_kib"), 1024 * 1024))
    assert not damaged(forged(("cost", "passes"), 10))
    assert damaged(forged(("cost", "passes"), 11))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"\0" * 4096,
        b"PK\x03\x04",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"9" * 10_000,
        b" " * (1024 * 1024) + WHOLE,
        '{"桑榆": "备份"}'.encode(),
        WHOLE + WHOLE,
        b"\xef\xbb\xbf" + WHOLE,
        WHOLE.decode().encode("utf-16"),
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_other_files_are_refused(raw: bytes) -> None:
    assert damaged(raw)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(raw: bytes) -> None:
    assert damaged(raw)


def test_a_file_of_a_later_version_is_not_called_damaged() -> None:
    with pytest.raises(UserError, match="请安装最新版本的桑榆"):
        KeyFile.read(forged(("version",), 2))


def test_what_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(ValueError, match="text"):
        key_file().renamed("u1", "长" * 201).to_bytes()
    with pytest.raises(ValueError, match="moment"):
        key_file().failed(NOON.replace(tzinfo=None)).to_bytes()


def test_a_person_can_read_what_the_file_is() -> None:
    written = WHOLE.decode()
    assert written.startswith('{\n "桑榆": "钥匙文件",\n "version": 1,\n')
    assert "没有这个文件，任何口令都打不开数据" in written
    assert '"name": "林晓芸"' in written


def test_the_first_version_is_read_for_ever() -> None:
    """Written by version 1 of the program; changing how keys are sealed would leave such offices outside."""
    keys, uid = KeyFile.read((Path(__file__).parent / "version_1.key.json").read_bytes()).open(PASSWORD)
    assert (keys, uid) == (KEYS, "u1")
