"""What one place on paper shows: fields one after the other, as a mapping file names them.

`"name"` shows a field, `"birth_date:YYYY.MM"` a date in that style, `"birth_date:岁"` the age,
`"sex:code"` the stored code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import UnreadableError
from app.fields import dates
from app.reports.subject import FormSubject, Texts

CODE, AGE = "code", "岁"


@dataclass(frozen=True)
class Filling:
    """The fields of one place, their separator, and which rows of a sub-table they come from, if any."""

    fields: tuple[str, ...]
    joined_by: str = ""
    children: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    row: int = 0
    """Only this row of the sub-table, counted from 1; 0 is all of them."""
    rows_joined_by: str = "；"

    @classmethod
    def read(cls, given: Any) -> Filling:
        """As a mapping file gives it: one field, a list of fields, or a table."""
        if isinstance(given, str):
            return cls((given,))
        if isinstance(given, list):
            return cls(tuple(given))
        return cls(**{**given, "fields": tuple(given["fields"])})

    @property
    def names(self) -> list[str]:
        """The names of the fields, without their styles."""
        return [name.partition(":")[0] for name in self.fields]

    @property
    def field_names(self) -> set[str]:
        """Those that are fields of the person's own record."""
        return set() if self.children else set(self.names)

    @property
    def child_names(self) -> set[tuple[str, str]]:
        """Those that are fields of a sub-table, with its name."""
        return {(self.children, name) for name in (*self.names, *self.where)} if self.children else set()

    def text(self, subject: FormSubject, on: str = "") -> str:
        """What stands there for this person; `on` is the day that ages are counted to."""
        if not self.children:
            return self._joined(subject.texts, subject.codes, on)
        rows = chosen_rows(subject, self.children, self.where)
        if self.row:
            rows = rows[self.row - 1 : self.row]
        return self.rows_joined_by.join(filter(None, (self._joined(row, {}, on) for row in rows)))

    def _joined(self, texts: Texts, codes: Texts, on: str) -> str:
        return self.joined_by.join(filter(None, (styled(name, texts, codes, on) for name in self.fields)))


def chosen_rows(subject: FormSubject, children: str, where: Mapping[str, str]) -> list[Texts]:
    """The rows whose fields read as `where` says; '' stands for empty."""
    rows = subject.children.get(children, ())
    return [row for row in rows if all(row.get(name, "") == text for name, text in where.items())]


def styled(named: str, texts: Texts, codes: Texts | None = None, on: str = "") -> str:
    """One field in the style that the mapping asks for."""
    name, _, style = named.partition(":")
    text = texts.get(name, "")
    if style == CODE:
        return (codes or {}).get(name, text)
    return styled_date(text, style, on) if style and text else text


def styled_date(text: str, style: str, on: str = "") -> str:
    """A date as 'YYYY.MM', 'YYYY-MM-DD' or 'YYYY年M月' asks; what is no date ('民盟', '无') stays as it is."""
    try:
        date = dates.read(text)
    except UnreadableError:
        return text
    if date is None:
        return ""
    if style == AGE:
        return str(dates.age(date, dt.date.fromisoformat(on))) if on else ""
    date = date if "D" in style or "日" in style else dates.month_of(date)
    return dates.show(date, "年" if "年" in style else style[4:5])
