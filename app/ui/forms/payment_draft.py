"""A payment batch being made or changed: what it is, who is in it, how much each gets; no Qt here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from app import clock
from app.errors import InvalidError
from app.fields.spec import Problem
from app.services.changes import Change
from app.services.payments import BatchFile, Payments
from app.services.people import Person
from app.ui.forms.form_state import FormState
from app.ui.forms.grid_state import GridState
from app.ui.forms.people_choice import PeopleChoice, group_of, told_apart
from app.ui.forms.sections import BATCH_SECTIONS, in_sections

OWN = ("amount", "adjustment", "method", "remarks")
RATE_BY = {"": "每人相同", "kind": "按离退休类别", "treatment": "按现享受待遇"}
EVERYBODY = "每人"
MOST_NAMED = 5


class PaymentDraft:
    """A new batch begins with everybody who is alive; the dead are left out and named."""

    def __init__(
        self,
        payments: Payments,
        people: Sequence[Person],
        find: Callable[[str], list[str]],
        file: BatchFile | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        """`only`: a new batch begins with these people instead."""
        self._payments = payments
        self._file = deepcopy(file) if file else BatchFile(values={"paid_on": clock.today().isoformat()})
        self._rows = {row["cadre_uid"]: row for row in self._file.payments}
        self.state = FormState(in_sections(payments.record, BATCH_SECTIONS), self._file.values)
        self.grid = GridState([payments.payment.field(name) for name in OWN])
        alive = {person.uid for person in people if person.alive}
        self.choice = PeopleChoice(
            people, find, set(self._rows) if file else alive if only is None else set(only)
        )
        self._suggested = ""
        self._people = {person.uid: person for person in people}
        self.rate_by = ""
        self._rates: dict[str, str] = {}
        self._begin()

    def _begin(self) -> None:
        for uid, row in self._rows.items():
            self.grid.put(uid, row)
        self.refresh()
        self._as_read = self._content()

    @property
    def is_new(self) -> bool:
        return self._file.uid is None

    @property
    def changed(self) -> bool:
        return self.state.changed or self._content() != self._as_read

    @property
    def left_out(self) -> list[Person]:
        """The dead who are not in the batch."""
        return [p for p in self.choice.people if not p.alive and p.uid not in self.choice.ticked]

    def follow_title(self, name: str) -> bool:
        """After a field was typed in: the title follows period and fund until somebody has written their own."""
        if name not in ("fund", "period") or self.state.values["title"] not in (None, self._suggested):
            return False
        self._suggested = self._title()
        self.state.put("title", self._suggested or None)
        return True

    def _title(self) -> str:
        """Period and fund, such as 2026年春节慰问金."""
        fund = self._payments.record.field("fund").kind.format(self.state.values["fund"])
        period = self.state.values["period"] or ""
        return f"{period}{fund}" if fund and period else ""

    @property
    def total(self) -> int:
        return self.grid.total("amount", "adjustment")

    def refresh(self) -> None:
        """After ticks: the grid shows who is chosen, and newcomers get the rate of their group."""
        places = {uid: place for place, uid in enumerate(self._rows)}
        chosen = sorted(self.choice.chosen, key=lambda person: places.get(person.uid, len(places)))
        self.grid.show(told_apart(chosen))
        for person in chosen:
            rate = self._rates.get(self._group(person), "")
            if rate and not self.grid.text(person.uid, "amount"):
                self.grid.fill("amount", rate, [person.uid])

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The groups that a rate is set for, with their number of people in the batch."""
        if not self.rate_by:
            return [(EVERYBODY, len(self.grid.lines))]
        chosen = PeopleChoice(self.choice.chosen, self.choice.find)
        return chosen.groups(self.rate_by)

    def rate(self, group: str) -> str:
        return self._rates.get(group, "")

    def set_rate_by(self, name: str) -> None:
        """Amounts stay; the new rates are filled in one by one."""
        if name != self.rate_by:
            self.rate_by, self._rates = name, {}

    def set_rate(self, group: str, text: str) -> None:
        """Everybody of the group gets this amount."""
        self._rates[group] = text
        self.grid.fill("amount", text, [p.uid for p in self.choice.chosen if self._group(p) == group])

    @property
    def file(self) -> BatchFile:
        rows = [
            {**self._rows.get(uid, self._account(uid)), "cadre_uid": uid, **self.grid.values(uid)}
            for uid, _ in self.grid.lines
        ]
        return replace(self._file, values=dict(self.state.values), payments=rows)

    def content(self) -> dict[str, Any]:
        """What was typed and not saved, to be kept for a bad moment."""
        return {
            "fields": self.state.draft(),
            "people": sorted(self.choice.ticked),
            "cells": self.grid.draft(),
            "rate_by": self.rate_by,
            "rates": dict(self._rates),
        }

    def restore(self, content: Mapping[str, Any]) -> None:
        self.state.restore(content.get("fields", {}))
        self.choice.ticked = set(content.get("people", []))
        self.rate_by, self._rates = content.get("rate_by", ""), dict(content.get("rates", {}))
        self.grid.restore(content.get("cells", []))
        self.refresh()

    @property
    def about(self) -> str:
        """What its draft is kept under."""
        return self._file.uid or "new"

    def save(self) -> Change:
        """Raises InvalidError with what has to be mended; nothing is kept then."""
        if refusals := self.state.errors + self._without_amount() + self.grid.problems:
            raise InvalidError(refusals)
        return self._payments.save(self.file)

    def _without_amount(self) -> list[Problem]:
        names = [name for uid, name in self.grid.lines if not self.grid.text(uid, "amount")]
        if not names:
            return []
        some = "、".join(names[:MOST_NAMED]) + (" 等" if len(names) > MOST_NAMED else "")
        return [Problem("amount", "E", "R-00", f"还有 {len(names)} 人没有填写金额：{some}")]

    def _account(self, uid: str) -> dict[str, Any]:
        """Where a newcomer's money goes, as the roster has it."""
        person = self._people[uid]
        return {"bank_account": person.bank_account or None, "bank_name": person.bank_name or None}

    def _group(self, person: Person) -> str:
        return group_of(person, self.rate_by) if self.rate_by else EVERYBODY

    def _content(self) -> tuple[Any, ...]:
        return frozenset(self.choice.ticked), self.grid.snapshot()
