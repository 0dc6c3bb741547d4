"""What comes back from the process that reads is data of ours or nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.answers import found_as_bytes, found_of
from app.exchange.headings import Column
from app.exchange.layout import Line
from app.exchange.requests import Answer
from app.exchange.tables import Found, Table

CELLS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters())
    | st.dates() | st.datetimes() | st.times() | st.timedeltas()
)  # fmt: skip
COLUMN = Column(0, "A", "姓名", "", "name", "", "sure", samples=("廖开",))


def with_line(line: Line) -> Found:
    return Found(
        [
            Table(
                "表", "cadres", "名册", [1], 2, [COLUMN], [line], [], [], None, [], [["姓名"]], [(0, 0, 0, 1)]
            )
        ],
        [("说明", "空")],
        [],
    )


@given(st.lists(CELLS, max_size=5))
def test_every_cell_arrives_as_it_was(cells: list[Any]) -> None:
    found = with_line(Line(3, cells, "一、退休", [(4, cells)], b"\xff\xd8"))
    assert found_of(found_as_bytes(found)) == found


def test_nothing_turns_into_something_else() -> None:
    day = dt.date(2026, 2, 3)
    moment = dt.datetime.combine(day, dt.time())
    (table,) = found_of(found_as_bytes(with_line(Line(3, [day, moment, 1, 1.0, True])))).tables
    assert list(map(type, table.lines[0].cells)) == [dt.date, dt.datetime, int, float, bool]


def spoilt(*path: int, by: object) -> bytes:
    """An answer with one value replaced."""
    answer = json.loads(found_as_bytes(with_line(Line(3, ["廖开"]))))
    place = answer
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = by
    return json.dumps(answer).encode()


FIRST_LINE = (0, 0, 6, 0)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"null",
        b"{}",
        b"[]",
        b"[[],[]]",
        b"[" * 100_000,
        b"\x80\x04cos\nsystem\n",
        b'[[],[],[{"__reduce__": "os.system"}]]',
        b'[[],[],[{"day": "2026-02-30"}]]',
        b'[[],[],[{"span": [1e99, 0, 0]}]]',
        b'[[],[],[{"bytes": "*"}]]',
        spoilt(0, 0, 1, by="people"),
        spoilt(0, 0, 4, by="2"),
        spoilt(0, 0, 4, by=True),
        spoilt(*FIRST_LINE, by="a line"),
        spoilt(*FIRST_LINE, 0, by=None),
        spoilt(*FIRST_LINE, 1, by=[["a list in a cell"]]),
        spoilt(*FIRST_LINE, 1, by=[{"bytes": "eA=="}]),
        spoilt(*FIRST_LINE, 1, by="cells"),
        spoilt(*FIRST_LINE, 3, by=[[1, ["x"], 3]]),
        spoilt(*FIRST_LINE, 4, by="a photo"),
        spoilt(0, 0, 5, 0, 8, by=[1]),
    ],
)
def test_anything_else_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        found_of(answer)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"outcome":"good","text":"","peak":0}',
        b'{"outcome":"read","text":1,"peak":0}',
        b"[" * 9_999,
    ],
)
def test_how_it_came_out_is_one_of_four_ways(answer: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Answer.from_bytes(answer)
