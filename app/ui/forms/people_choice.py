"""Choosing people from the roster by ticks; no Qt here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from app.services.people import Person

GROUPS = {"village": "村", "kind": "类别", "treatment": "待遇"}
"""What the roster can be narrowed by: attribute of Person → word."""
UNKNOWN = "未填"


@dataclass
class PeopleChoice:
    """Who is shown and who is ticked; a tick stays while the person is filtered away."""

    people: Sequence[Person]
    find: Callable[[str], list[str]]
    ticked: set[str] = field(default_factory=set)
    typed: str = ""
    narrowed: dict[str, str] = field(default_factory=dict)
    """Attribute → the value that is shown; what is missing is not narrowed."""

    @property
    def shown(self) -> list[Person]:
        found = set(self.find(self.typed)) if self.typed.strip() else None
        return [
            person
            for person in self.people
            if (found is None or person.uid in found)
            and all(group_of(person, name) == value for name, value in self.narrowed.items())
        ]

    @property
    def chosen(self) -> list[Person]:
        """The ticked people in the order of the roster."""
        return [person for person in self.people if person.uid in self.ticked]

    def groups(self, name: str) -> list[tuple[str, int]]:
        """The values to narrow by, each with its number of people; what is not filled comes last."""
        counts = Counter(group_of(person, name) for person in self.people)
        return sorted(counts.items(), key=lambda item: (item[0] == UNKNOWN, -item[1], item[0]))

    def narrow(self, name: str, value: str) -> None:
        """An empty value shows everybody again."""
        if value:
            self.narrowed[name] = value
        else:
            self.narrowed.pop(name, None)

    def tick(self, uids: Iterable[str], *, on: bool = True) -> None:
        if on:
            self.ticked |= set(uids)
        else:
            self.ticked -= set(uids)

    @property
    def shown_alive(self) -> list[Person]:
        """Whom 全选 means; the dead are ticked one by one."""
        return [person for person in self.shown if person.alive]

    def tick_shown(self, *, on: bool = True) -> None:
        people = self.shown_alive if on else self.shown
        self.tick((person.uid for person in people), on=on)


def group_of(person: Person, name: str) -> str:
    """The value by which a person is grouped."""
    return getattr(person, name) or UNKNOWN


def told_apart(people: Iterable[Person]) -> list[tuple[str, str]]:
    """(uid, name), where two of one name carry the tail of their number."""
    people = list(people)
    times = Counter(person.name for person in people)
    return [(person.uid, person.name if times[person.name] == 1 else _with_tail(person)) for person in people]


def _with_tail(person: Person) -> str:
    return f"{person.name}（{person.id_number[-4:] or person.village or '无证号'}）"
