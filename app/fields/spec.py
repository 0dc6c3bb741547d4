"""What a record consists of, said once and read by forms, tables, imports, checks and paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from app.errors import UnreadableError
from app.fields.kinds import Kind, Severity
from app.fields.masking import covered

Need = Literal["always", "conditional", "optional"]
Values = Mapping[str, Any]
"""Field name → plain value: text, number, bool or None. A field left out counts as empty."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or worth asking about, in one field.

    Severities (domain.md §3): E must be mended, W wants a written reason, I is a hint.
    The message goes to screens, lists and the county office, so a long number in it keeps its last four only.
    """

    field: str
    severity: Severity
    code: str
    message: str
    reads: tuple[str, ...] = ()
    """The fields whose values it judges, when they are more than `field`: an acceptance holds for those values."""
    missing: bool = False
    """Whether something is lacking rather than wrong: a roster that does not speak of it is no worse for that."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", covered(self.message))


Rule = Callable[[Values], Iterable[Problem]]


@dataclass(frozen=True)
class Field:
    """One field: its name in code, its label on paper, and the kind of value it holds."""

    name: str
    label: str
    kind: Kind
    section: str
    need: Need = "optional"
    verifier: str = ""
    """Who vouches for it: 联 the officer, 档 the archive, 证 a certificate, 支 the branch, 县 the county office."""
    in_list: bool = False
    help: str = ""

    def problems(self, value: Any) -> list[Problem]:
        """What is wrong with this value on its own."""
        if value is None or value == "":
            return [self._unfilled] if self.need == "always" else []
        if not self.kind.has_flaws:
            return []
        return [Problem(self.name, flaw.severity, flaw.code, flaw.message) for flaw in self.kind.flaws(value)]

    @cached_property
    def _unfilled(self) -> Problem:
        return Problem(self.name, "I", "R-00", f"“{self.label}”还没有填写", missing=True)


@dataclass(frozen=True)
class RecordType:
    """The pure description of one kind of record."""

    name: str
    title: str
    fields: Sequence[Field]
    rules: Sequence[Rule] = ()

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    def field(self, name: str) -> Field:
        """Raises KeyError for a name that is no field of this record."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        return name in self._by_name

    @property
    def sections(self) -> list[str]:
        """Section titles in the order of the paper form."""
        return list(dict.fromkeys(field.section for field in self.fields))

    def in_section(self, section: str) -> list[Field]:
        return [field for field in self.fields if field.section == section]

    def problems(self, values: Values, unreadable: Collection[str] = ()) -> list[Problem]:
        """Every field on its own first, then the rules across fields.

        Of fields that are `unreadable`, nothing is said here: their values are not those that were typed.
        """
        found: list[Problem] = []
        for field in self.fields:
            value = values.get(field.name)
            if (value is not None or field.need == "always") and field.name not in unreadable:
                found += field.problems(value)
        wrong = {problem.field for problem in found if problem.severity == "E"}
        return found + self.across(values, wrong.union(unreadable))

    def across(self, values: Values, wrong: Collection[str] = ()) -> list[Problem]:
        """What the rules across fields say; one that reads a field which is `wrong` by itself is not asked."""
        found = [problem for rule in self.rules for problem in rule(values)]
        if not wrong:
            return found
        return [
            problem for problem in found if not set(wrong).intersection(problem.reads or (problem.field,))
        ]

    def text(self, values: Values, name: str) -> str:
        """One field as people read it; '' when it is empty."""
        return self.field(name).kind.format(values.get(name))

    def texts(self, values: Values) -> dict[str, str]:
        """Every field as people read it; empty fields are ''."""
        return {
            field.name: "" if (value := values.get(field.name)) is None else field.kind.format(value)
            for field in self.fields
        }

    def parse(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Typed-in texts as values. Raises UnreadableError that names the field."""
        values = {}
        for name, text in texts.items():
            field = self.field(name)
            try:
                values[name] = field.kind.parse(text)
            except UnreadableError as error:
                raise UnreadableError(f"“{field.label}”：{error}") from error
        return values
