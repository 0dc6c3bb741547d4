"""In which order a list of people stands, on the screen and on paper, and what the paper says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.fields.codes import code_table
from app.models.database import Database
from app.services.notes import Notes
from app.services.readings import PinyinKey, pinyin_key
from app.services.stroke_order import StrokeKey, stroke_key

Values = Mapping[str, Any]
Person = TypeVar("Person")
_NOTE = "roster_order"
_LAST = 999


@dataclass(frozen=True)
class RosterOrder:
    """People whom `key` cannot tell apart stand by the sound of their names."""

    code: str
    title: str
    remark: str
    """As a printed list says it."""
    key: Callable[[Values], Any]

    def sort(self, people: Iterable[Person], values: Callable[[Person], Values]) -> list[Person]:
        return sorted(people, key=lambda one: (self.key(values(one)), _sound(values(one))))

    def name_key(self, name: str) -> StrokeKey | PinyinKey:
        """How names alone are sorted in a list of this order."""
        return stroke_key(name) if self.code == "strokes" else pinyin_key(name)


def _sound(values: Values) -> PinyinKey:
    return pinyin_key(values.get("name") or "")


def _level(values: Values) -> tuple[int, int, str]:
    """The highest treatment first, then the rank, then who retired first."""
    places = [_code_place(name, values.get(name)) for name in ("treatment", "rank")]
    return places[0], places[1], values.get("retired_on") or "~"


def _code_place(table: str, code: str | None) -> int:
    codes = [item.code for item in code_table(table).items]
    return codes.index(code) if code in codes else _LAST


PINYIN, STROKES = "pinyin", "strokes"
ORDERS: Mapping[str, RosterOrder] = {
    order.code: order
    for order in (
        RosterOrder(PINYIN, "按拼音", "按音序排序", lambda _: 0),
        RosterOrder(
            STROKES, "按姓氏笔画", "按姓氏笔画排序", lambda values: stroke_key(values.get("name") or "")
        ),
        RosterOrder("level", "按级别", "按现享受待遇和职级排序", _level),
        RosterOrder(
            "retired", "按离退休时间", "按离退休时间排序", lambda values: values.get("retired_on") or "~"
        ),
    )
}


class KeptOrder:
    """The order that the one who is logged in has chosen for his lists."""

    def __init__(self, database: Database) -> None:
        self._database, self._notes = database, Notes(database)

    @property
    def order(self) -> RosterOrder:
        return ORDERS.get(self._notes.get(self._key), ORDERS[PINYIN])

    def choose(self, code: str) -> None:
        self._notes.put(self._key, code)

    @property
    def _key(self) -> str:
        return f"{_NOTE} {self._database.actor.uid}".strip()
