"""Dates of one column: read one by one, with the precision that the column as a whole supports."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from app.errors import UnreadableError
from app.exchange.cells import BLANK, DERIVED, DOUBTFUL, NOTHING, Outcome, Reader, refused
from app.exchange.vocabulary import key
from app.fields import dates
from app.fields.kinds import Flaw, PartialDate, cell_text

_WITHOUT_YEAR = re.compile(r"(\d{1,2})\s*(?:月|[./\-])\s*(\d{1,2})\s*[日号]?")
_ENOUGH_OF_ALL = 3
_ENOUGH_BIRTHS = 5
_PARTIES = re.compile(r"民盟|民革|民建|民进|农工|致公|九三|台盟")


def date_reader(field: str, kind: PartialDate) -> Reader:
    """A date of a file: birth, party, work, retirement."""

    def read(cell: Any) -> Outcome:
        if isinstance(cell, float) and _may_be_october(cell):
            told = f"“{cell_text(cell)}”可能是 {int(cell)} 年 1 月，也可能是 10 月，只取到年"
            return ((field, dates.read(f"{int(cell)}年")),), (Flaw("W", DOUBTFUL, told),)
        if isinstance(cell, str) and (cell in BLANK or not cell.strip()):
            return NOTHING
        try:
            value = kind.read_cell(cell)
        except UnreadableError as error:
            return _unreadable(str(cell), error)
        return ((field, value),) if value else (), ()

    return read


def _may_be_october(number: float) -> bool:
    """Typed as 1951.10, a number forgets its last zero."""
    year = 1850 < number < 2100 or 10 <= number < 100
    return year and repr(number).endswith(".1")


def _unreadable(text: str, error: UnreadableError) -> Outcome:
    if _PARTIES.search(text):
        return (), (Flaw("W", DOUBTFUL, f"“{text.strip()}”不是日期，像是加入民主党派的情况，请核对"),)
    return refused(str(error))


def visit_date_reader(field: str, kind: PartialDate, year: int | None) -> Reader:
    """A day of a ledger, whose title often holds the year."""
    whole = date_reader(field, kind)

    def read(cell: Any) -> Outcome:
        text = unicodedata.normalize("NFKC", cell).strip() if isinstance(cell, str) else ""
        match = _WITHOUT_YEAR.fullmatch(text)
        if not match:
            return whole(cell)
        if year is None:
            return refused(f"“{text}”没有年份，标题里也没有，请补上年份")
        try:
            day = dt.date(year, int(match[1]), int(match[2])).isoformat()
        except ValueError:
            return refused(f"{year} 年没有“{text}”这一天")
        return ((field, day),), (Flaw("I", DERIVED, f"“{text}”按标题取 {year} 年"),)

    return read


def in_column_precision(heading: str, field: str, outcomes: dict[Any, Outcome], cells: Iterable[Any]) -> str:
    """Cuts days that nobody wrote off `outcomes`; returns a note for the column when its exporter invented them.

    出生年月 holds months even where Excel made days of them. In a column whose full dates all have
    the same first or last day, the day comes from a program, not from an archive (rule R-34).
    """
    heading = "".join(heading.split())
    if key(heading).endswith("年月"):
        _cut(outcomes, lambda date: Flaw("I", "R-34", f"单元格是 {date}，“{heading}”只取到月"))
        return ""
    full = [date for cell in cells if cell in outcomes for date in _full_dates(outcomes[cell])]
    months = any(len(value) == 7 for pairs, _ in outcomes.values() for _, value in pairs)
    if not _is_filler(full, field == "birth_date", months):
        return ""
    _cut(outcomes, None)
    return f"“{heading}”的日都是月初或月末，像是系统补的，只取到月"


def _full_dates(outcome: Outcome) -> list[str]:
    return [value for _, value in outcome[0] if len(value) == 10]


def _is_filler(full: list[str], births: bool, beside_months: bool) -> bool:
    if not full:
        return False
    enough = len(full) >= (_ENOUGH_BIRTHS if births else _ENOUGH_OF_ALL)
    if all(date.endswith("-01") for date in full):
        return enough or beside_months
    return enough and all(_at_end(date) for date in full)


def _at_end(date: str) -> bool:
    year, month, day = map(int, date.split("-"))
    last = calendar.monthrange(year, month)[1]
    return day in {last, min(30, last)}


def _cut(outcomes: dict[Any, Outcome], told: Callable[[str], Flaw] | None) -> None:
    for cell, (pairs, flaws) in outcomes.items():
        if any(len(value) == 10 for _, value in pairs):
            said = tuple(told(value) for _, value in pairs if told and len(value) == 10)
            outcomes[cell] = (tuple((name, dates.month_of(value)) for name, value in pairs), flaws + said)
