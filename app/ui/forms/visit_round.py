"""One round of visits to many people: what they share, and each person's own; no Qt here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app import clock
from app.errors import InvalidError, UserError
from app.services.changes import Change
from app.services.people import Person
from app.services.visits import VisitFile, Visits, same_for_all
from app.ui.forms.form_state import FormState
from app.ui.forms.grid_state import GridState
from app.ui.forms.people_choice import PeopleChoice, told_apart
from app.ui.forms.sections import ROUND_SECTIONS, in_sections

OWN = ("money", "goods", "goods_value", "situation", "answer")


class VisitRound:
    """Becomes one visit a person when it is saved; all of them or none."""

    def __init__(
        self,
        visits: Visits,
        people: Sequence[Person],
        find: Callable[[str], list[str]],
        ticked: Iterable[str] = (),
    ) -> None:
        self._visits = visits
        self._ticked_first = frozenset(ticked)
        self.choice = PeopleChoice(people, find, set(self._ticked_first))
        self.grid = GridState([visits.record.field(name) for name in OWN])
        self.state = FormState(
            in_sections(visits.record, ROUND_SECTIONS), {"date": clock.today().isoformat()}
        )
        self.refresh()

    def refresh(self) -> None:
        """After ticks: the grid shows who is chosen now."""
        self.grid.show(told_apart(self.choice.chosen))

    @property
    def changed(self) -> bool:
        return self.choice.ticked != self._ticked_first or self.state.changed or bool(self.grid.snapshot())

    def content(self) -> dict[str, Any]:
        """What was typed and not saved, to be kept for a bad moment."""
        return {
            "fields": self.state.draft(),
            "people": sorted(self.choice.ticked),
            "cells": self.grid.draft(),
        }

    def restore(self, content: Mapping[str, Any]) -> None:
        self.state.restore(content.get("fields", {}))
        self.choice.ticked = set(content.get("people", []))
        self.grid.restore(content.get("cells", []))
        self.refresh()

    @property
    def files(self) -> list[VisitFile]:
        return same_for_all(self.state.values, [(uid, self.grid.values(uid)) for uid, _ in self.grid.lines])

    @property
    def money(self) -> int:
        return self.grid.total("money")

    def save(self) -> Change:
        """Raises UserError or InvalidError with what has to be mended; nothing is kept then."""
        if not self.grid.lines:
            raise UserError("请先在左边勾选走访过的人。")
        if refusals := self.state.errors + self.grid.problems:
            raise InvalidError(refusals)
        return self._visits.save(*self.files)
