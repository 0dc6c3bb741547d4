"""What offices call things: the lists in `resources/headings`, which the office may extend."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Literal

from app.paths import resource

TableKind = Literal["cadres", "visits", "payments"]
Certainty = Literal["sure", "likely", "unknown"]
FILES: dict[TableKind, str] = {"cadres": "cadre", "visits": "visit", "payments": "payment"}
LONGEST_HEADING = 30
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PUNCTUATION = re.compile(r"[^\w(]+|_+")


@dataclass(frozen=True)
class Synonym:
    """One wording of a heading, and the field it means."""

    heading: str
    field: str
    """'' for a column that is understood but not kept, such as a running number."""
    part: str
    """Which part of the field stands there, where one column does not hold the whole field."""
    groups: tuple[str, ...]
    """Words one of which must stand in the heading above; empty: anywhere."""
    certainty: Certainty

    def fits(self, group: str) -> bool:
        return any(word in group for word in self.groups)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """A heading without what does not distinguish: width, case, spaces, punctuation.

    Where a bracket opens stays to be seen: 联系人（关系） holds names, 联系人关系 does not.
    """
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text).casefold())


def spellings(text: str) -> tuple[str, str]:
    """The keys under which a printed heading may be listed: with the place of its bracket, and without."""
    plain = key(text)
    return plain, plain.replace("(", "")


def without_hints(text: str) -> tuple[str, str]:
    """The key of a heading without its brackets, and what stood inside them."""
    plain = unicodedata.normalize("NFKC", text)
    return key(_BRACKETS.sub("", plain)), "".join(_BRACKETS.findall(plain))


@dataclass(frozen=True)
class Vocabulary:
    """The headings of one kind of table."""

    kind: TableKind
    synonyms: tuple[Synonym, ...]

    @cached_property
    def by_key(self) -> dict[str, list[Synonym]]:
        found: dict[str, list[Synonym]] = defaultdict(list)
        for synonym in self.synonyms:
            found[key(synonym.heading)].append(synonym)
        return dict(found)

    @cached_property
    def anywhere(self) -> list[str]:
        """Keys of three characters or more that mean a field whatever stands above them."""
        return [
            found
            for found, synonyms in self.by_key.items()
            if len(found) > 1 and any(each.field and not each.groups for each in synonyms)
        ]


@cache
def vocabulary(kind: TableKind) -> Vocabulary:
    """The list of `resources/headings/<kind>.csv`."""
    with resource(f"headings/{FILES[kind]}.csv").open(encoding="utf-8", newline="") as file:
        return Vocabulary(kind, tuple(_synonym(row) for row in csv.DictReader(file)))


def _synonym(row: dict[str, str]) -> Synonym:
    groups = tuple(filter(None, row["group"].split("|")))
    certainty: Certainty = "likely" if row["certainty"] == "likely" else "sure"
    return Synonym(row["heading"], row["field"], row["part"], groups, certainty)


@cache
def all_keys() -> frozenset[str]:
    """Every known heading of every kind of table."""
    return frozenset(found for kind in FILES for found in vocabulary(kind).by_key)


@cache
def words(use: str) -> tuple[str, ...]:
    """The words of `resources/headings/words.csv` for one use, longest first."""
    with resource("headings/words.csv").open(encoding="utf-8", newline="") as file:
        found = [row["word"] for row in csv.DictReader(file) if row["use"] == use]
    return tuple(sorted(found, key=len, reverse=True))
