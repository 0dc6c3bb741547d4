"""A visit being written down: what was typed, who was met, which photos; no Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import clock
from app.errors import InvalidError
from app.services.changes import Change
from app.services.visits import VisitFile, VisitLine, Visits
from app.ui.forms.form_state import FormState
from app.ui.forms.sections import VISIT_SECTIONS, in_sections

KEPT_FOR_NEXT = ("date", "kind", "leader", "staff")
"""What the next visit of the same round shares with this one."""
TEAM = ("leader", "staff")


class VisitDraft:
    """One at a time: `open` shows a visit that is kept, `begin` a new one."""

    def __init__(self, visits: Visits) -> None:
        self._visits = visits
        self.state = FormState(in_sections(visits.record, VISIT_SECTIONS))
        self.begin()

    def open(self, uid: str) -> None:
        """Raises UserError when the visit is gone."""
        self._show(self._visits.read(uid))

    def begin(self, people: Iterable[str] = (), values: Mapping[str, Any] | None = None) -> None:
        """A new visit, today unless the values say otherwise."""
        self._show(VisitFile(values={"date": clock.today().isoformat(), **(values or {})}))
        self.people = list(people)

    def begin_next(self) -> None:
        """A new visit of the same day by the same people."""
        self.begin(values={name: self.state.values[name] for name in KEPT_FOR_NEXT})

    def use_team(self, team: Mapping[str, str]) -> None:
        for name, value in team.items():
            self.state.put(name, value)

    @property
    def uid(self) -> str:
        """'' for a new visit."""
        return self._file.uid or ""

    @property
    def changed(self) -> bool:
        beside = (self.people, self.photos) != (self._file.people, self._file.photos)
        return beside or self.state.changed

    @property
    def file(self) -> VisitFile:
        values = {**self._file.values, **self.state.values}
        return VisitFile(self._file.uid, self._file.version, values, list(self.people), list(self.photos))

    def content(self) -> dict[str, Any]:
        """What was typed and not saved, to be kept for a bad moment."""
        return {"fields": self.state.draft(), "people": list(self.people), "photos": list(self.photos)}

    def restore(self, content: Mapping[str, Any]) -> None:
        """A kept draft on top of the visit that is open."""
        self.state.restore(content.get("fields", {}))
        self.people = list(content.get("people", []))
        self.photos = list(content.get("photos", []))

    def save(self) -> Change:
        """Raises InvalidError or UserError with what has to be mended; nothing is kept then."""
        if errors := self.state.errors:
            raise InvalidError(errors)
        change = self._visits.save(self.file)
        self.open(next(iter(change.uids)))
        return change

    def _show(self, file: VisitFile) -> None:
        self._file = file
        self.people = list(file.people)
        self.photos = list(file.photos)
        self.state.show(file.values)


def last_team(lines: Iterable[VisitLine]) -> dict[str, str]:
    """Who led and who came along on the newest visit that says so."""
    for line in lines:
        if team := {name: line.values[name] for name in TEAM if line.values[name]}:
            return team
    return {}
