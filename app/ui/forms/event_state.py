"""An event sheet while it is filled in: answers, what each step would change, what was decided; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.fields.spec import Problem
from app.services.changes import Change
from app.services.event_lines import LATER
from app.services.event_plans import StepPlan
from app.services.event_sheets import Sheet
from app.services.events import Events
from app.ui.forms.form_state import FormState


class EventState:
    """One person; the kind is chosen first."""

    def __init__(self, events: Events, uid: str) -> None:
        self._events, self.uid = events, uid
        self.kind = ""
        self.form: FormState | None = None
        self.spouses: Sequence[tuple[str, str]] = ()
        self.spouse: str | None = None
        self._decided: dict[str, str] = {}

    @property
    def kinds(self) -> Mapping[str, Sheet]:
        return self._events.sheets

    @property
    def sheet(self) -> Sheet:
        return self._events.sheets[self.kind]

    @property
    def asks_for_spouse(self) -> bool:
        return any(step.whose for step in self.sheet.steps)

    def choose(self, kind: str) -> None:
        """Another sheet; what was answered on the one before is gone."""
        self.kind = kind
        self._decided = {}
        self.form = FormState(self.sheet.record, self._events.answers(self.uid, kind))
        self.spouses = self._events.spouses(self.uid) if self.asks_for_spouse else ()
        self.spouse = self.spouses[0][0] if len(self.spouses) == 1 else None

    def decide(self, code: str, state: str) -> None:
        self._decided[code] = state

    def state_of(self, step: StepPlan) -> str:
        """As decided, else as proposed."""
        return self._decided.get(step.code, step.proposal)

    @property
    def plan(self) -> list[StepPlan]:
        return self._events.plan(self.uid, self.kind, self._form.values, self.spouse)

    @property
    def problems(self) -> list[Problem]:
        """What keeps the sheet from being carried out: an answer that is missing or cannot be read."""
        asked = (one for one in self._form.problems if one.severity == "E" or one.code == "R-00")
        return list(asked)

    @property
    def waiting(self) -> int:
        """How many steps are put off."""
        return sum(self.state_of(step) == LATER for step in self.plan)

    def record(self) -> Change:
        """Raises InvalidError, UserError."""
        states = {step.code: self.state_of(step) for step in self.plan}
        return self._events.record(self.uid, self.kind, self._form.values, states, self.spouse)

    @property
    def _form(self) -> FormState:
        assert self.form is not None, "a kind is chosen before it is filled in"
        return self.form
