"""What can be asked of a field: 是, 含, 空, 早于, 年龄段 …; the kind of the field decides which."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app import clock
from app.errors import UnreadableError
from app.fields.dates import age, surely_before
from app.fields.kinds import Code, Kind, Money, Number, PartialDate, Photo, YesNo, split_codes

Asks = Literal["nothing", "value", "words", "ages"]
"""What the user gives beside it: a value of the field, some of its characters, or '70-79'."""
_AGES = re.compile(r"\s*(\d{1,3})\s*(?:[-—–~至到]\s*(\d{1,3}))?\s*岁?\s*")
_OLDEST = 150


@dataclass(frozen=True)
class Question:
    """`holds` gets one value of the field, which is filled, and what the user gave."""

    code: str
    title: str
    opposite: str
    asks: Asks
    holds: Callable[[Any, str], bool]


def key_of(value: Any) -> str:
    """A plain value as conditions keep it; '' for an empty one."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)


def ages_of(text: str) -> tuple[int, int]:
    """'70-79' → 70 to 79, '80' → 80 and older. Raises UnreadableError with a sentence."""
    found = _AGES.fullmatch(text)
    if found is None:
        raise UnreadableError("年龄段请写成 70-79，或只写 80（80 岁及以上）")
    youngest, oldest = int(found[1]), int(found[2] or _OLDEST)
    if oldest < youngest:
        raise UnreadableError("年龄段前面的数要小，例如 70-79")
    return youngest, oldest


def _in_ages(birth: str, text: str) -> bool:
    youngest, oldest = ages_of(text)
    return youngest <= age(birth, clock.today()) <= oldest


def _is(value: Any, wanted: str) -> bool:
    return key_of(value) == wanted or (isinstance(value, str) and wanted in split_codes(value))


EMPTY, IS, HAS, NOW, AGES = "empty", "is", "has", "now", "ages"
_ALL = (
    Question(IS, "是", "不是", "value", _is),
    Question(NOW, "现在是", "现在不是", "value", _is),
    Question(HAS, "含", "不含", "words", lambda value, wanted: wanted.casefold() in str(value).casefold()),
    Question(
        "tail",
        "尾号是",
        "尾号不是",
        "words",
        lambda value, wanted: str(value).upper().endswith(wanted.upper()),
    ),
    Question("before", "早于", "不早于", "value", lambda value, wanted: surely_before(value, wanted)),
    Question("after", "晚于", "不晚于", "value", lambda value, wanted: surely_before(wanted, value)),
    Question("within", "在", "不在", "value", lambda value, wanted: value.startswith(wanted)),
    Question("least", "不小于", "小于", "value", lambda value, wanted: value >= int(wanted)),
    Question("most", "不大于", "大于", "value", lambda value, wanted: value <= int(wanted)),
    Question(AGES, "年龄", "年龄不在", "ages", _in_ages),
    Question(EMPTY, "空", "不空", "nothing", lambda _value, _wanted: False),
)
QUESTIONS: Mapping[str, Question] = {question.code: question for question in _ALL}
_BY_KIND: Sequence[tuple[tuple[type[Kind], ...], Sequence[str]]] = (
    ((Code, YesNo), (IS, EMPTY)),
    ((PartialDate,), ("before", "after", "within", EMPTY)),
    ((Money, Number), (IS, "least", "most", EMPTY)),
    ((Photo,), (EMPTY,)),
)


def questions_for(kind: Kind, *, dated: bool = False, birth: bool = False) -> list[Question]:
    """What the field can be asked; `dated` rows have an end, `birth` is the date that ages count from."""
    if kind.secret:
        return [QUESTIONS["tail"], QUESTIONS[EMPTY]]
    codes = next((codes for kinds, codes in _BY_KIND if isinstance(kind, kinds)), (HAS, IS, EMPTY))
    now = (NOW,) if dated and IS in codes else ()
    ages = (AGES,) if birth else ()
    return [QUESTIONS[code] for code in (*now, *ages, *codes)]


def read_wanted(kind: Kind, question: Question, text: str) -> str:
    """What the user typed as conditions keep it. Raises UnreadableError with a sentence."""
    if question.asks == "nothing":
        return ""
    if not text.strip():
        raise UnreadableError("请填要找的内容")
    if question.asks == "ages":
        ages_of(text)
    return key_of(kind.parse(text)) if question.asks == "value" else text.strip()


def said_wanted(kind: Kind, question: Question, wanted: str) -> str:
    """The same as a chip says it; of a secret number nothing more than was typed."""
    if question.asks == "value":
        return kind.format(int(wanted) if isinstance(kind, Money | Number) else _plain(kind, wanted))
    return said_ages(wanted) if question.asks == "ages" else wanted


def said_ages(wanted: str) -> str:
    """'80–99 岁', '80 岁及以上'."""
    youngest, oldest = ages_of(wanted)
    return f"{youngest} 岁及以上" if oldest == _OLDEST else f"{youngest}–{oldest} 岁"


def _plain(kind: Kind, wanted: str) -> Any:
    return wanted == "1" if isinstance(kind, YesNo) else wanted
