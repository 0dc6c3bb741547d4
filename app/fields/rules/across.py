"""A rule across the fields of a record: a named function that says what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.fields.spec import Problem, Values

Check = Callable[[Values], Iterable[Problem]]


@dataclass(frozen=True)
class FieldRule:
    """Speaks only where all of `needs` are filled (and not 否); its problems say which values they judged."""

    check: Check
    needs: tuple[str, ...]
    reads: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.check.__name__

    def __call__(self, values: Values) -> list[Problem]:
        for need in self.needs:
            if not values.get(need):
                return []
        return [each if each.reads else replace(each, reads=self.reads) for each in self.check(values)]


def rule(*needs: str, reads: tuple[str, ...] = ()) -> Callable[[Check], FieldRule]:
    """Makes a rule of a function; `reads` are what it looks at besides its `needs`."""
    return lambda check: FieldRule(check, needs, (*needs, *reads))


def is_dead(values: Values) -> bool:
    return bool(values.get("died_on")) or values.get("alive") is False
