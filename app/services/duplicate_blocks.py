"""Who is worth comparing with whom: only those who share a key, so that not all pairs are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from app.services.duplicate_evidence import LONG_ENOUGH, Someone

MOST = 60
"""A key that more people share says nothing, and would cost the square of them."""
PIECE = 14
"""Of an identity number: where somebody is from and born, and the rest."""
Key = str


def candidates(people: Sequence[Someone]) -> Iterator[tuple[Someone, Someone]]:
    """Each pair once, whatever keys it shares."""
    seen: set[tuple[int, int]] = set()
    for heap, keys in KEYS:
        for places in _heaps(people, heap):
            for block in _blocks(people, places, keys):
                fresh = set(combinations(block, 2)) - seen
                seen |= fresh
                yield from ((people[one], people[other]) for one, other in sorted(fresh))


def _heaps(people: Sequence[Someone], labels: Callable[[Someone], Iterable[str]]) -> Iterable[list[int]]:
    """Those who share a key share a label; the keys of one heap at a time fit into the processor's cache.

    All at once, 50,000 people took 14 times as long as 5,000.
    """
    found: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        for label in labels(person):
            found.setdefault(label, []).append(place)
    return found.values()


def _blocks(
    people: Sequence[Someone], places: Sequence[int], keys: Callable[[Someone], Iterable[Key]]
) -> Iterator[list[int]]:
    """Places, rising, of those who share a key. Most keys are somebody's alone and get no list."""
    first: dict[int, int] = {}
    shared: dict[int, list[int]] = {}
    for place in places:
        for key in map(hash, keys(people[place])):
            if first.setdefault(key, place) != place:
                block = shared.setdefault(key, [first[key]])
                if block[-1] != place:
                    block.append(place)
    return (block for block in shared.values() if len(block) <= MOST)


def _one_heap(_person: Someone) -> Iterable[str]:
    return ("",)


def _characters(person: Someone) -> Iterable[str]:
    """What the names begin with."""
    return {name[0] for name in person.names}


def _letters(person: Someone) -> Iterable[str]:
    """What the readings begin with."""
    return {reading[:2] for reading in person.readings}


def _number(person: Someone) -> Iterator[Key]:
    if person.number:
        yield person.number


def _name(person: Someone) -> Iterator[Key]:
    """Who has little more than a name is compared with all of that name, where they are not many."""
    yield from person.names


def _name_and_fact(person: Someone) -> Iterator[Key]:
    facts = _facts(person)
    yield from (f"{name} {fact}" for name in person.names for fact in facts)


def _reading_and_fact(person: Someone) -> Iterator[Key]:
    facts = _facts(person)
    yield from (f"{reading} {fact}" for reading in person.readings for fact in facts)


def _one_character_less(person: Someone) -> Iterator[Key]:
    """Names that differ in one character behind the surname are the same without it."""
    name, head = person.full, len(person.surname)
    if not head or len(name) < LONG_ENOUGH:
        return
    shorter = (name[:place] + name[place + 1 :] for place in range(head, len(name)))
    facts = _rare_facts(person)
    if person.former_unit and person.birth_date:
        facts.append(f"{person.former_unit} {person.birth_date[:4]}")
    yield from (f"{each} {fact}" for each in (name, *shorter) for fact in facts)


def _facts(person: Someone) -> list[str]:
    """What makes a name worth looking at."""
    facts = (person.birth_date[:4], person.former_unit)
    return [*(fact for fact in facts if fact), *_rare_facts(person)]


def _rare_facts(person: Someone) -> list[str]:
    """What hardly two people share by chance. A mistyped digit leaves one piece of a number as it is."""
    number = person.number
    facts = (person.month, person.mobile, person.bank_account, number[:PIECE], number[PIECE:])
    return [fact for fact in facts if fact]


KEYS: Sequence[tuple[Callable[[Someone], Iterable[str]], Callable[[Someone], Iterable[Key]]]] = (
    (_one_heap, _number),
    (_characters, _name),
    (_characters, _name_and_fact),
    (_letters, _reading_and_fact),
    (_characters, _one_character_less),
)
"""Into which heap somebody goes, and by which keys he is looked at there."""
