"""What is being edited; no Qt here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.errors import UnreadableError
from app.fields.spec import Problem, RecordType

WORST_FIRST = "EWI"
Judge = Callable[[list[Problem]], list[Problem]]
"""What is left of the problems after the office's own decisions."""


def as_found(problems: list[Problem]) -> list[Problem]:
    """For records about whose rules nothing can be decided."""
    return problems


class FormState:
    """The values as they were, as they are, and what is wrong with them. What was typed stays as typed."""

    def __init__(
        self, record: RecordType, values: Mapping[str, Any] | None = None, judge: Judge = as_found
    ) -> None:
        self.record = record
        self._judge = judge
        self.original: dict[str, Any] = {}
        self.values: dict[str, Any] = {}
        self._unreadable: dict[str, tuple[str, Problem]] = {}
        self.show(values or {})

    def show(self, values: Mapping[str, Any]) -> None:
        """Another record to edit, or the same one as saved."""
        self.values = {field.name: values.get(field.name) for field in self.record.fields}
        self.original = dict(self.values)
        self._unreadable.clear()

    def type_in(self, name: str, text: str) -> None:
        try:
            self.put(name, self.record.field(name).kind.parse(text))
        except UnreadableError as error:
            self._unreadable[name] = (text, Problem(name, "E", "R-00U", str(error)))

    def put(self, name: str, value: Any) -> None:
        """A value that was not typed: chosen, computed or taken from elsewhere."""
        self.values[name] = value
        self._unreadable.pop(name, None)

    def text(self, name: str) -> str:
        """What the editor shows: the text as typed while it cannot be read, else the value as people read it."""
        if name in self._unreadable:
            return self._unreadable[name][0]
        return self.record.field(name).kind.format(self.values[name])

    @property
    def problems(self) -> list[Problem]:
        """As the rules and the office see it."""
        return self._judge(self._ruled())

    @property
    def errors(self) -> list[Problem]:
        """What keeps the record from being saved."""
        return [problem for problem in self.problems if problem.severity == "E"]

    @property
    def worst(self) -> dict[str, Problem]:
        """The gravest problem of each field that has one."""
        graded = sorted(self.problems, key=lambda problem: WORST_FIRST.index(problem.severity), reverse=True)
        return {problem.field: problem for problem in graded}

    @property
    def changes(self) -> dict[str, Any]:
        """The new values of the fields that differ from the record."""
        return {name: value for name, value in self.values.items() if value != self.original[name]}

    @property
    def changed(self) -> bool:
        return bool(self._unreadable or self.changes)

    def draft(self) -> dict[str, str]:
        """What was typed and not saved, as texts to keep for a bad moment."""
        return {name: self.text(name) for name in {**self.changes, **self._unreadable}}

    def restore(self, draft: Mapping[str, str]) -> None:
        """A kept draft on top of the record; names that are no longer fields are left out."""
        for name, text in draft.items():
            if self.record.has(name):
                self.type_in(name, text)

    def _ruled(self) -> list[Problem]:
        """Rules that read a field which could not be read are not asked."""
        found = [problem for _, problem in self._unreadable.values()]
        return found + self.record.problems(self.values, self._unreadable)
