"""Tick boxes that stand as text in a cell: '□是  □否'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.reports.fillings import chosen_rows, styled
from app.reports.subject import FormSubject

BOX, TICKED = "□", "☑"
_OPTION = re.compile(r"([□☐☑])(\s*)([^□☐☑\s：:（(]+)")
_SEPARATOR = re.compile("[、,，;；]")
OFFICE_APPS = "apps"
ANY = "*"


@dataclass(frozen=True)
class Ticks:
    """One cell of boxes: the field that says what is ticked, and how its words become those of the form."""

    at: str
    shows: str
    children: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    options: str = ""
    """'apps': the boxes are the office's own list of apps instead of what the blank names."""
    none: str = ""
    """The box that says “none of these”, ticked when there are rows but none that count."""
    reason: str = ""
    """The field written behind that box."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    """Words that this cell has no box for, on purpose; '*' is all of them."""

    @property
    def field_names(self) -> set[str]:
        return set() if self.children else {self.shows}

    @property
    def child_names(self) -> set[tuple[str, str]]:
        names = filter(None, (self.shows, self.reason, *self.where))
        return {(self.children, name) for name in names} if self.children else set()

    def words(self, subject: FormSubject) -> list[str]:
        """What is to be ticked, in the form's own words."""
        found = [self.aliases.get(word, word) for word in self._said(subject)]
        if not found and self.none and subject.children.get(self.children):
            return [self.none]
        return [word for word in dict.fromkeys(found) if word not in self.left_out]

    def missing(self, words: Sequence[str], boxes: str) -> list[str]:
        """Words that ought to have a box and have none."""
        known = options_in(boxes)
        return [] if ANY in self.left_out else [word for word in words if word not in known]

    def _said(self, subject: FormSubject) -> list[str]:
        if self.children:
            rows = chosen_rows(subject, self.children, self.where)
            return [text for row in rows if (text := styled(self.shows, row))]
        return [
            word for part in _SEPARATOR.split(subject.texts.get(self.shows, "")) if (word := part.strip())
        ]

    def why_none(self, subject: FormSubject) -> str:
        """The reason to write behind the box “none of these”."""
        reasons = (row.get(self.reason, "") for row in subject.children.get(self.children, ()))
        return next(filter(None, reasons), "") if self.reason else ""

    def blank(self, standing: str, apps: Sequence[str]) -> str:
        """The boxes before anything is ticked."""
        if self.options != OFFICE_APPS or not apps:
            return standing
        return " ".join(BOX + option for option in (*apps, *filter(None, [self.none])))


def options_in(text: str) -> list[str]:
    return [match[3] for match in _OPTION.finditer(text)]


def tick(text: str, words: Sequence[str]) -> str:
    """The same text with a tick before each of the words."""

    def mark(match: re.Match[str]) -> str:
        return (TICKED if match[3] in words else match[1]) + match[2] + match[3]

    return _OPTION.sub(mark, text)
